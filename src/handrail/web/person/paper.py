"""The workbook on paper: what somebody has written, with room to carry on by hand."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.dates import in_words, local_date
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.reports.booklet import Booklet, Filling, booklet
from handrail.reports.booklet_easy import EasyBooklet, easy_booklet
from handrail.web.person.desk import Desk, easy_words, parts, sit
from handrail.web.person.own_file import ask_again
from handrail.web.shared import child, sessions
from handrail.web.shared.access import PageRequest, audience

SECONDS = 30
BUSY_SECONDS = 60  # longer than setting can take: whatever happens, the next try is let through by then
SIZES = ("ordinary", "large", "easy")
SYNTHETIC = "Synthetic people: a demonstration"


@audience(Role.PERSON)
def sizes(request: PageRequest) -> HttpResponse:
    """Which print somebody would like."""
    sit(request)
    return render(request, "person/paper.html", {})


@audience(Role.PERSON)
def paper(request: PageRequest, size: str) -> HttpResponse:
    """The booklet as a PDF, one at a time for each person.

    What is in it goes through a pipe, and is written to no disk here.
    """
    desk = sit(request)
    if size not in SIZES:
        raise NotFound("size")
    if not sessions.is_fresh(request):
        return ask_again(request)
    place = f"booklet:{desk.person_id}"
    if not cache.add(place, True, BUSY_SECONDS):
        return render(request, "person/paper.html", {"is_busy": True}, status=503)
    try:
        status, pdf = _made(desk, size)
    finally:
        cache.delete(place)
    if status:
        return render(request, "person/paper.html", {"went_wrong": True}, status=503)
    name = {"Content-Disposition": 'inline; filename="my-pages.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=name)


def _made(desk: Desk, size: str) -> tuple[int, bytes]:
    """The child's exit status, and the PDF where that is 0."""
    book = desk.book
    written = in_words(local_date(book.written_at)) if book.written_at else ""
    crisis = [(line.action, line.title) for line in settings.CRISIS_LINES]
    filling = Filling(book.answers, book.cards, book.links, written)
    label = SYNTHETIC if accounts.is_synthetic() else ""
    made: Booklet | EasyBooklet
    if size == "easy":
        made = easy_booklet(easy_words(), parts(), crisis, filling=filling, label=label)
    else:
        made = booklet(parts(), crisis, filling=filling, is_large=size == "large", label=label)
    words, given = ["booklet", "--composed", "--out", "-"], json.dumps(made.as_plain()).encode()
    return child.run(words, seconds=SECONDS, given=given)
