"""The steps that follow from the arm: meetings with a peer worker, or a parcel. All in the sealed wing.

Code never names an arm: it asks what the arm offers, and plays what the offer makes possible.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from handrail.commands.demonstration import endings, meeting_logs, own_pages
from handrail.commands.demonstration.lives import Harm, Meeting
from handrail.commands.demonstration.steps import Step, Trail, moment
from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.dates import working_days_after
from handrail.domain.ladder import RingOutcome
from handrail.domain.protocol import Arm
from handrail.domain.reporting import NewReport, Told
from handrail.domain.safety import is_expected
from handrail.domain.words import Attendance, Relatedness
from handrail.domain.workbook import is_online
from handrail.journey import deliver
from handrail.records.concern import actions as concern
from handrail.records.safety import facts as safety
from handrail.records.support import reports

PAIRED_AFTER = timedelta(days=1)
PLANNED_BEFORE = timedelta(days=2)
GAP_KNOWN_AFTER = timedelta(days=150)
JUDGED_AFTER, COMMITTEE_TOLD_AFTER = timedelta(days=9), timedelta(days=11)
RELATED = {Relatedness.UNRELATED: 0.4, Relatedness.UNLIKELY: 0.45, Relatedness.POSSIBLE: 0.15}


def steps(trail: Trail, arm: Arm) -> list[Step]:
    """Every step of this life that its arm brings."""
    related = [(place, harm) for place, harm in enumerate(trail.life.harms) if harm.could_be_related]
    found = [step for place, harm in related for step in _judgement(trail, place, harm)]
    if arm.peer_sessions is not None:
        found += _support(trail)
        found += own_pages.steps(trail, arm.workbook) if is_online(arm.workbook) else []
    elif arm.workbook is not None:
        found += _parcel(trail)
    return found


def _support(trail: Trail) -> list[Step]:
    life, contact = trail.life, trail.life.contact
    found = [trail.step("pair", life.entered_on + PAIRED_AFTER, "09:40", lambda at: _pair(trail, at))]
    for place, meeting in enumerate(contact.meetings):
        found += _meeting(trail, place, meeting)
    found += meeting_logs.steps(trail, _worker(trail))
    found += endings.steps(trail, _worker(trail))
    if not contact.is_attendance_known:
        day = life.entered_on + GAP_KNOWN_AFTER
        found.append(trail.step("attendance lost", day, "16:10", lambda at: _lose(trail, at)))
    if contact.stopped_on is not None:
        found.append(trail.step("stop", contact.stopped_on, "12:45", lambda at: _stop(trail, at)))
    if life.has_concern and contact.meetings:
        found += _concern(trail, contact.meetings[0])
    return found


def _worker(trail: Trail) -> UUID:
    return trail.scene.cast.peer_worker(trail.life.path.team_code, trail.life.contact.worker)


def _supervisor(trail: Trail) -> UUID:
    return trail.scene.cast.peer_supervisor(trail.life.path.team_code)


def _clinician(trail: Trail) -> UUID:
    return trail.scene.cast.duty_clinician(trail.life.path.team_code)


def _pair(trail: Trail, at: datetime) -> None:
    deliver.pair(
        trail.entry,
        _worker(trail),
        under=trail.scene.protocol,
        by=_supervisor(trail),
        at=at,
    )


def _meeting(trail: Trail, place: int, meeting: Meeting) -> list[Step]:
    """A meeting is planned some days before, and afterwards recorded as it went."""
    planned_on = max(meeting.planned_on - PLANNED_BEFORE, trail.life.entered_on + PAIRED_AFTER)
    found = [trail.step(f"plan {place}", planned_on, "13:30", lambda at: _plan(trail, place, meeting, at))]
    clock = f"{meeting.hour + 1:02d}:45"
    if meeting.attendance is Attendance.HELD:
        found.append(
            trail.step(
                f"meet {place}", meeting.planned_on, clock, lambda at: _hold(trail, place, meeting, at)
            )
        )
    elif meeting.attendance is not Attendance.PLANNED:
        found.append(
            trail.step(
                f"mark {place}",
                meeting.planned_on,
                clock,
                lambda at: deliver.mark_session(
                    trail.sessions[place],
                    meeting.attendance,
                    why=meeting_logs.why(trail, place),
                    under=trail.scene.protocol,
                    by=_worker(trail),
                    at=at,
                ),
            )
        )
    return found


def _when(meeting: Meeting) -> datetime:
    return moment(meeting.planned_on, f"{meeting.hour:02d}:00")


def _plan(trail: Trail, place: int, meeting: Meeting, at: datetime) -> None:
    trail.sessions[place] = deliver.plan_session(
        trail.entry, planned_at=_when(meeting), under=trail.scene.protocol, by=_worker(trail), at=at
    )


def _hold(trail: Trail, place: int, meeting: Meeting, at: datetime) -> None:
    deliver.hold_session(
        trail.sessions[place],
        minutes=meeting.minutes,
        held_at=_when(meeting),
        place=meeting.place,
        used=meeting_logs.used(trail, place),
        parts=trail.scene.workbook,
        under=trail.scene.protocol,
        by=_worker(trail),
        at=at,
    )


def _lose(trail: Trail, at: datetime) -> None:
    """The worker's notes are lost: attendance is unknown, and unknown is never nought."""
    deliver.lose_attendance(trail.entry, under=trail.scene.protocol, by=_supervisor(trail), at=at)


