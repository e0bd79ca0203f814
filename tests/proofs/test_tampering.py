"""Somebody with the application's own connection tries to draw again, swap or take away an allocation."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.records.allocation import facts
from handrail.records.allocation.models import Draw, Slot
from handrail.records.audit.models import Line
from tests.river import River

COLUMNS = "id, slot_id, entry_id, request_key, strata, drawn_at, drawn_by"
OTHERS = "id, {0}, entry_id, request_key, strata, drawn_at, drawn_by"


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
