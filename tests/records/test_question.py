"""A question is composed once and asked often: it answers as the query itself would, every time afresh."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from handrail.domain.words import Role
from handrail.records.accounts.models import Account
from handrail.records.audit.models import Head, Line
from handrail.records.question import Question

COLUMNS = ("id", "email", "is_active", "role")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BY_ID = Question(lambda key: Account.objects.filter(id=key).values_list(*COLUMNS))
BY_EMAIL = Question(lambda text: Account.objects.filter(email=text).values_list("id"))


def engaged(name: str) -> UUID:
    row = Account.objects.create(name=name, email=f"{name}@example.org", role=Role.RESEARCHER.value)
    return row.id


@pytest.mark.django_db
def test_the_answer_is_the_querys_own_with_its_types() -> None:
    key = engaged("ann")
    engaged("ben")

    assert BY_ID.rows(key) == list(Account.objects.filter(id=key).values_list(*COLUMNS))
    assert BY_ID.row(key) == (key, "ann@example.org", True, "researcher")
    assert BY_EMAIL.one("ann@example.org") == key
    assert BY_ID.row(uuid4()) is None
    assert BY_EMAIL.one("cyd@example.org") is None


@pytest.mark.django_db
def test_a_line_of_the_ledger_is_read_with_its_moment_and_its_detail() -> None:
    about = uuid4()
    of = Question(lambda key: Line.objects.filter(about=key).values_list("at", "detail", "by"))
    Line.objects.create(
        number=1, event="x", wing="masked", about=about, at=AT, detail={"point": "month-4"}, line_hash="1"
    )

    assert of.rows(about) == [(AT, {"point": "month-4"}, None)]


@pytest.mark.django_db
def test_the_text_is_kept_and_the_answer_never_is() -> None:
    key = engaged("ann")
    assert BY_ID.row(key) == (key, "ann@example.org", True, "researcher")

    Account.objects.filter(id=key).update(is_active=False)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = BY_ID.row(key)

    assert again == (key, "ann@example.org", False, "researcher")
    assert len(asked) == 1


@pytest.mark.django_db
def test_two_values_find_their_places_whatever_the_order_of_the_text() -> None:
    key, other = engaged("ann"), engaged("ben")
    both = Question(
        lambda email, account_id: (
            Account.objects.filter(id=account_id, role="researcher").filter(email=email).values_list("name")
        )
    )

    assert both.one("ann@example.org", key) == "ann"
    assert both.one("ann@example.org", other) is None
    assert both.one("ben@example.org", other) == "ben"


@pytest.mark.django_db
def test_a_value_that_does_not_reach_the_database_is_a_fault_of_the_question() -> None:
    forgetful = Question(lambda key: Account.objects.filter(is_active=True).values_list("id"))

    with pytest.raises(ValueError, match="not every value reaches the database"):
        forgetful.row(uuid4())


@pytest.mark.django_db
def test_rows_are_held_only_inside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    Head.objects.create(id=1, line_count=0, head_hash="0" * 64)
    held = Question(lambda: Head.objects.select_for_update().filter(id=1).values_list("line_count"))
    assert held.row() == (0,)

    monkeypatch.setattr(connections["default"], "in_atomic_block", False)

    with pytest.raises(TransactionManagementError, match="in a transaction, or not at all"):
        held.row()
