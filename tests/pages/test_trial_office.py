"""Whom people ask about the trial: on their own pages and at the way in, the same for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from handrail.exchange.trial_office import TrialOffice
from handrail.records.accounts import facts
from tests.pages import door
from tests.pages.door import Staff
from tests.river import River

pytestmark = pytest.mark.django_db

HEADING = b"Ask the trial office"
OURS = TrialOffice("020 7946 0999", "office@example.org", "Mornings")


@pytest.fixture
def ours(settings: Any) -> TrialOffice:
    """This installation's own office, which nobody has vouched for yet."""
    settings.TRIAL_OFFICE = OURS
    return OURS


def is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with real people: no demonstration, so no invented office."""
    monkeypatch.setattr(facts, "is_synthetic", lambda: False)
    monkeypatch.setattr(facts, "demonstration_ahead", lambda: None)


def person(river: River, serial: int) -> Client:
    """The browser of a new person in the trial, signed in."""
    registration_id = river.ready(serial)
    river.randomise(registration_id)
    return door.let_person_in(river.person_of(registration_id))


def footer_of(client: Client, path: str) -> str:
    """What stands at the end of a page."""
    shown = client.get(path)
    assert shown.status_code == 200
    return shown.content.partition(b"<footer")[2].decode()


@pytest.mark.parametrize("path", ["/you/", "/you/choices"])
def test_a_person_sees_whom_to_ring_and_to_write_to(ours: TrialOffice, river: River, path: str) -> None:
    footer = footer_of(person(river, 1), path)
    assert 'href="tel:02079460999">020 7946 0999<' in footer
    assert 'href="mailto:office@example.org">office@example.org<' in footer
    assert "Mornings. " in " ".join(footer.split())
    assert "not for emergencies" in footer


@pytest.mark.slow
def test_it_is_the_same_in_both_arms(ours: TrialOffice, river: River) -> None:
    six = [person(river, serial) for serial in range(6)]  # a block of four or six: both arms are among them
    assert len({footer_of(client, "/you/") for client in six}) == 1


@pytest.mark.parametrize("path", ["/", "/code", "/help"])
def test_somebody_who_cannot_get_in_sees_it_too(ours: TrialOffice, site: None, path: str) -> None:
    assert b"020 7946 0999" in Client().get(path).content


def test_staff_do_not(ours: TrialOffice, researcher: Staff) -> None:
    assert HEADING not in door.let_in(researcher).get("/study/").content


def test_the_invented_office_is_never_shown_to_real_people(
    river: River, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TRIAL_OFFICE = None
    client, invented = person(river, 1), settings.EXAMPLE_OFFICE.telephone
    assert invented in footer_of(client, "/you/")
    is_real(monkeypatch)
    shown = footer_of(client, "/you/")
    assert invented not in shown and HEADING.decode() not in shown


def test_the_administrator_is_told_until_somebody_has_rung_and_written(
    administrator: Staff, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    is_real(monkeypatch)
    client = door.let_in(administrator)

    def told(office: TrialOffice | None) -> list[bool]:
        settings.TRIAL_OFFICE = office
        page = client.get("/accounts/").content
        words = (
            b"do not see whom to ask",
            b"Nobody here has checked the trial office",
            b"were to be checked by",
        )
        return [each in page for each in words]

    vouched = (OURS.telephone, OURS.email, OURS.hours, "Ada", date(2026, 1, 1))
    assert told(None) == [True, False, False]
    assert told(OURS) == [False, True, False]
    assert told(TrialOffice(*vouched, date(2099, 1, 1))) == [False, False, False]
    assert told(TrialOffice(*vouched, date(2026, 1, 2))) == [False, False, True]
