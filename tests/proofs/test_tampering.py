"""Somebody with the application's own connection tries to draw again, swap or take away an allocation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.commands import verify
from handrail.domain.words import Because
from handrail.exchange import sealed_file
from handrail.journey import lock
from handrail.records.accounts import facts as accounts
from handrail.records.accounts.models import Installation
from handrail.records.allocation import facts
from handrail.records.allocation.models import Draw, Slot
from handrail.records.audit.models import Line
from handrail.records.enrolment.models import Registration
from tests.river import River

COLUMNS = "id, slot_id, entry_id, request_key, strata, drawn_at, drawn_by, seal"
OTHERS = "id, {0}, entry_id, request_key, strata, drawn_at, drawn_by, seal"


def _replaced(verb: str) -> str:
    """One statement that gives the first draw another slot by writing its row again."""
    return (
        f"{verb} INTO allocation_draw ({COLUMNS}) "
        f"SELECT {OTHERS.format('%s')} FROM allocation_draw WHERE id = %s"
    )


ATTACKS = {
    "draws again": "UPDATE allocation_draw SET slot_id = %s WHERE id = %s",
    "takes away": "DELETE FROM allocation_draw WHERE slot_id <> %s AND id = %s",
    "writes again": _replaced("INSERT OR REPLACE"),
    "replaces": _replaced("REPLACE"),
}


@pytest.fixture
def drawn(river: River) -> Draw:
    """One allocation."""
    river.entered(1)
    return Draw.objects.get()


def try_it(statement: str, slot: Slot, draw: Draw) -> None:
    adapt = Draw._meta.pk.get_db_prep_value
    values = [adapt(slot.id, connection), adapt(draw.id, connection)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ATTACKS)
def test_an_allocation_is_not_changed_by_the_applications_own_connection(name: str, drawn: Draw) -> None:
    if "REPLACE" in ATTACKS[name] and connection.vendor != "sqlite":
        pytest.skip("only SQLite writes a row again in one statement without firing its triggers")
    free = facts.free_slots(drawn.slot.stratum)
    with pytest.raises(DatabaseError, match="append-only"):
        try_it(ATTACKS[name], Slot.objects.get(id=free[0].id), drawn)
    assert list(Draw.objects.values_list("id", "slot_id")) == [(drawn.id, drawn.slot_id)]


@pytest.mark.django_db
def test_a_ledger_line_is_not_written_again(drawn: Draw) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite writes a row again in one statement without firing its triggers")
    before = list(Line.objects.order_by("number").values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("REPLACE INTO audit_line SELECT * FROM audit_line WHERE number = 1")
    assert list(Line.objects.order_by("number").values()) == before


GUARDS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}
DROP = {"sqlite": 'DROP TRIGGER "{1}"', "postgresql": 'DROP TRIGGER "{1}" ON {0}'}
TO_AND_FRO = (
    "UPDATE allocation_draw SET slot_id = %s WHERE id = %s",
    "UPDATE enrolment_trialentry SET registration_id = %s WHERE id = %s",
    "UPDATE enrolment_registration SET study_number = %s WHERE id = %s",
)


def unguard() -> None:
    """Take every guard away, as whoever owns the database's file can."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor])
        for table, name in cursor.fetchall():
            cursor.execute(DROP[connection.vendor].format(table, name))


def write(statement: str, *values: object) -> None:
    """Write past everything; what is unique is freed only after it is taken, so by way of something free."""
    adapt = Draw._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [adapt(each, connection) if isinstance(each, UUID) else each for each in values]
        )


def exchange(what: str, one: Draw, other: Draw) -> None:
    """Give two people each other's place, at one of the three steps from a study number to an arm."""
    one_entry, other_entry = one.entry, other.entry
    if what == "slots":
        free = facts.free_slots("team_1")[-1].id
        pairs = [(free, one.id), (one.slot_id, other.id), (other.slot_id, one.id)]
        statement = TO_AND_FRO[0]
    elif what == "entries":
        spare = Registration.objects.get(entry=None).id
        mine, theirs = one_entry.registration_id, other_entry.registration_id
        pairs = [(spare, one_entry.id), (mine, other_entry.id), (theirs, one_entry.id)]
        statement = TO_AND_FRO[1]
    else:
        mine, theirs = one_entry.registration, other_entry.registration
        pairs = [("HR-0", mine.id), (mine.study_number, theirs.id), (theirs.study_number, mine.id)]
        statement = TO_AND_FRO[2]
    for value, row in pairs:
        write(statement, value, row)


