"""A site with nobody in it yet, and the people who come to its door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.pages.door import Staff


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
    """A person on record, with an e-mail address and a mobile number."""
    from handrail.domain.person import Contact
    from handrail.records.people import actions
    from tests import synthetic
    from tests.pages import door

    contact = Contact(email="Sam.Ashworth@example.org", telephone="+44 7700 900123")
    details = synthetic.person(1, contact=contact)
    return actions.register(details, by=administrator.id, at=door.MADE_AT)
