"""What the database itself will not hold, whatever the code above it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from handrail.records.accounts.models import Account, Installation
from handrail.records.allocation.models import Draw, ListMade, Slot
from handrail.records.consent.models import Consent, ScopeChange
from handrail.records.enrolment.models import Registration, TrialEntry
from handrail.records.people.models import Person
from handrail.records.referral.models import Assessment, Departure, Referral
from tests.river import AT, BY, River

ON = date(2014, 6, 2)
DAY = timedelta(days=1)


@pytest.fixture
def entry(river: River) -> TrialEntry:
    """Somebody who has entered."""
    return TrialEntry.objects.get(id=river.entered(1))


def refused(make: Callable[[], object]) -> bool:
    """Whether the database refuses."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def again(row, **changes: object) -> Callable[[], object]:
    """Store a second row like this one but for the changes and its own id."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop("id")
    return lambda: type(row)(**{**values, **changes}).save(force_insert=True)


def test_there_is_one_installation_and_one_list(river: River) -> None:
    assert refused(lambda: Installation.objects.create(id=2, is_synthetic=True, made_at=AT, protocol_hash=""))
    assert refused(lambda: ListMade.objects.create(id=2, made_at=AT, is_seeded=False))


def test_a_referral_has_its_dates_in_order_and_comes_once(river: River) -> None:
    row = Referral.objects.get(id=river.refer(1))
    other_day = {"received_on": row.received_on - DAY, "referral_number": "RF-000000"}
    assert not refused(again(row, **other_day))
    assert refused(again(row, referral_number="RF-000001"))
    assert refused(again(row, **{**other_day, "received_on": row.caseload_from - DAY}))
    assert refused(again(row, received_on=ON + DAY, referral_number="RF-2", discharged_on=date(2014, 1, 1)))
    assert refused(again(row, received_on=ON + DAY))


def test_screenings_are_numbered_and_departures_have_a_known_reason(river: River) -> None:
    referral_id = river.refer(1)
    river.screen(referral_id)
    assessment = Assessment.objects.get()
    assert refused(again(assessment))
    assert refused(again(assessment, number=0))
    assert not refused(again(assessment, number=2))
    departure = {"referral_id": referral_id, "left_on": ON, "noted_by": BY}
    assert refused(lambda: Departure.objects.create(exit="bored", **departure))
    assert not refused(lambda: Departure.objects.create(exit="declined", **departure))
    assert refused(lambda: Departure.objects.create(exit="declined", **departure))


def test_consent_needs_capacity_and_the_programme_is_never_changed_here(river: River) -> None:
    registration_id = river.registered(1)
    row = Consent.objects.get()
    assert not refused(again(row, number=2))
    assert refused(again(row, number=3, capacity_confirmed=False))
    assert refused(again(row, number=3, how="by_pigeon"))
    assert refused(again(row))
    change = ScopeChange(
        person_id=river.person_of(registration_id), number=1, scope="records", is_open=False, from_on=ON,
        changed_at=AT, changed_by=BY,
    )  # fmt: skip
    assert not refused(again(change))
    assert refused(again(change))
    assert refused(again(change, number=2, scope="programme"))


def test_one_person_has_one_number_one_entry_and_one_draw(river: River, entry: TrialEntry) -> None:
    registration = Registration.objects.get(id=entry.registration_id)
    assert refused(again(registration, study_number="HR-00000-0"))
    assert refused(again(entry))
    draw = Draw.objects.get()
    free = Slot.objects.filter(stratum="team_1").exclude(id=draw.slot_id).order_by("position")
    other = TrialEntry.objects.get(id=river.entered(2))
    Draw.objects.get(entry=other)
    assert refused(again(draw, request_key="another", slot_id=free[3].id))
    assert refused(again(draw, request_key="another", entry_id=other.id))


def test_a_slot_has_one_place_and_a_request_one_key(river: River, entry: TrialEntry) -> None:
    slot = Slot.objects.order_by("stratum", "position").first()
    assert slot
    assert refused(again(slot))
    assert refused(again(slot, position=0))
    assert not refused(again(slot, position=10_000))
    registration_id = river.ready(3)
    later = {"registration_id": registration_id, "entered_on": ON, "entered_at": AT}
    second = TrialEntry.objects.create(stratum="team_1", protocol_version="1", **later)
    draw = Draw.objects.get()
    free = Slot.objects.get(stratum="team_1", position=10_000) if slot.stratum == "team_1" else slot
    assert refused(again(draw, entry_id=second.id, slot_id=free.id))
    assert refused(again(draw, entry_id=second.id, slot_id=free.id, request_key=""))
    assert not refused(again(draw, entry_id=second.id, slot_id=free.id, request_key="its-own"))


def test_one_address_one_account_and_one_nhs_number_one_person(river: River) -> None:
    account = Account.objects.create(email="a@example.org", name="A", role="researcher")
    assert refused(again(account))
    river.refer(1)
    assert refused(again(Person.objects.get(), given_name="Another"))
