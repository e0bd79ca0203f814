"""The action plan: put together from what was written elsewhere, linked and not copied."""

from __future__ import annotations

from uuid import UUID

import pytest

from handrail.domain.plan import (
    Link,
    Section,
    missing,
    plan_part,
    rehearsal,
    sections,
    to_bring,
    wallet,
    why_not_add,
    why_not_bring,
)
from handrail.domain.words import Because
from handrail.domain.workbook import Answer, Card
from handrail.exchange import workbook_file

PARTS = workbook_file.load()
SAM = Card(UUID(int=1), "people_places", "people", {"who": ("Sam",), "relation": ("My neighbour",)})
WALK = Card(UUID(int=2), "off_course", "coping", {"what": ("A walk",)})
TEA = Card(UUID(int=3), "plan", "on_my_own", {"what": ("Tea",)})
SIGN = Card(UUID(int=4), "early_signs", "signs", {"sign": ("I stay in",), "pile": ("Like me",)})
NOT_ME = Card(UUID(int=5), "early_signs", "signs", {"sign": ("I skip meals",), "pile": ("Not me",)})
CARDS = (TEA, SAM, WALK, SIGN, NOT_ME)


def section(
    code: str, links: tuple[Link, ...] = (), answers: dict[tuple[str, str], Answer] | None = None
) -> Section:
    found = sections(PARTS, CARDS, links, answers or {})
    return next(one for one in found if one.question.code == code)


def link(card: Card, code: str, number: int = 9, **boxes: tuple[str, ...]) -> Link:
    return Link(UUID(int=number), code, card.id, boxes)


def test_what_was_written_in_the_plan_stands_before_what_was_brought() -> None:
    lines = section("on_my_own", (link(WALK, "on_my_own"),)).lines
    assert [(line.text, line.link_id is not None) for line in lines] == [("Tea", False), ("A walk", True)]


def test_a_card_that_is_changed_has_changed_in_the_plan() -> None:
    changed = Card(WALK.id, WALK.part, WALK.field, {"what": ("A long walk",)})
    found = sections(PARTS, (TEA, changed), (link(WALK, "on_my_own"),), {})
    lines = next(one.lines for one in found if one.question.code == "on_my_own")
    assert [line.text for line in lines] == ["Tea", "A long walk"]


def test_a_link_whose_card_is_gone_shows_nothing() -> None:
    gone = link(Card(UUID(int=77), "off_course", "coping"), "on_my_own")
    assert [line.text for line in section("on_my_own", (gone,)).lines] == ["Tea"]


def test_a_sign_that_is_sorted_anew_as_not_me_leaves_the_plan() -> None:
    held = link(SIGN, "my_signs")
    assert [line.text for line in section("my_signs", (held,)).lines] == ["I stay in"]
    cards = (Card(SIGN.id, SIGN.part, SIGN.field, {**SIGN.boxes, "pile": ("Not me",)}),)
    found = sections(PARTS, cards, (held,), {})
    assert next(one.lines for one in found if one.question.code == "my_signs") == ()


def test_the_plan_adds_a_telephone_number_to_somebody_who_was_brought() -> None:
    (line,) = section("people_to_ask", (link(SAM, "people_to_ask", telephone=("020 7946 0001",)),)).lines
    assert (line.text, line.boxes) == ("Sam", {"telephone": ("020 7946 0001",)})


def test_words_stand_in_their_section_and_not_sure_is_said() -> None:
    answers = {
        ("plan", "when_to_call"): Answer("When I cannot sleep"),
        ("plan", "home"): Answer(is_unsure=True),
    }
    assert section("when_to_call", answers=answers).words == "When I cannot sleep"
    assert section("home", answers=answers).is_unsure
    assert section("home", answers=answers).is_empty


def test_only_cards_that_may_stand_there_are_offered_in_the_order_of_the_workbook_and_once() -> None:
    assert [card.id for card in to_bring(PARTS, CARDS, (), "my_signs")] == [SIGN.id]
    assert [card.id for card in to_bring(PARTS, CARDS, (), "people_to_ask")] == [SAM.id]
    assert to_bring(PARTS, CARDS, (link(SIGN, "my_signs"),), "my_signs") == ()
    helped = Card(UUID(int=6), "moving_on", "helped", {"what": ("My sister",)})
    assert [card.id for card in to_bring(PARTS, (WALK, helped), (), "on_my_own")] == [helped.id, WALK.id]


