"""One question of the workbook at a time: own words, a list to pick from, or short cards."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from handrail.domain.plan import to_bring
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.domain.workbook import ON_CARDS, Answer, Card, Field, Part, face, is_not_me
from handrail.domain.workbook_words import FieldKind
from handrail.records.workbook import actions
from handrail.web.person.book_forms import AnswerForm, CardForm
from handrail.web.person.desk import Desk, part_of, parts, question_in, sit
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say

UNSURE = "is_unsure"
PAPER = "paper"  # in the address: what is typed in was on paper first


@audience(Role.PERSON, takes_forms=True)
def question(request: PageRequest, part: str, field: str) -> HttpResponse:
    """One question, however it is answered."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    if asked.kind in ON_CARDS:
        return _cards(request, desk, found, asked)
    before = desk.book.answers.get((part, field), Answer())
    form = AnswerForm(request.POST or None, question=asked, answer=before)
    form.ask_of_paper(before.paper, is_wanted=PAPER in request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _write(request, desk, found, asked, form.answer(clock.today()))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return kept
    return render(
        request, "person/question.html", around(found, asked) | {"form": form, "is_kept": not before.is_blank}
    )


def _write(request: PageRequest, desk: Desk, part: Part, asked: Field, answer: Answer) -> HttpResponse:
    """Keep an answer and go on; nothing is done where nothing was written and nothing stood there."""
    before = desk.book.answers.get((part.code, asked.code), Answer())
    if answer != before:
        actions.write(desk.entry_id, part.code, asked.code, answer, **desk.acting)
        text = "This is empty again." if answer.is_blank else "Kept. You can change it when you like."
        say(request, text)
    return redirect(after(part, asked))


def _cards(request: PageRequest, desk: Desk, part: Part, asked: Field) -> HttpResponse:
    if request.method == "POST" and UNSURE in request.POST:
        return _write(request, desk, part, asked, Answer(is_unsure=request.POST[UNSURE] == "yes"))
    form = CardForm(request.POST or None, question=asked, boxes={})
    is_sorted = asked.kind is FieldKind.SORT  # its piles are a table on paper, with no room for a note
    form.ask_of_paper(None, is_wanted=PAPER in request.GET and not is_sorted)
    if request.method == "POST" and form.is_valid() and _keep(desk, _number(form), part, asked, form):
        say(request, "Kept. You can add another.")
        return redirect(request.get_full_path())
    cards, links = desk.book.cards_of(part.code, asked.code), desk.book.links
    free = {card.id for card in to_bring(parts(), cards, links, asked.into)} if asked.into else set()
    context = around(part, asked) | {
        "form": form,
        "rows": [(card, face(card, asked), card.id in free, is_not_me(card)) for card in cards],
        "first_kind": slugify(asked.piles[0].title) if asked.piles else "",
        "is_sorted": is_sorted,
        "is_unsure": desk.book.answers.get((part.code, asked.code), Answer()).is_unsure,
    }
    return render(request, "person/cards.html", context)


@audience(Role.PERSON, takes_forms=True)
def card(request: PageRequest, part: str, field: str, card: UUID) -> HttpResponse:
    """Change one card. One that was taken away meanwhile, on another phone, is kept anew: no word is lost."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    held = _held(desk, found, asked, card, is_sent=request.method == "POST")
    form = CardForm(request.POST or None, question=asked, boxes=held.boxes)
    form.ask_of_paper(held.paper, is_wanted=False)
    if request.method == "POST" and form.is_valid() and _keep(desk, card, found, asked, form):
        say(request, "Kept.")
        return redirect(home(found, asked))
    context = around(found, asked) | {"form": form, "card": held, "face": face(held, asked)}
    return render(request, "person/card.html", context | {"back_to": home(found, asked)})


@audience(Role.PERSON, takes_forms=True)
def take_away(request: PageRequest, part: str, field: str, card: UUID) -> HttpResponse:
    """Take one card away, once its writer has said that they are sure."""
    desk, found = sit(request), part_of(part)
    asked = question_in(found, field)
    held = _held(desk, found, asked, card)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_away_card(desk.entry_id, card, by=desk.person_id, at=desk.acting["at"])
        say(request, "Taken away.")
        return redirect(home(found, asked))
    in_plan = any(link.card_id == card for link in desk.book.links)
    context = {"form": form, "face": face(held, asked), "in_plan": in_plan, "back_to": home(found, asked)}
    return render(request, "person/take_away.html", context)


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


def around(part: Part, asked: Field) -> dict[str, object]:
    """What every page of a question shows."""
    return {"part": part, "question": asked, "after": after(part, asked)}


def home(part: Part, asked: Field) -> str:
    """Where the cards of a question stand."""
    return (
        reverse("person:plan") if part.is_plan else reverse("person:question", args=(part.code, asked.code))
    )


def _held(desk: Desk, part: Part, asked: Field, card_id: UUID, *, is_sent: bool = False) -> Card:
    """One card under its own question. Raises: NotFound, unless it is gone and its form was sent."""
    held = next((one for one in desk.book.cards if one.id == card_id), None)
    if held is None and is_sent and asked.kind in ON_CARDS:
        return Card(card_id, part.code, asked.code)
    if held is None or (held.part, held.field) != (part.code, asked.code):
        raise NotFound("card")
    return held


def _keep(desk: Desk, card_id: UUID, part: Part, asked: Field, form: CardForm) -> bool:
    try:
        actions.keep_card(
            desk.entry_id,
            card_id,
            part.code,
            asked.code,
            form.filled(),
            paper=form.paper(clock.today()),
            **desk.acting,
        )
    except Refused as refused:
        form.refuse(refused.reasons)
        return False
    return True


def _number(form: CardForm) -> UUID:
    """The form's own number is the new card's: sent twice, it is one card."""
    try:
        return UUID(form.cleaned_data["request_key"])
    except ValueError:
        return uuid4()
