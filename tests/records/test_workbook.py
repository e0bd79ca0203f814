"""The online workbook: only where the arm offers it, only by and for the person, never in the clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, Role
from handrail.domain.workbook import Answer, Boxes, Card
from handrail.exchange import workbook_file
from handrail.journey import deliver
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.workbook import actions, facts, planning
from handrail.records.workbook.models import Card as CardRow
from handrail.records.workbook.models import DonePart, Page, PersonKey, PlanLink
from tests.later import ledger_lines, moment, staff, with_post, with_sessions
from tests.river import River

AT = moment(2014, 6, 3)
PARTS = workbook_file.load()
WORDS = "Synthetic: a walk by the canal."
COPING: Boxes = {"what": (WORDS,)}


@dataclass(frozen=True)
class Writer:
    """Somebody in the trial, and what every act in their workbook is told."""

    entry: EntryFacts
    acting: dict[str, Any]

    def book(self) -> facts.Book:
        return facts.book(self.entry.id, viewer_id=self.entry.person_id)

    def write(self, words: str = WORDS, field: str = "good_day", **changes: Any) -> None:
        actions.write(self.entry.id, "recovery", field, Answer(words), **{**self.acting, **changes})

    def keep(self, boxes: Boxes = COPING, *, card_id: UUID | None = None, **changes: Any) -> UUID:
        card_id = card_id or uuid4()
        acting = {**self.acting, **changes}
        actions.keep_card(self.entry.id, card_id, "off_course", "coping", boxes, **acting)
        return card_id


def writer(river: River, entry: EntryFacts) -> Writer:
    offer: WorkbookOffer | None = river.under.arm(allocation.arm_of(entry.id)).workbook
    return Writer(entry, {"parts": PARTS, "offer": offer, "by": entry.person_id, "at": AT})


@pytest.fixture
def mine(river: River) -> Writer:
    return writer(river, with_sessions(river))


def every_act(one: Writer, by: UUID, card: UUID, link: UUID) -> list[Callable[[], object]]:
    """Everything that can be done in somebody's workbook, by whoever."""
    acting = {**one.acting, "by": by}
    return [
        lambda: one.write(by=by),
        lambda: one.keep(by=by),
        lambda: one.keep(card_id=card, by=by),
        lambda: actions.take_away_card(one.entry.id, card, by=by, at=AT),
        lambda: actions.mark_part(one.entry.id, "recovery", is_done=True, **acting),
        lambda: actions.keep_together(one.entry.id, [], {}, **acting),
        lambda: planning.bring(one.entry.id, card, "on_my_own", **acting),
        lambda: planning.add_to_line(one.entry.id, link, {}, **acting),
        lambda: planning.leave_out(one.entry.id, link, by=by, at=AT),
    ]


def refused(raised: pytest.ExceptionInfo[Refused]) -> list[Because]:
    return [reason.code for reason in raised.value.reasons]


def test_what_a_person_writes_only_that_person_reads(mine: Writer) -> None:
    with ledger_lines() as lines:
        mine.write()
    assert [(line.event, line.wing, line.by) for line in lines] == [
        ("page_written", "sealed", mine.entry.person_id)
    ]
    assert mine.book().answers == {("recovery", "good_day"): Answer(WORDS)}
    assert mine.book().written == {("recovery", "good_day")}
    assert Page.objects.get().version == "1.0"


def test_nobody_else_reads_or_writes_not_even_their_peer_worker(river: River, mine: Writer) -> None:
    worker = staff(river, Role.PEER_WORKER)
    deliver.pair(mine.entry.id, worker, under=river.under, by=river.by, at=AT)
    mine.write()
    card = mine.keep()
    link = planning.bring(mine.entry.id, card, "on_my_own", **mine.acting)
    for looker in (worker, river.by, UUID(int=404)):
        with pytest.raises(NotFound):
            facts.book(mine.entry.id, viewer_id=looker)
        with ledger_lines() as lines:
            for act in every_act(mine, looker, card, link):
                with pytest.raises(NotFound):
                    act()
        assert lines == []


def test_an_arm_without_online_pages_cannot_write(river: River) -> None:
    posted = writer(river, with_post(river))
    for act in (posted.write, posted.keep):
        with ledger_lines() as lines, pytest.raises(Refused) as raised:
            act()
        assert refused(raised) == [Because.NOT_OFFERED] and lines == []
    with pytest.raises(Refused):
        actions.mark_part(posted.entry.id, "recovery", is_done=True, **posted.acting)
    assert not (Page.objects.exists() or CardRow.objects.exists() or DonePart.objects.exists())


def test_writing_again_changes_the_page_and_writing_nothing_clears_it(mine: Writer) -> None:
    mine.write()
    mine.write("Synthetic: tea with my sister.")
    assert mine.book().answers[("recovery", "good_day")].words == "Synthetic: tea with my sister."
    with ledger_lines() as lines:
        mine.write("  ")
    assert [line.event for line in lines] == ["page_cleared"]
    assert mine.book().answers == {}


def test_a_card_sent_twice_is_one_and_changes_in_its_place(mine: Writer) -> None:
    first, second = mine.keep(), mine.keep({"what": ("Synthetic: tea.",)})
    mine.keep(card_id=first)
    mine.keep({"what": ("Synthetic: a long walk.",)}, card_id=first)
    assert [(card.id, card.text("what")) for card in mine.book().cards] == [
        (first, "Synthetic: a long walk."),
        (second, "Synthetic: tea."),
    ]


