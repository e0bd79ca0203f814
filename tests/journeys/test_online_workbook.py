"""The online workbook: only where the arm offers it, only by and for the person, never in the clear."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, Role
from handrail.exchange import workbook_file
from handrail.journey import deliver
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.workbook import facts
from handrail.records.workbook.models import Page, PersonKey
from tests.later import ledger_lines, moment, staff, with_post, with_sessions
from tests.river import River

AT = moment(2014, 6, 3)
PARTS = workbook_file.load()
WORDS = "Synthetic: a walk by the canal."


def write(river: River, entry: EntryFacts, words: str = WORDS, **changes: Any) -> None:
    given = {"parts": PARTS, "under": river.under, "by": entry.person_id, "at": AT, **changes}
    deliver.write_page(entry.id, "recovery", "good_day", words, **given)


def test_what_a_person_writes_only_that_person_reads(river: River) -> None:
    entry = with_sessions(river)
    with ledger_lines() as lines:
        write(river, entry)
    assert [(line.event, line.wing, line.by) for line in lines] == [
        ("page_written", "sealed", entry.person_id)
    ]
    (page,) = facts.pages(entry.id, viewer_id=entry.person_id)
    assert (page.part, page.field, page.version, page.words) == ("recovery", "good_day", "0.1", WORDS)
    assert facts.written(entry.id, viewer_id=entry.person_id) == {("recovery", "good_day")}


def test_a_peer_worker_can_neither_read_nor_write_it(river: River) -> None:
    entry, worker = with_sessions(river), staff(river, Role.PEER_WORKER)
    deliver.pair(entry.id, worker, under=river.under, by=river.by, at=AT)
    write(river, entry)
    for looker in (worker, river.by, UUID(int=404)):
        with pytest.raises(NotFound):
            facts.pages(entry.id, viewer_id=looker)
        with pytest.raises(NotFound):
            facts.written(entry.id, viewer_id=looker)
        with ledger_lines() as lines, pytest.raises(NotFound):
            write(river, entry, by=looker)
        assert lines == []


def test_an_arm_without_online_pages_cannot_write(river: River) -> None:
    entry = with_post(river)
    with ledger_lines() as lines, pytest.raises(Refused) as refused:
        write(river, entry)
    assert [reason.code for reason in refused.value.reasons] == [Because.NOT_OFFERED]
    assert lines == [] and not Page.objects.exists()


def test_writing_again_changes_the_page_and_writing_nothing_clears_it(river: River) -> None:
    entry = with_sessions(river)
    write(river, entry)
    write(river, entry, "Synthetic: tea with my sister.")
    assert [page.words for page in facts.pages(entry.id, viewer_id=entry.person_id)] == [
        "Synthetic: tea with my sister."
    ]
    with ledger_lines() as lines:
        write(river, entry, "  ")
    assert [line.event for line in lines] == ["page_cleared"]
    assert facts.pages(entry.id, viewer_id=entry.person_id) == ()


def test_the_words_are_nowhere_in_the_clear_and_equal_words_look_different(river: River) -> None:
    first, second = with_sessions(river), with_sessions(river, first=50)
    write(river, first)
    write(river, second)
    kept = [bytes(page.words) for page in Page.objects.all()]
    assert kept[0] != kept[1]
    assert not any(WORDS.encode() in words for words in kept)


def test_each_person_has_a_key_of_their_own_and_without_it_nothing_opens(river: River) -> None:
    from cryptography.exceptions import InvalidTag

    first, second = with_sessions(river), with_sessions(river, first=50)
    write(river, first)
    write(river, second)
    mine, yours = (PersonKey.objects.get(entry_id=one.id) for one in (first, second))
    mine.wrapped_key, yours.wrapped_key = yours.wrapped_key, mine.wrapped_key
    mine.save()
    with pytest.raises(InvalidTag):
        facts.pages(first.id, viewer_id=first.person_id)
    PersonKey.objects.filter(entry_id=second.id).delete()
    assert facts.pages(second.id, viewer_id=second.person_id) == ()
