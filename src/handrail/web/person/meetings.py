"""The person's meetings: the next one, what to talk about, another time, calling off, and the past ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain import meeting as rules
from handrail.domain.dates import local_date
from handrail.domain.ending import countdown
from handrail.domain.fidelity import TO_THE_PERSON, Side, asked_after, open_to
from handrail.domain.meeting import Diary, Reader, Writing
from handrail.domain.meeting_log import agreement as agreed
from handrail.domain.meeting_log import still_open
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.support import Meeting, Supported, is_finished
from handrail.domain.words import Attendance, Role
from handrail.journey import rearrange
from handrail.records.accounts import facts as accounts
from handrail.records.supervision import sides
from handrail.records.support import diary as diaries
from handrail.records.support import endings, log
from handrail.records.support import facts as support
from handrail.web.person.meeting_forms import Agenda, CallOff, OtherTime
from handrail.web.person.own import own
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say, show_own_links


@dataclass(frozen=True)
class Circle:
    """One person, their peer worker, and what the two arranged and wrote."""

    person_id: UUID
    entry_id: UUID
    supported: Supported
    worker: str
    diary: Diary
    has_book: bool

    def asks(self, meeting: Meeting) -> Writing | None:
        """What the person wrote when they asked for another time."""
        return rules.asked_for_another_time(self.diary, meeting)

    def changes(self, meeting: Meeting) -> list[rules.Change]:
        """When and why a meeting was moved, or did not happen."""
        return [one for one in self.diary.changes if one.session_id == meeting.id]


def circle(request: PageRequest) -> Circle:
    """The viewer's own. Raises: NotFound where they are offered no meetings, or other eyes may be there."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    if mine.supported is None or mine.supported.offer is None or mine.entry_id is None:
        raise NotFound("meetings")
    show_own_links(request, has_book=mine.has_book)
    worker_id = mine.supported.worker_id
    return Circle(
        mine.person_id,
        mine.entry_id,
        mine.supported,
        accounts.account(worker_id).name if worker_id else "",
        diaries.diary(mine.entry_id, reader=Reader(mine.person_id, Role.PERSON)),
        mine.has_book,
    )


@audience(Role.PERSON)
def meetings(request: PageRequest) -> HttpResponse:
    """Meetings to come and past ones, the latest first, and what to talk about."""
    mine, at = circle(request), clock.now()
    all_of_them = mine.supported.meetings
    given = sides.given(mine.entry_id) if asked_after(all_of_them) else {}
    context = {
        "mine": mine,
        "asked": open_to(Side.PERSON, all_of_them, given),
        "sides": [both for _, both in sides.both((mine.entry_id,))] if given else [],
        "words": TO_THE_PERSON,
        "ahead": [one for one in all_of_them if _is_ahead(one, at)],
        "past": [one for one in reversed(all_of_them) if not _is_ahead(one, at)],
        "agenda": rules.agenda(mine.diary, all_of_them),
        "agreement": agreed(mine.diary),
        "promises": still_open(mine.diary),
        "countdown": countdown(mine.supported, on=local_date(at)),
        "ended": endings.ending(mine.entry_id, reader=Reader(mine.person_id, Role.PERSON)),
        "is_over": is_finished(mine.supported, on=local_date(at)),
    }
    return render(request, "person/meetings.html", context)


@audience(Role.PERSON, takes_forms=True)
def agenda(request: PageRequest) -> HttpResponse:
    """Say what you would like to talk about next time."""
    mine = circle(request)
    form = Agenda(request.POST or None, initial={"words": rules.agenda(mine.diary, mine.supported.meetings)})
    if request.method == "POST" and form.is_valid():
        log.keep_agenda(mine.entry_id, form.cleaned_data["words"], by=mine.person_id, at=clock.now())
        say(request, "That is kept for your next meeting.")
        return redirect("person:meetings")
    return render(request, "person/agenda.html", {"mine": mine, "form": form})


@audience(Role.PERSON, takes_forms=True)
def call_off(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Call off one of your own meetings."""
    mine, found = own_meeting(request, session_id)
    form = CallOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rearrange.call_off(session_id, reason=form.said(), under=settings.PROTOCOL, **_acting(mine))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The meeting is called off. You can plan another one together.")
            return redirect("person:meetings")
    return _shown(request, "call_off", mine, found, form)


@audience(Role.PERSON, takes_forms=True)
def other_time(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Ask for another time for one of your own meetings."""
    mine, found = own_meeting(request, session_id)
    form = OtherTime(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            log.ask_for_another_time(session_id, form.cleaned_data["words"], **_acting(mine))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Your wish is kept. The meeting stays as it is until you two agree on another time.")
            return redirect("person:meetings")
    return _shown(request, "other_time", mine, found, form)


def own_meeting(request: PageRequest, session_id: UUID) -> tuple[Circle, Meeting]:
    """One meeting of the viewer's own. Raises: NotFound, also for everybody else's."""
    mine = circle(request)
    entry_id, found = support.meeting(session_id)
    if entry_id != mine.entry_id:
        raise NotFound("meeting")
    return mine, found


def _shown(request: PageRequest, name: str, mine: Circle, found: Meeting, form: Any) -> HttpResponse:
    reasons = rules.why_not_call_off(found, at=clock.now())
    context = {"mine": mine, "meeting": found, "form": form, "reasons": reasons}
    return render(request, f"person/{name}.html", context)


def _acting(mine: Circle) -> dict[str, Any]:
    return {"by": mine.person_id, "at": clock.now()}


def _is_ahead(meeting: Meeting, at: Any) -> bool:
    return meeting.attendance is Attendance.PLANNED and meeting.planned_at > at
