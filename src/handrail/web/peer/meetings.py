"""The meeting together: ideas, what to talk about, what was agreed, and the log, on one screen."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain import meeting_log as rules
from handrail.domain.meeting import WritingKind
from handrail.domain.refusal import Refused
from handrail.domain.words import Attendance, Role
from handrail.records.support import diary, log
from handrail.records.support import facts as support
from handrail.web.peer.caseload import companion, reader
from handrail.web.peer.meeting_forms import Agreed, Settle, WriteUp
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.shown import parts


@audience(Role.PEER_WORKER, takes_forms=True)
def together(request: PageRequest, session_id: UUID) -> HttpResponse:
    """One meeting: before it, what might help; after it, the log that the two write."""
    entry_id, found = support.meeting(session_id)
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = WriteUp(request.POST or None, book=parts(), name=one.person.given_name, used=found.parts)
    if request.method == "POST" and form.is_valid():
        try:
            log.write_up(session_id, form.new_log(), parts=parts(), by=request.viewer.id, at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons, {"text_missing": "line"})
        else:
            say(request, f"That was kept. {one.person.given_name} can read it, and add to it.")
            return redirect("peer:together", session_id)
    place = rules.number(one.supported.meetings, found)
    context = {
        "one": one,
        "meeting": found,
        "form": form,
        "number": place,
        "idea": rules.idea(place),
        "told": rules.told(one.diary, session_id),
        "agreement": rules.agreement(one.diary),
        "used": [part.title for part in parts() if part.code in found.parts],
        "is_held": found.attendance is Attendance.HELD,
        "write": rules.DO_WRITE,
        "do_not_write": rules.DO_NOT_WRITE,
    }
    return render(request, "peer/together.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def agreement(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Write down what the two agreed on how they work together."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = Agreed(request.POST or None, before=rules.agreement(one.diary))
    if request.method == "POST" and form.is_valid():
        log.agree(entry_id, form.said(), by=request.viewer.id, at=clock.now())
        say(request, "What you two agreed is kept. You can both read it, and change it later.")
        return redirect("peer:person", entry_id)
    return render(request, "peer/agreement.html", {"one": one, "form": form})


@audience(Role.PEER_WORKER, takes_forms=True)
def promise(request: PageRequest, promise_id: UUID) -> HttpResponse:
    """Say what came of something that one of the two said they would do."""
    entry_id, found = diary.promise(promise_id, reader=reader(request.viewer))
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = Settle(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_kept = form.cleaned_data["outcome"] == WritingKind.KEPT.value
        try:
            log.settle(promise_id, is_kept=is_kept, reader=reader(request.viewer), at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "That was kept.")
            return redirect("peer:person", entry_id)
    return render(request, "peer/promise.html", {"one": one, "promise": found, "form": form})