def test_nobody_takes_over_somebody_elses_card_or_moves_their_own(river: River, mine: Writer) -> None:
    card = mine.keep()
    other = writer(river, with_sessions(river, first=50))
    with pytest.raises(NotFound):
        other.keep(card_id=card)
    with pytest.raises(NotFound):
        actions.take_away_card(other.entry.id, card, by=other.entry.person_id, at=AT)
    with pytest.raises(NotFound):
        planning.bring(other.entry.id, card, "on_my_own", **other.acting)
    with pytest.raises(NotFound):
        actions.keep_card(mine.entry.id, card, "off_course", "worse", COPING, **mine.acting)
    assert [one.id for one in mine.book().cards] == [card] and other.book().cards == ()


def test_a_card_in_the_plan_stays_linked_until_it_is_left_out_or_taken_away(mine: Writer) -> None:
    card = mine.keep()
    link = planning.bring(mine.entry.id, card, "on_my_own", **mine.acting)
    with pytest.raises(Refused) as raised:
        planning.bring(mine.entry.id, card, "on_my_own", **mine.acting)
    assert refused(raised) == [Because.ALREADY_IN_THE_PLAN]
    assert [(one.id, one.section, one.card_id) for one in mine.book().links] == [(link, "on_my_own", card)]
    planning.leave_out(mine.entry.id, link, by=mine.entry.person_id, at=AT)
    assert mine.book().links == () and len(mine.book().cards) == 1
    planning.bring(mine.entry.id, card, "on_my_own", **mine.acting)
    with ledger_lines() as lines:
        actions.take_away_card(mine.entry.id, card, by=mine.entry.person_id, at=AT)
    assert [line.event for line in lines] == ["card_taken_away"]
    assert mine.book().cards == () and not PlanLink.objects.exists()


def test_what_the_plan_adds_is_kept_with_the_link_and_not_with_the_card(mine: Writer) -> None:
    sam = uuid4()
    boxes: Boxes = {"who": ("Synthetic Sam",)}
    actions.keep_card(mine.entry.id, sam, "people_places", "people", boxes, **mine.acting)
    link = planning.bring(mine.entry.id, sam, "people_to_ask", **mine.acting)
    added: Boxes = {"telephone": ("020 7946 0001",)}
    planning.add_to_line(mine.entry.id, link, added, **mine.acting)
    assert [one.boxes for one in mine.book().links] == [added]
    assert [one.boxes for one in mine.book().cards] == [boxes]
    with pytest.raises(Refused) as raised:
        planning.add_to_line(mine.entry.id, link, {"asked": ("Perhaps",)}, **mine.acting)
    assert refused(raised) == [Because.NOT_A_CHOICE]


def test_what_was_written_on_one_page_is_kept_together_or_not_at_all(mine: Writer) -> None:
    good = [Card(uuid4(), "plan", "on_my_own", {"what": (f"Synthetic {place}.",)}) for place in range(3)]
    with ledger_lines() as lines:
        actions.keep_together(mine.entry.id, good, {("plan", "when_to_call"): Answer(WORDS)}, **mine.acting)
    assert [line.event for line in lines] == ["page_written"]
    assert [card.text("what") for card in mine.book().cards] == [
        "Synthetic 0.",
        "Synthetic 1.",
        "Synthetic 2.",
    ]
    bad = [Card(uuid4(), "plan", "on_my_own", COPING), Card(uuid4(), "plan", "nowhere", COPING)]
    with ledger_lines() as lines, pytest.raises(Refused):
        actions.keep_together(mine.entry.id, bad, {}, **mine.acting)
    assert lines == [] and len(mine.book().cards) == 3


def test_a_part_is_done_for_now_when_its_writer_says_so_and_no_longer_when_they_take_it_back(
    mine: Writer,
) -> None:
    for is_done in (True, True, False):
        actions.mark_part(mine.entry.id, "recovery", is_done=is_done, **mine.acting)
        assert mine.book().done == ({"recovery"} if is_done else frozenset())
    with pytest.raises(NotFound):
        actions.mark_part(mine.entry.id, "nothing", is_done=True, **mine.acting)


def test_the_words_are_nowhere_in_the_clear_and_equal_words_look_different(
    river: River, mine: Writer
) -> None:
    other = writer(river, with_sessions(river, first=50))
    for one in (mine, other):
        one.write()
        link = planning.bring(one.entry.id, one.keep(), "on_my_own", **one.acting)
        planning.add_to_line(one.entry.id, link, {"what": (WORDS,)}, **one.acting)
    for model in (Page, CardRow, PlanLink):
        kept = [bytes(row.words) for row in model.objects.all()]
        assert len(kept) == 2 and kept[0] != kept[1]
        assert not any(b"canal" in words for words in kept)


def test_each_person_has_a_key_of_their_own_and_without_it_nothing_opens(river: River, mine: Writer) -> None:
    other = writer(river, with_sessions(river, first=50))
    mine.write()
    other.keep()
    first, second = (PersonKey.objects.get(entry_id=one.entry.id) for one in (mine, other))
    first.wrapped_key, second.wrapped_key = second.wrapped_key, first.wrapped_key
    first.save()
    with pytest.raises(InvalidTag):
        mine.book()
    PersonKey.objects.filter(entry_id=other.entry.id).delete()
    assert other.book().cards == ()


def test_a_card_put_in_anothers_place_in_the_database_does_not_open_and_closes_no_other(mine: Writer) -> None:
    first, second = mine.keep(), mine.keep({"what": ("Synthetic: tea.",)})
    row = CardRow.objects.get(id=second)
    CardRow.objects.filter(id=first).update(words=row.words)
    assert [card.id for card in mine.book().cards] == [second]
    assert mine.book().unread == 1
