"""Everyday signs, sorted kind by kind. Each sign that is put on a pile becomes a card of its own."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.domain.workbook import PILE, SIGN, Boxes, Card
from handrail.records.workbook import actions
from handrail.web.person.book_forms import SortForm
from handrail.web.person.desk import Desk, part_of, question_in, sit
from handrail.web.person.questions import around
from handrail.web.shared.access import PageRequest, audience


@audience(Role.PERSON, takes_forms=True)
def sort(request: PageRequest, part: str, field: str, kind: str) -> HttpResponse:
    """Sort everyday signs of one kind."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    kinds = [slugify(signs.title) for signs in asked.piles]
    if kind not in kinds:
        raise NotFound("kind")
    place = kinds.index(kind)
    signs = asked.piles[place]
    held = _held(desk, part, field, signs.signs)
    now = {sign: card.text(PILE) for sign, card in held.items()}
    form = SortForm(request.POST or None, question=asked, signs=signs, piles_now=now)
    onward = [reverse("person:sort", args=(part, field, one)) for one in kinds[place + 1 :]]
    onward.append(reverse("person:question", args=(part, field)))
    if request.method == "POST" and form.is_valid():
        moved = {sign: pile for sign, pile in form.piles().items() if now.get(sign) != pile}
        cards = [_card(desk, part, field, sign, pile, held.get(sign)) for sign, pile in moved.items()]
        if cards:
            actions.keep_together(desk.entry_id, cards, {}, **desk.acting)
        return redirect(onward[0])
    context = around(found, asked) | {"form": form, "signs": signs, "place": place + 1}
    return render(request, "person/sort.html", context | {"after": onward[0]})


def _held(desk: Desk, part: str, field: str, signs: tuple[str, ...]) -> dict[str, Card]:
    """The card of each sign of the list, found by its number: whoever reworded it has it still."""
    by_id = {card.id: card for card in desk.book.cards_of(part, field)}
    numbers = {sign: _number(desk, part, field, sign) for sign in signs}
    return {sign: by_id[number] for sign, number in numbers.items() if number in by_id}


def _card(desk: Desk, part: str, field: str, sign: str, pile: str, held: Card | None) -> Card:
    before: Boxes = held.boxes if held else {SIGN: (sign,)}
    boxes, paper = {**before, PILE: (pile,)}, held.paper if held else None
    return Card(_number(desk, part, field, sign), part, field, boxes, paper)


def _number(desk: Desk, part: str, field: str, sign: str) -> UUID:
    """A sign of the list has one card, however often the form is sent."""
    return uuid5(desk.entry_id, f"{part}.{field}.{sign}")
