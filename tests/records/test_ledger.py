"""The chain shows what was changed; a head kept elsewhere shows what was cut off or written again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from handrail.domain.refusal import BadFile
from handrail.domain.words import Event
from handrail.records.audit import actions, anchor, chain, facts
from handrail.records.audit.facts import HeadFacts
from handrail.records.audit.models import Head, Line

BEGAN = datetime(2014, 3, 12, 9, 0, tzinfo=UTC)
SOMEBODY = UUID("99999999-0000-4000-8000-000000000001")
MASKED = frozenset({"masked"})
pytestmark = pytest.mark.django_db


@pytest.fixture
def ten_lines() -> None:
    """Ten acts, one a minute."""
    write(10)


def write(count: int) -> None:
    for minute in range(count):
        with transaction.atomic():
            at = BEGAN + timedelta(minutes=minute)
            actions.note(Event.CONTACT_CHANGED, about=SOMEBODY, by=SOMEBODY, at=at, reason="asked")


def as_an_insider(*statements: str) -> None:
    """Write to the ledger's table past its guards, as somebody with the whole database in hand could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_line_no_UPDATE")
            cursor.execute("DROP TRIGGER audit_line_no_DELETE")
        for statement in statements:
            cursor.execute(statement)


def written_again_from(number: int) -> None:
    """Change one line and every hash after it, with the key in hand, as if it had always been so."""
    as_an_insider(f"UPDATE audit_line SET reason = 'told' WHERE number = {number}")
    previous = Line.objects.get(number=number - 1).line_hash
    for line in Line.objects.filter(number__gte=number).order_by("number"):
        line.previous_hash = previous
        line.line_hash = previous = chain.hash_of(line)
        line.save()
    Head.objects.update(head_hash=previous)


def test_an_untouched_chain_is_whole(ten_lines: None) -> None:
    head = facts.head()

    report = facts.verify_chain([head])

    assert report == facts.ChainReport(10, head.head_hash, ())


def test_an_empty_ledger_is_whole() -> None:
    assert facts.verify_chain() == facts.ChainReport(0, chain.FIRST, ())


SWAP = (
    "UPDATE audit_line SET number = 99 WHERE number = 4",
    "UPDATE audit_line SET number = 4 WHERE number = 5",
    "UPDATE audit_line SET number = 5 WHERE number = 99",
)
INSERT = (
    "UPDATE audit_line SET number = 11 WHERE number = 10",
    "INSERT INTO audit_line (number, event, wing, about, by, agent, role, at, reason, detail, previous_hash,"
    " line_hash) SELECT 10, event, wing, about, by, agent, role, at, reason, detail, previous_hash, 'made up'"
    " FROM audit_line WHERE number = 9",
)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE audit_line SET reason = 'told' WHERE number = 4"], "line 4 was changed"),
        (["UPDATE audit_line SET by = NULL WHERE number = 4"], "line 4 was changed"),
        (["UPDATE audit_line SET wing = 'sealed' WHERE number = 1"], "line 1 was changed"),
        (["DELETE FROM audit_line WHERE number = 4"], "line 4 is missing: line 5 stands in its place"),
        (["DELETE FROM audit_line WHERE number = 1"], "line 1 is missing: line 2 stands in its place"),
        (SWAP, "line 4 does not follow the line before it"),
        (INSERT, "line 10 was changed after it was written"),
        (["DELETE FROM audit_line WHERE number = 10"], "names line 10, but the last line is 9"),
    ],
)  # fmt: skip
def test_the_chain_alone_shows_an_edit_a_gap_a_swap_and_an_insert(
    ten_lines: None, statements: list[str], said: str
) -> None:
    assert facts.verify_chain().faults == ()

    as_an_insider(*statements)

    assert any(said in fault for fault in facts.verify_chain().faults)


