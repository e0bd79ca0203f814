"""Tables that only grow: the database itself refuses what an action that forgot the rule would do."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.domain.words import Exit, Scope
from handrail.journey import consent, screen
from handrail.records.append_only import statements
from tests.river import River

TABLES = (
    "audit_line",
    "referral_assessment",
    "referral_departure",
    "consent_consent",
    "consent_scopechange",
    "enrolment_trialentry",
    "allocation_listmade",
    "allocation_slot",
    "allocation_draw",
)


@pytest.fixture
def filled(river: River) -> None:
    """At least one row in each of the tables."""
    registration_id = river.ready(1)
    river.randomise(registration_id)
    consent.change(
        river.person_of(registration_id), Scope.RECORDS, is_open=False, words="", by=river.by, at=river.at
    )
    screen.depart(river.refer(2), Exit.DECLINED, by=river.by, at=river.at)


def rows(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.slow
@pytest.mark.usefixtures("filled")
def test_no_row_of_a_table_that_only_grows_is_changed_or_removed() -> None:
    for table in TABLES:
        before = rows(table)
        assert before, f"{table} must have a row for the refusal to mean anything"
        column = "id" if table != "audit_line" else "number"
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"):
                attempt(statement)
        assert rows(table) == before


@pytest.mark.postgres
@pytest.mark.usefixtures("filled")
def test_a_table_that_only_grows_is_not_emptied_at_one_stroke() -> None:
    for table in TABLES:
        with pytest.raises(DatabaseError, match="append-only"):
            attempt(f"TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("filled")
def test_a_table_without_the_guard_is_changed_freely() -> None:
    attempt("UPDATE people_person SET died_on = NULL")
    assert rows("people_person")


def test_a_database_that_has_no_guard_written_for_it_is_refused() -> None:
    assert len(statements("sqlite", "a_table")) == 2
    assert len(statements("postgresql", "a_table")) == 4
    with pytest.raises(ValueError, match="mysql"):
        statements("mysql", "a_table")
