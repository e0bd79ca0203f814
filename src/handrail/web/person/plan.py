"""The action plan: put together from what somebody wrote, one tap from each of their pages, and printed."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from handrail.domain.plan import (
    WHEN_TO_CALL,
    Line,
    Section,
    missing,
    plan_part,
    sections,
    to_bring,
    wallet,
)
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.domain.workbook import Answer, Card, face
from handrail.records.workbook import actions, planning
from handrail.web.person.book_forms import CardForm
from handrail.web.person.desk import Desk, part_of, parts, sit
from handrail.web.person.first_form import FirstForm
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say


@audience(Role.PERSON)
def plan(request: PageRequest) -> HttpResponse:
    """The whole plan, with the numbers for a crisis first."""
    desk = sit(request)
    found = plan_of(desk)
    may_bring = {
        one.question.code: len(to_bring(parts(), desk.book.cards, desk.book.links, one.question.code))
        for one in found
    }
    context = {
        "part": plan_part(parts()),
        "sections": found,
        "may_bring": may_bring,
        "is_begun": any(not one.is_empty for one in found),
        "is_short": any(missing(found).values()),
        "unread": desk.book.unread,
        "written_at": desk.book.written_at,
        "crisis_lines": settings.CRISIS_LINES,
    }
    return render(request, "person/plan.html", context)


@audience(Role.PERSON)
def wallet_card(request: PageRequest) -> HttpResponse:
    """A card for a wallet, 85 by 54 millimetres, to print and fold."""
    context = {"card": wallet(plan_of(sit(request))), "crisis_lines": settings.CRISIS_LINES}
    return render(request, "person/wallet_card.html", context)


@audience(Role.PERSON, takes_forms=True)
def bring(request: PageRequest, section: str) -> HttpResponse:
    """What may be put into one section of the plan, each by one tap."""
    desk = sit(request)
    one = next((one for one in plan_of(desk) if one.question.code == section), None)
    if one is None:
        raise NotFound("section")
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        planning.bring(desk.entry_id, _card_id(request), section, **desk.acting)
        say(request, "It is in your plan.")
        return redirect(_page_of(desk, request) if request.POST.get("is_from_book") else "person:plan")
    rows = []
    for card in to_bring(parts(), desk.book.cards, desk.book.links, section):
        part = part_of(card.part)
        question = part.field(card.field)
        assert question is not None  # what may be brought has its question
        rows.append((card, face(card, question), part.title))
    return render(request, "person/bring.html", {"section": one, "rows": rows})


@audience(Role.PERSON, takes_forms=True)
def line(request: PageRequest, link: UUID) -> HttpResponse:
    """Add to a line that was brought into the plan, such as a telephone number."""
    desk = sit(request)
    section, held = _line(desk, link)
    question = section.question
    form = CardForm(request.POST or None, question=question, boxes=held.boxes, without=question.face_code)
    if request.method == "POST" and form.is_valid():
        try:
            planning.add_to_line(desk.entry_id, link, form.filled(), **desk.acting)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Kept.")
            return redirect("person:plan")
    return render(request, "person/line.html", {"form": form, "line": held, "section": section})


@audience(Role.PERSON, takes_forms=True)
def leave_out(request: PageRequest, link: UUID) -> HttpResponse:
    """Take a line out of the plan. What it came from stays."""
    desk = sit(request)
    _, held = _line(desk, link)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        planning.leave_out(desk.entry_id, link, by=desk.person_id, at=desk.acting["at"])
        say(request, "It is out of your plan. It stays in your workbook.")
        return redirect("person:plan")
    return render(request, "person/leave_out.html", {"form": form, "line": held})


@audience(Role.PERSON, takes_forms=True)
def first(request: PageRequest) -> HttpResponse:
    """The few things of a first meeting, on one page."""
    desk = sit(request)
    lacking = missing(plan_of(desk))
    form = FirstForm(request.POST or None, part=plan_part(parts()), missing=lacking)
    if request.method == "POST" and form.is_valid():
        try:
            if _keep_first(desk, form):
                say(request, "Kept. It is in your plan. You can change it when you like.")
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect("person:plan")
    is_short = form.is_bound or any(lacking.values())
    return render(request, "person/first.html", {"form": form, "is_short": is_short})


def plan_of(desk: Desk) -> tuple[Section, ...]:
    """The plan as it stands: what was written for it, and what was brought into it."""
    return sections(parts(), desk.book.cards, desk.book.links, desk.book.answers)


def _keep_first(desk: Desk, form: FirstForm) -> bool:
    """Keep everything that was typed, all at once; whether there was anything. Words go after those there."""
    part = plan_part(parts()).code
    key = UUID(form.cleaned_data["request_key"])
    cards = [Card(uuid5(key, name), part, section, boxes) for name, section, boxes in form.cards()]
    words, place = form.cleaned_data[WHEN_TO_CALL].strip(), (part, WHEN_TO_CALL)
    before = desk.book.answers.get(place, Answer()).words
    both = "\n".join(text for text in (before, words) if text)
    # What stands there already, whole, was sent before: anything else goes after it.
    is_there = f"\n{before}".endswith(f"\n{words}")
    answers = {place: Answer(both)} if words and not is_there else {}
    if cards or answers:
        actions.keep_together(desk.entry_id, cards, answers, **desk.acting)
    return bool(cards or answers)


def _line(desk: Desk, link: UUID) -> tuple[Section, Line]:
    for section in plan_of(desk):
        for one in section.lines:
            if one.link_id == link:
                return section, one
    raise NotFound("line")


def _card_id(request: PageRequest) -> UUID:
    try:
        return UUID(request.POST.get("card", ""))
    except ValueError:
        raise NotFound("card") from None


def _page_of(desk: Desk, request: PageRequest) -> str:
    card = desk.book.card(_card_id(request))
    return reverse("person:question", args=(card.part, card.field))