def cut_the_tail() -> None:
    ninth = Line.objects.get(number=9).line_hash
    as_an_insider(
        "DELETE FROM audit_line WHERE number = 10",
        f"UPDATE audit_head SET line_count = 9, head_hash = '{ninth}'",
    )


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (cut_the_tail, "a head was kept at line 10: its end was cut off"),
        (
            lambda: written_again_from(5),
            "is not the one whose hash was kept elsewhere: lines were written again",
        ),
    ],
)
def test_only_a_head_kept_elsewhere_shows_a_cut_tail_or_a_chain_written_again(
    ten_lines: None, attack: Callable[[], None], said: str
) -> None:
    kept = facts.head()

    attack()

    assert facts.verify_chain().faults == ()
    assert [said in fault for fault in facts.verify_chain([kept]).faults] == [True]


def test_a_tail_that_was_cut_and_grown_again_is_shown(ten_lines: None, tmp_path: Path) -> None:
    anchor.keep_head(tmp_path, at=BEGAN)
    cut_the_tail()
    write(3)

    (fault,) = facts.verify_chain(anchor.kept_heads(tmp_path)).faults

    assert "line 10 is not the one whose hash was kept" in fault


def test_heads_are_kept_one_after_another(ten_lines: None, tmp_path: Path) -> None:
    first = anchor.keep_head(tmp_path / "elsewhere", at=BEGAN)
    write(2)
    second = anchor.keep_head(tmp_path / "elsewhere", at=BEGAN)

    assert (first.line_count, second.line_count) == (10, 12)
    assert anchor.kept_heads(tmp_path / "elsewhere") == (first, second)
    assert facts.verify_chain((first, second)).faults == ()


def test_no_head_is_kept_where_no_folder_is(tmp_path: Path) -> None:
    assert anchor.kept_heads(tmp_path / "nowhere") == ()
    assert anchor.kept_at(tmp_path / "nowhere") is None


@pytest.mark.parametrize("spoilt", ["", "{}", "[]", "not json", '{"line_count": 1, "head_hash": "short"}'])
def test_a_spoilt_file_of_heads_is_refused_by_its_line(ten_lines: None, tmp_path: Path, spoilt: str) -> None:
    anchor.keep_head(tmp_path, at=BEGAN)
    path = tmp_path / anchor.FILE
    path.write_text(path.read_text() + spoilt + "\n")

    with pytest.raises(BadFile) as refused:
        anchor.kept_heads(tmp_path)

    assert [(fault.line, fault.problem) for fault in refused.value.faults] == [
        (2, "is not a head that was kept")
    ]


def test_two_kept_heads_that_contradict_each_other_are_told(ten_lines: None) -> None:
    kept = facts.head()

    (fault,) = facts.verify_chain([kept, HeadFacts(kept.line_count, "f" * 64)]).faults

    assert fault == "two heads that were kept at line 10 contradict each other"


def test_faults_are_not_told_without_end(ten_lines: None) -> None:
    write(40)
    as_an_insider("UPDATE audit_line SET reason = 'told'")

    faults = facts.verify_chain().faults

    assert facts.MOST_FAULTS <= len(faults) < facts.MOST_FAULTS + 5


def test_a_page_reads_the_lines_of_its_wing_newest_first() -> None:
    with transaction.atomic():
        actions.note(Event.LIST_MADE, about=None, by=None, agent="setup", at=BEGAN)
        actions.note(Event.CONTACT_CHANGED, about=SOMEBODY, by=SOMEBODY, at=BEGAN + timedelta(hours=1))
        actions.note(Event.REFERRED, about=None, by=SOMEBODY, at=BEGAN + timedelta(hours=2))

    masked = facts.lines(wings=MASKED)

    assert [line.event for line in masked] == [Event.REFERRED, Event.CONTACT_CHANGED]
    assert [line.event for line in facts.lines(wings=MASKED, about=SOMEBODY)] == [Event.CONTACT_CHANGED]
    assert [line.event for line in facts.lines(wings=MASKED | {"sealed"})][-1] == Event.LIST_MADE
    assert not {"number", "line_hash", "previous_hash"} & set(masked[0].__dataclass_fields__)
