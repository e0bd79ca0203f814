"""A site with nobody in it yet, and the people who come to its door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.pages.door import Staff
    from tests.river import River


@pytest.fixture
def site(db: None) -> None:
    """An installation of synthetic people, with an empty cache: no rate limit carries over."""
    from django.core.cache import cache

    from tests.pages import door

    cache.clear()
    door.install()


@pytest.fixture
def administrator(site: None) -> Staff:
    """The administrator of accounts."""
    from handrail.domain.words import Role
    from tests.pages import door

    return door.make_staff(Role.ADMINISTRATOR)


@pytest.fixture
def researcher(site: None) -> Staff:
    """A researcher, masked."""
    from handrail.domain.words import Role
    from tests.pages import door

    return door.make_staff(Role.RESEARCHER)


@pytest.fixture
def somebody(site: None, administrator: Staff) -> UUID:
    """A person on record, with an e-mail address and a mobile number that were confirmed with them."""
    from handrail.domain.person import Contact
    from handrail.records.people import actions
    from tests import synthetic
    from tests.pages import door

    contact = Contact(email="Sam.Ashworth@example.org", telephone="+44 7700 900123")
    details = synthetic.person(1, contact=contact)
    person_id = actions.register(details, by=administrator.id, at=door.MADE_AT)
    actions.change_contact(person_id, contact, by=administrator.id, at=door.MADE_AT)
    return person_id


@pytest.fixture
def river(db: None) -> River:
    """A synthetic installation with its allocation list made, and short; the site's clock is at its day."""
    from django.core.cache import cache
    from django.utils import timezone

    from handrail.records.accounts import actions as accounts
    from tests.river import River, core, with_short_lists

    cache.clear()
    made = River(with_short_lists(core()))
    made.set_up()
    made.make_list()
    accounts.set_clock(made.at - timezone.now(), at=made.at, agent="test")
    return made
