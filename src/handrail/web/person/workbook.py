"""The workbook's contents and parts, for a person whose arm opens them. What they write is theirs alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.plan import plan_part
from handrail.domain.words import Role
from handrail.domain.workbook import UNSURE, Answer, Field, Part, face, is_not_me, standing, told_of_paper
from handrail.domain.workbook_words import Standing
from handrail.records.workbook import actions
from handrail.records.workbook.facts import Book
from handrail.web.person.book_forms import DoneForm
from handrail.web.person.desk import part_of, parts, sit
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@dataclass(frozen=True)
class Kept:
    """What somebody keeps under one question, as texts to read."""

    question: Field
    texts: tuple[str, ...]


@audience(Role.PERSON)
def contents(request: PageRequest) -> HttpResponse:
    """The parts, and where each stands. Never how much is written."""
    book = sit(request).book
    rows = [(part, standing(part, book.written, book.done)) for part in parts() if not part.is_plan]
    context = {"rows": rows, "plan": plan_part(parts())}
    return render(request, "person/book.html", context)


@audience(Role.PERSON, takes_forms=True)
def part(request: PageRequest, part: str) -> HttpResponse:
    """One part's questions with what is kept under each, and whether its writer has done with it for now."""
    desk, found = sit(request), part_of(part)
    if found.is_plan:
        return redirect("person:plan")
    form = DoneForm(request.POST or None, initial={"is_done": found.code in desk.book.done})
    if request.method == "POST" and form.is_valid():
        is_done = form.cleaned_data["is_done"]
        actions.mark_part(desk.entry_id, found.code, is_done=is_done, **desk.acting)
        say(request, "Kept. You can change it when you like.")
        return redirect("person:book")
    stands = standing(found, desk.book.written, desk.book.done)
    context = {
        "part": found,
        "rows": [kept(found, question, desk.book) for question in found.fields],
        "form": form,
        "is_started": stands is not Standing.NOT_STARTED,
    }
    return render(request, "person/part.html", context)


def kept(part: Part, question: Field, book: Book) -> Kept:
    """What somebody keeps under one question."""
    answer = book.answers.get((part.code, question.code), Answer())
    texts = [*answer.chosen, answer.words, *([UNSURE] if answer.is_unsure else []), *told_of_paper(answer)]
    cards = book.cards_of(part.code, question.code)
    for card in cards:
        texts += [] if is_not_me(card) else [face(card, question), *told_of_paper(card)]
    return Kept(question, tuple(text for text in texts if text))
