"""The workbook's pages, for a person whose arm opens them. What is written there is theirs alone."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.domain.workbook import Part, progress
from handrail.exchange import workbook_file
from handrail.journey import deliver
from handrail.records.workbook import facts as pages
from handrail.web.person.forms import Pages
from handrail.web.person.own import Own, own
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@cache
def parts() -> tuple[Part, ...]:
    """The workbook as shipped: its words never change while the site runs."""
    return workbook_file.load()


@audience(Role.PERSON)
def contents(request: PageRequest) -> HttpResponse:
    """The parts, and where something is written. Never how much."""
    mine = _reader(request)
    assert mine.entry_id is not None  # whoever has the book is in the trial
    written = pages.written(mine.entry_id, viewer_id=mine.person_id)
    rows = list(zip(parts(), progress(parts(), written), strict=True))
    return render(request, "person/book.html", {"rows": rows})


@audience(Role.PERSON, takes_forms=True)
def part(request: PageRequest, part: str) -> HttpResponse:
    """One part's questions, with what was written before."""
    mine = _reader(request)
    assert mine.entry_id is not None  # whoever has the book is in the trial
    found = next((one for one in parts() if one.code == part), None)
    if found is None:
        raise NotFound("part")
    own_pages = pages.pages(mine.entry_id, viewer_id=mine.person_id)
    before = {page.field: page.words for page in own_pages if page.part == part}
    form = Pages(request.POST or None, part=found, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(mine, found, form, before)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Kept. You can change it when you like.")
            return redirect("person:book")
    return render(request, "person/part.html", {"part": found, "form": form})


def _keep(mine: Own, found: Part, form: Pages, before: dict[str, str]) -> None:
    assert mine.entry_id is not None  # whoever has the book is in the trial
    for field in found.fields:
        words = form.cleaned_data[field.code]
        if words != before.get(field.code, ""):
            deliver.write_page(
                mine.entry_id,
                found.code,
                field.code,
                words,
                parts=parts(),
                under=settings.PROTOCOL,
                by=mine.person_id,
                at=clock.now(),
            )


def _reader(request: PageRequest) -> Own:
    mine = own(request.viewer, under=settings.PROTOCOL)
    if not mine.has_book:
        raise NotFound("book")
    return mine
