"""The log of one meeting, as the person reads it: they may add, or see it differently."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain import meeting_log as rules
from handrail.domain.meeting import Reader, Whose, WritingKind
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Attendance, Role
from handrail.records.support import diary
from handrail.records.support import log as actions
from handrail.web.person.desk import parts
from handrail.web.person.meeting_forms import Reply, Settle
from handrail.web.person.meetings import circle, own_meeting
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.PERSON, takes_forms=True)
def log(request: PageRequest, session_id: UUID) -> HttpResponse:
    """What the two wrote about one meeting, and beside it what the person says."""
    mine, found = own_meeting(request, session_id)
    if found.attendance is not Attendance.HELD:
        raise NotFound("meeting")
    form = Reply(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.reply(
                session_id,
                said["words"],
                differs=said["kind"] == WritingKind.DIFFERS.value,
                by=mine.person_id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons, {"text_missing": "words"})
        else:
            say(request, "Your words are kept beside the others.")
            return redirect("person:meeting", session_id)
    context = {
        "mine": mine,
        "meeting": found,
        "form": form,
        "told": rules.told(mine.diary, session_id),
        "used": [part.title for part in parts() if part.code in found.parts],
    }
    return render(request, "person/meeting.html", context)


@audience(Role.PERSON, takes_forms=True)
def promise(request: PageRequest, promise_id: UUID) -> HttpResponse:
    """Say what came of something that you said you would do."""
    mine = circle(request)
    reader = Reader(mine.person_id, Role.PERSON)
    _, found = diary.promise(promise_id, reader=reader)
    if found.whose is not Whose.PERSON:
        raise NotFound("promise")
    form = Settle(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_kept = form.cleaned_data["outcome"] == WritingKind.KEPT.value
        try:
            actions.settle(promise_id, is_kept=is_kept, reader=reader, at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "That was kept.")
            return redirect("person:meetings")
    return render(request, "person/promise.html", {"promise": found, "form": form})
