"""The data desk: send in a records file, see what was accepted and refused, and keep it."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import gather
from handrail.records.acutecare import facts
from handrail.web.assessor import incoming
from handrail.web.assessor.check_file import check
from handrail.web.assessor.forms import Extract, Sure
from handrail.web.assessor.menu import show
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part

SHOWN_FAULTS = 50


@audience(Role.DATA_DESK)
def files(request: PageRequest) -> HttpResponse:
    """The files that were read, and what the outcomes are, for everybody together."""
    counts = facts.status_counts(facts.outcomes().values())
    return show(
        request,
        "files.html",
        "records",
        files=facts.files(),
        counts=counts,
        unmatched=facts.unmatched_row_count(),
    )


@audience(Role.DATA_DESK, takes_forms=True)
def send(request: PageRequest) -> HttpResponse:
    """Send in a file; it is checked before anything is kept."""
    form = Extract(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = check(form.cleaned_data["file"], covers_until=form.complete_to(), by=request.viewer.id)
        if found.token is not None:
            return redirect("assessor:checked", found.token)
        for fault in found.faults[:SHOWN_FAULTS]:
            form.add_error("file", fault)
        if len(found.faults) > SHOWN_FAULTS:
            form.add_error("file", f"And {len(found.faults) - SHOWN_FAULTS} more faults.")
    return show(request, "send.html", "records", form=form)


@audience(Role.DATA_DESK, takes_forms=True)
def checked(request: PageRequest, token: UUID) -> HttpResponse:
    """What was accepted and refused in a file that was sent in: keep it, or leave it."""
    found = incoming.waiting(token, by=request.viewer.id)
    form = Sure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gather.take_in(found, under=settings.PROTOCOL.outcome, by=request.viewer.id, at=clock.now())
        except Refused as refused:
            incoming.drop(token)
            form.refuse(refused.reasons)
        else:
            incoming.drop(token)
            say(request, "The file is kept, and everybody’s outcome was worked out again.")
            return redirect("assessor:files")
    rules = Counter(row.rule for row in found.refused)
    return show(
        request,
        "checked.html",
        "records",
        file=found,
        rules=sorted(rules.items()),
        refused=found.refused[:SHOWN_FAULTS],
        form=form,
    )


@audience(Role.DATA_DESK)
def file(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One file that was read, and the rows that were refused."""
    found = {one.id: one for one in facts.files()}.get(file_id)
    if found is None:
        raise NotFound("file")
    rows = part(request, facts.refused_rows(file_id))
    return show(request, "file.html", "records", file=found, part=rows)