@pytest.fixture
def three(river: River) -> tuple[Draw, Draw, str]:
    """Two people in different arms and a third, with every guard taken away; the third's study number."""
    for number in range(8):
        river.entered(number)
    river.registered(90)  # has a number, and has not entered
    unguard()
    drawn = facts.opened_draws()
    first, other = drawn[0], next(each for each in drawn if each.arm != drawn[0].arm)
    one, two = Draw.objects.get(entry_id=first.entry_id), Draw.objects.get(entry_id=other.entry_id)
    assert facts.unproved_draws() == ()
    return one, two, next(d.study_number for d in drawn if d not in (first, other))


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["slots", "entries", "numbers"])
def test_two_people_who_were_given_each_others_place_are_named(
    what: str, three: tuple[Draw, Draw, str], capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, third = three
    numbers = sorted(draw.entry.registration.study_number for draw in (one, other))
    exchange(what, one, other)

    assert list(facts.unproved_draws()) == numbers
    assert verify._draws() == 1
    said = capsys.readouterr().err
    assert [f"draw of {number}: is not the one that was made" in said for number in numbers] == [True, True]
    assert third not in said


CHANGES = {
    "the request": "UPDATE allocation_draw SET request_key = 'another' WHERE id = %s",
    "the moment": "UPDATE allocation_draw SET drawn_at = '2014-06-01 10:00:00' WHERE id = %s",
    "the strata": 'UPDATE allocation_draw SET strata = \'{"team": "team_2"}\' WHERE id = %s',
    "the seal": "UPDATE allocation_draw SET seal = '' WHERE id = %s",
    "all of it": "DELETE FROM allocation_draw WHERE id = %s",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_on_a_draw_is_told_and_stops_the_lock(
    what: str, three: tuple[Draw, Draw, str], river: River, tmp_path: Path
) -> None:
    number = three[0].entry.registration.study_number
    write(CHANGES[what], three[0].id)

    assert facts.unproved_draws() == (number,)
    key = sealed_file.new_identity().recipient
    reasons = lock.why_not_freeze(lock.readiness(tmp_path / "lock", under=river.under, recipient=key))
    told = {reason.code: reason.sentence for reason in reasons}
    assert number in told[Because.DRAW_CHANGED]


@pytest.mark.django_db
def test_a_person_whose_entry_and_draw_were_taken_away_is_missed(
    three: tuple[Draw, Draw, str], capsys: pytest.CaptureFixture[str]
) -> None:
    write("DELETE FROM allocation_draw WHERE id = %s", three[0].id)
    write("DELETE FROM enrolment_trialentry WHERE id = %s", three[0].entry_id)

    assert verify._draws() == 1
    assert "the ledger tells of 1 that are not in the database" in capsys.readouterr().err


RENAMED = {
    "is_synthetic": "UPDATE accounts_installation SET is_synthetic = NOT is_synthetic",
    "made_at": "UPDATE accounts_installation SET made_at = '2013-01-01 00:00:00'",
    "protocol_hash": "UPDATE accounts_installation SET protocol_hash = 'another'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", [*RENAMED, "all of it"])
def test_what_an_installation_is_cannot_be_changed_after_it_is_made(what: str, river: River) -> None:
    before = accounts.installation()
    statement = RENAMED.get(what, "DELETE FROM accounts_installation")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        write(statement)
    assert accounts.installation() == before
    assert (
        Installation.objects.update(clock_ahead=timedelta(days=1)) == 1
    )  # a demonstration's clock may be set


@pytest.mark.django_db
@pytest.mark.parametrize("what", [*RENAMED, "all of it"])
def test_an_installation_that_was_changed_with_its_guards_away_is_told(
    what: str, river: River, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify._installation() == 0
    unguard()
    write(RENAMED.get(what, "DELETE FROM accounts_installation"))
    assert verify._installation() == 1
    assert "is not what the ledger says was set up" in capsys.readouterr().err
