"""One question of the workbook at a time: own words, a list to pick from, short cards, signs to sort."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from handrail.domain.plan import PILE, to_bring
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.domain.workbook import ON_CARDS, Answer, Card, Field, Part, face
from handrail.domain.workbook_words import Pile
from handrail.records.workbook import actions
from handrail.web.person.book_forms import AnswerForm, CardForm, SortForm
from handrail.web.person.desk import Desk, part_of, parts, question_in, sit
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say

SIGN = "sign"


@audience(Role.PERSON, takes_forms=True)
def question(request: PageRequest, part: str, field: str) -> HttpResponse:
    """One question, however it is answered."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    if asked.kind in ON_CARDS:
        return _cards(request, desk, found, asked)
    before = desk.book.answers.get((part, field), Answer())
    form = AnswerForm(request.POST or None, question=asked, answer=before)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(desk.entry_id, part, field, form.answer(), **desk.acting)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Kept. You can change it when you like.")
            return redirect(after(found, asked))
    return render(request, "person/question.html", _around(found, asked) | {"form": form})


def _cards(request: PageRequest, desk: Desk, part: Part, asked: Field) -> HttpResponse:
    form = CardForm(request.POST or None, question=asked, boxes={})
    if request.method == "POST" and form.is_valid():
        card_id = _number(form)
        if _keep(desk, card_id, part, asked, form):
            say(request, "Kept. You can add another.")
            return redirect("person:question", part.code, asked.code)
    cards = desk.book.cards_of(part.code, asked.code)
    free = (
        {card.id for card in to_bring(parts(), cards, desk.book.links, asked.into)} if asked.into else set()
    )
    rows = [(card, face(card, asked), card.id in free) for card in cards if not _is_set_aside(card)]
    first_kind = slugify(asked.piles[0].title) if asked.piles else ""
    context = _around(part, asked) | {"form": form, "rows": rows, "first_kind": first_kind}
    return render(request, "person/cards.html", context)


@audience(Role.PERSON, takes_forms=True)
def card(request: PageRequest, part: str, field: str, card: UUID) -> HttpResponse:
    """Change one card."""
    desk, found = sit(request), part_of(part)
    asked, held = question_in(found, field), desk.book.card(card)
    if (held.part, held.field) != (part, field):
        raise NotFound("card")
    form = CardForm(request.POST or None, question=asked, boxes=held.boxes)
    if request.method == "POST" and form.is_valid() and _keep(desk, card, found, asked, form):
        say(request, "Kept.")
        return redirect(_home(found, asked))
    context = _around(found, asked) | {"form": form, "card": held, "face": face(held, asked)}
    return render(request, "person/card.html", context | {"back_to": _home(found, asked)})


@audience(Role.PERSON, takes_forms=True)
def take_away(request: PageRequest, part: str, field: str, card: UUID) -> HttpResponse:
    """Take one card away, once its writer has said that they are sure."""
    desk, found = sit(request), part_of(part)
    asked, held = question_in(found, field), desk.book.card(card)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_away_card(desk.entry_id, card, by=desk.person_id, at=desk.acting["at"])
        say(request, "Taken away.")
        return redirect(_home(found, asked))
    in_plan = any(link.card_id == card for link in desk.book.links)
    context = {"form": form, "face": face(held, asked), "in_plan": in_plan, "back_to": _home(found, asked)}
    return render(request, "person/take_away.html", context)


@audience(Role.PERSON, takes_forms=True)
def sort(request: PageRequest, part: str, field: str, kind: str) -> HttpResponse:
    """Sort everyday signs of one kind. Each sign that is put on a pile becomes a card."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    kinds = [slugify(signs.title) for signs in asked.piles]
    if kind not in kinds:
        raise NotFound("kind")
    place = kinds.index(kind)
    held = {card.text(SIGN): card for card in desk.book.cards_of(part, field)}
    before = {sign: card.text(PILE) for sign, card in held.items()}
    signs = asked.piles[place]
    form = SortForm(request.POST or None, question=asked, signs=signs, sorted_so=before)
    onward = [reverse("person:sort", args=(part, field, one)) for one in kinds[place + 1 :]]
    onward.append(reverse("person:question", args=(part, field)))
    if request.method == "POST" and form.is_valid():
        changed = {sign: pile for sign, pile in form.piles().items() if before.get(sign) != pile}
        cards = [_sorted(desk, part, field, sign, pile, held.get(sign)) for sign, pile in changed.items()]
        if cards:
            actions.keep_together(desk.entry_id, cards, {}, **desk.acting)
        return redirect(onward[0])
    context = _around(found, asked) | {"form": form, "signs": signs, "place": place + 1}
    return render(request, "person/sort.html", context | {"after": onward[0]})


def after(part: Part, asked: Field) -> str:
    """Where somebody goes when they have answered, or skipped: the next question, or back to the part."""
    if part.is_plan:
        return reverse("person:plan")
    codes = [one.code for one in part.fields]
    rest = codes[codes.index(asked.code) + 1 :]
    return (
        reverse("person:question", args=(part.code, rest[0]))
        if rest
        else reverse("person:part", args=(part.code,))
    )


def _keep(desk: Desk, card_id: UUID, part: Part, asked: Field, form: CardForm) -> bool:
    try:
        actions.keep_card(desk.entry_id, card_id, part.code, asked.code, form.filled(), **desk.acting)
    except Refused as refused:
        form.refuse(refused.reasons)
        return False
    return True


def _sorted(desk: Desk, part: str, field: str, sign: str, pile: str, card: Card | None) -> Card:
    # A sign of the list has one card, however often the form is sent.
    number = card.id if card else uuid5(desk.entry_id, f"{part}.{field}.{sign}")
    return Card(number, part, field, {**(card.boxes if card else {}), SIGN: (sign,), PILE: (pile,)})


def _number(form: CardForm) -> UUID:
    """The form's own number is the new card's: sent twice, it is one card."""
    try:
        return UUID(form.cleaned_data["request_key"])
    except ValueError:
        return uuid4()


def _is_set_aside(card: Card) -> bool:
    return card.text(PILE) == Pile.NOT_ME.sentence


def _home(part: Part, asked: Field) -> str:
    return (
        reverse("person:plan") if part.is_plan else reverse("person:question", args=(part.code, asked.code))
    )


def _around(part: Part, asked: Field) -> dict[str, object]:
    return {"part": part, "question": asked, "after": after(part, asked)}