@pytest.mark.parametrize(
    ("card", "code", "links", "because"),
    [
        (WALK, "on_my_own", (), []),
        (WALK, "my_signs", (), [Because.NOT_FOR_THE_PLAN]),
        (NOT_ME, "my_signs", (), [Because.NOT_FOR_THE_PLAN]),
        (TEA, "on_my_own", (), [Because.NOT_FOR_THE_PLAN]),
        (WALK, "on_my_own", (link(WALK, "on_my_own"),), [Because.ALREADY_IN_THE_PLAN]),
    ],
)
def test_a_card_is_put_into_the_plan_where_it_may_stand_and_once(
    card: Card, code: str, links: tuple[Link, ...], because: list[Because]
) -> None:
    assert [reason.code for reason in why_not_bring(PARTS, card, code, links)] == because


def test_the_plan_adds_only_what_its_section_has_room_for() -> None:
    held = link(SAM, "people_to_ask")
    assert why_not_add(PARTS, held, {"telephone": ("020 7946 0001",), "asked": ("Yes",)}) == ()
    assert [one.code for one in why_not_add(PARTS, held, {"asked": ("Perhaps",)})] == [Because.NOT_A_CHOICE]
    lost = link(SAM, "nowhere")
    assert [one.code for one in why_not_add(PARTS, lost, {})] == [Because.PAGE_UNKNOWN]


NOTHING = {"people_to_ask": 0, "on_my_own": 0, "next_step": 0, "when_to_call": 0}


def first_lines() -> tuple[Card, ...]:
    """The cards of a first meeting: three people, three things that help, one step."""
    wanted = (("people_to_ask", "who", 3), ("on_my_own", "what", 3), ("next_step", "what", 1))
    kinds = [(code, box) for code, box, count in wanted for _ in range(count)]
    return tuple(
        Card(UUID(int=100 + place), "plan", code, {box: (f"{code} {place}",)})
        for place, (code, box) in enumerate(kinds)
    )


def test_what_a_first_meeting_still_lacks_is_counted_until_it_is_there() -> None:
    assert missing(sections(PARTS, (), (), {})) == {
        "people_to_ask": 3,
        "on_my_own": 3,
        "next_step": 1,
        "when_to_call": 1,
    }
    cards, answers = first_lines(), {("plan", "when_to_call"): Answer("x")}
    assert missing(sections(PARTS, cards, (), answers)) == NOTHING
    assert missing(sections(PARTS, cards[1:], (), {})) == {**NOTHING, "people_to_ask": 1, "when_to_call": 1}


def test_what_somebody_is_not_sure_of_is_not_asked_for_again() -> None:
    unsure = {("plan", code): Answer(is_unsure=True) for code in ("people_to_ask", "when_to_call")}
    assert missing(sections(PARTS, first_lines()[1:], (), unsure)) == NOTHING


def test_a_wallet_card_holds_three_people_and_one_team_that_can_be_called() -> None:
    more = Card(UUID(int=50), "plan", "people_to_ask", {"who": ("A fourth",)})
    teams = [
        Card(UUID(int=60 + place), "plan", "professionals", {"who": (name,), "telephone": numbers})
        for place, (name, numbers) in enumerate((("No number", ()), ("Team", ("111",)), ("Other", ("112",))))
    ]
    card = wallet(sections(PARTS, (*first_lines(), more, *teams), (), {}))
    assert [line.text for line in card.people] == [f"people_to_ask {place}" for place in range(3)] + ["Team"]
    assert (len(card.helps), len(card.steps)) == (3, 1)


def test_one_part_is_the_plan() -> None:
    assert plan_part(PARTS).code == "plan"
    with pytest.raises(LookupError):
        plan_part([part for part in PARTS if not part.is_plan])


def test_what_is_rehearsed_is_what_would_be_said_and_every_number() -> None:
    words = {"who": ("Jo",), "say": ("Can you come?",)}
    jo = Card(UUID(int=6), "plan", "people_to_ask", words)
    team = Card(UUID(int=7), "plan", "professionals", {"who": ("The team",), "telephone": ("111",)})
    found = rehearsal(sections(PARTS, (team, jo, TEA), (), {}))
    assert [line.card_id for line in found.first_words] == [jo.id]
    assert [line.card_id for line in found.numbers] == [team.id]
