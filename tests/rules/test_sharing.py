"""What is shown of a workbook: one item, as it reads now, and only those named who may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from handrail.domain.plan import Link
from handrail.domain.sharing import (
    LONGEST_DAYS,
    LONGEST_NAME,
    MOST_SHARES,
    Item,
    NewShare,
    SharedWith,
    Shown,
    Written,
    people_in,
    shown,
    title_of,
    why_not_share,
)
from handrail.domain.words import Because
from handrail.domain.workbook import UNSURE, Answer, Card
from handrail.exchange import workbook_file

PARTS = workbook_file.load()
DAY = date(2014, 6, 3)
WORKER = UUID(int=9)
WINNIE = Card(UUID(int=1), "people_places", "people", {"who": ("Winnie",), "relation": ("Friend",)})
STEP = Card(UUID(int=2), "goals", "goals", {"goal": ("Cook",), "step": ("Soup",), "who": ("Winnie",)})
TEAM = Card(UUID(int=3), "plan", "professionals", {"who": ("Crisis team",), "telephone": ("020 7946 0001",)})
NOT_ME = Card(UUID(int=4), "early_signs", "signs", {"sign": ("I sleep less",), "pile": ("Not me",)})
LINKS = (Link(UUID(int=5), "people_to_ask", WINNIE.id, {"telephone": ("020 7946 0002",)}),)
WRITTEN = Written(
    {("recovery", "matters"): Answer("My bike", ("A pet",), is_unsure=True)},
    (WINNIE, STEP, TEAM, NOT_ME),
    LINKS,
)
NEW = NewShare(Item("plan"), SharedWith.CLINICIAN, "Dr Khan", DAY + timedelta(days=30))


def texts(found: Shown) -> str:
    return repr(found.passages)


def why(new: NewShare, *, worker_id: UUID | None = WORKER, living: int = 0) -> list[Because]:
    return [one.code for one in why_not_share(new, PARTS, worker_id=worker_id, living=living, on=DAY)]


def test_something_is_shared_with_one_who_is_there_until_a_day_within_a_year() -> None:
    with_worker = replace(NEW, shared_with=SharedWith.WORKER, name="")
    for new in (NEW, with_worker, replace(NEW, until_on=DAY), replace(NEW, item=Item("recovery", "matters"))):
        assert why(new) == []
    last = DAY + timedelta(days=LONGEST_DAYS)
    assert why(replace(NEW, until_on=last)) == []
    assert why(replace(NEW, until_on=last + timedelta(days=1))) == [Because.SHARED_TOO_LONG]
    assert why(replace(NEW, until_on=DAY - timedelta(days=1))) == [Because.DAY_GONE]
    assert why(with_worker, worker_id=None) == [Because.NO_PEER_WORKER]
    assert why(replace(NEW, name=" ")) == [Because.NOBODY_NAMED]
    assert why(replace(NEW, name="y" * (LONGEST_NAME + 1))) == [Because.TEXT_TOO_LONG]
    assert why(NEW, living=MOST_SHARES) == [Because.TOO_MUCH_SHARED]
    for item in (Item("nothing"), Item("plan", "nothing")):
        assert why(replace(NEW, item=item)) == [Because.PAGE_UNKNOWN]
        assert title_of(item, PARTS) == "" and shown(item, PARTS, WRITTEN).passages == ()


def test_an_answer_is_shown_whole_and_what_has_none_is_left_out() -> None:
    found = shown(Item("recovery"), PARTS, WRITTEN)
    assert [one.texts for one in found.passages] == [("A pet", "My bike", UNSURE)]
    assert shown(Item("recovery", "good_day"), PARTS, WRITTEN).passages == ()
    assert "I sleep less" not in texts(shown(Item("early_signs"), PARTS, WRITTEN))


def test_a_plan_shows_what_was_brought_into_it_with_what_the_plan_adds() -> None:
    plan = texts(shown(Item("plan"), PARTS, WRITTEN))
    assert "Winnie" in plan and "020 7946 0002" in plan and "Crisis team" in plan


def test_whoever_is_named_is_left_out_where_hidden_and_a_service_never_is() -> None:
    for part, named in (("plan", [WINNIE]), ("people_places", [WINNIE]), ("goals", [STEP]), ("recovery", [])):
        assert list(people_in(Item(part), PARTS, WRITTEN)) == named
    hidden = {WINNIE.id, STEP.id, TEAM.id}
    plan = texts(shown(Item("plan"), PARTS, WRITTEN, hidden=hidden))
    assert "Winnie" not in plan and "020 7946 0002" not in plan and "Crisis team" in plan
    goals = texts(shown(Item("goals"), PARTS, WRITTEN, hidden=hidden))
    assert "Soup" in goals and "Winnie" not in goals