def _stop(trail: Trail, at: datetime) -> None:
    deliver.stop(trail.entry, under=trail.scene.protocol, by=_worker(trail), at=at)


def _concern(trail: Trail, meeting: Meeting) -> list[Step]:
    """A worry after a meeting: raised by the worker, taken up late by the duty clinician, and answered.

    It has rung for the clinician and then for the supervisor, who talks it over with the worker afterwards.
    """
    day = meeting.planned_on
    return [
        trail.step("concern raised", day, "18:05", lambda at: _raise(trail, at)),
        trail.step("concern rung", day, "18:06", lambda at: _ring(trail, 1, _clinician(trail), at)),
        trail.step("concern rung again", day, "18:35", lambda at: _ring(trail, 2, _supervisor(trail), at)),
        trail.step("concern taken up", day, "18:38", lambda at: _take_up(trail, at)),
        trail.step("concern answered", day, "18:55", lambda at: _answer(trail, at)),
        trail.step("concern talked over", day, "19:20", lambda at: _talk_over(trail, at)),
    ]


def _raise(trail: Trail, at: datetime) -> None:
    worry = NewConcern(
        urgency=Urgency.SUPERVISOR,
        words="Synthetic: seemed much lower than last week, and had not slept.",
        wishes="Would like somebody to telephone this evening.",
        has_told_person=True,
    )
    trail.concern_id = concern.raise_concern(trail.person, worry, by=_worker(trail), at=at)


def _ring(trail: Trail, number: int, account_id: UUID, at: datetime) -> None:
    concern.ring(trail.concern, number, account_id, RingOutcome.SENT, agent="ring", at=at)


def _take_up(trail: Trail, at: datetime) -> None:
    concern.acknowledge(trail.concern, by=_clinician(trail), at=at)


def _answer(trail: Trail, at: datetime) -> None:
    words = "Synthetic: telephoned; a plan for the night was agreed, and the team will visit tomorrow."
    concern.answer(trail.concern, words, by=_clinician(trail), at=at)


def _talk_over(trail: Trail, at: datetime) -> None:
    concern.debrief(trail.concern, by=_supervisor(trail), at=at)


def _parcel(trail: Trail) -> list[Step]:
    """The workbook is ordered on the day of entry, posted within days, and now and then comes back."""
    life, contact = trail.life, trail.life.contact
    posted_on = working_days_after(life.entered_on, contact.posted_after_days)
    found = [
        trail.step("order", life.entered_on, "15:20", lambda at: _order(trail, at)),
        trail.step("post", posted_on, "16:30", lambda at: _post(trail, at)),
    ]
    if contact.returned_after_days is not None:
        day = posted_on + timedelta(days=contact.returned_after_days)
        found.append(trail.step("returned", day, "11:20", lambda at: _return(trail, at)))
    return found


def _order(trail: Trail, at: datetime) -> None:
    deliver.order_workbook(trail.entry, under=trail.scene.protocol, by=trail.scene.cast.trial_manager, at=at)


def _post(trail: Trail, at: datetime) -> None:
    deliver.post_workbook(trail.entry, under=trail.scene.protocol, by=trail.scene.cast.trial_manager, at=at)


def _return(trail: Trail, at: datetime) -> None:
    deliver.record_return(trail.entry, under=trail.scene.protocol, by=trail.scene.cast.trial_manager, at=at)


def _judgement(trail: Trail, place: int, harm: Harm) -> list[Step]:
    """Where the masked reviewer said that it could be related, an unmasked judgement is signed.

    The ethics committee is told two days later, of what is related and was not expected.
    """
    day = harm.aware_on + JUDGED_AFTER
    found = [trail.step(f"judgement {place}", day, "12:30", lambda at: _judge(trail, place, at))]
    if not is_expected(harm.kind, under=trail.scene.protocol.safety):
        day = harm.aware_on + COMMITTEE_TOLD_AFTER
        found.append(trail.step(f"committee {place}", day, "15:10", lambda at: _tell(trail, place, at)))
    return found


def _judge(trail: Trail, place: int, at: datetime) -> None:
    dice = trail.scene.dice("judgement", trail.life.number, place)
    deliver.judge(
        trail.events[place],
        dice.weighted(RELATED),
        was_found_by_worker=dice.chance(0.2),
        by=trail.scene.cast.trial_manager,
        at=at,
    )


def _tell(trail: Trail, place: int, at: datetime) -> None:
    """Whoever must still be told of the event is told, where the judgement left a clock running."""
    event, under = safety.event(trail.events[place]), trail.scene.protocol.safety
    for one in reports.deadlines([event], under=under)[event.id]:
        if one.is_open:
            told = NewReport(Told(one.code, at.date()))
            reports.tell(event.id, told, under=under, by=trail.scene.cast.trial_manager, at=at)
