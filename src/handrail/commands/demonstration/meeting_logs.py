"""What two people write about their meetings: parts used, a line, what each will do, what came of it. Sealed.

Parts are ticked at every meeting that was held; some pairs write more, and in some of those the person adds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from handrail.commands.demonstration.lives import Meeting
from handrail.commands.demonstration.steps import Step, Trail
from handrail.domain.meeting import ChangeReason, Reader, Whose, Why, WritingKind
from handrail.domain.meeting_log import NewLog
from handrail.domain.words import Attendance, Role
from handrail.records.support import log

WRITES, SAYS_BEFORE, REPLIES, KEEPS = 0.15, 0.4, 0.2, 0.8
MOST_PARTS = 2
LINES = (
    "Synthetic: we walked by the canal and talked about mornings.",
    "Synthetic: we read the plan through, and changed two lines.",
    "Synthetic: a quiet hour. We drank tea and sorted the post.",
    "Synthetic: we went over who to ring, and in which order.",
)
WORKER_WILL = ("Synthetic: bring the bus times", "Synthetic: find out when the group meets")
PERSON_WILL = (
    "Synthetic: ring the library",
    "Synthetic: open Monday's letters",
    "Synthetic: text Jo on Friday",
)
AGENDAS = ("Synthetic: the letter from the housing office.", "Synthetic: how to say no to extra shifts.")
REPLY = "Synthetic: I would put it a little differently. It was a long week too."
AGREED = {
    WritingKind.HOW_CONTACT: "Synthetic: texts between nine and five. Not for emergencies.",
    WritingKind.WHAT_WRITTEN: "Synthetic: a line or two, read together.",
    WritingKind.WHAT_PASSED_ON: "Synthetic: danger to life or to a child, and you are told first.",
    WritingKind.IN_TOWN: "Synthetic: a nod, and we walk on.",
}
REASONS = {
    Whose.PERSON: (ChangeReason.UNWELL, ChangeReason.OTHER_PLANS, ChangeReason.UNSAID),
    Whose.WORKER: (ChangeReason.AWAY, ChangeReason.TRAVEL),
    Whose.SERVICE: (ChangeReason.AWAY,),
}
WHOSE = {Whose.PERSON: 0.7, Whose.WORKER: 0.2, Whose.SERVICE: 0.1}


def used(trail: Trail, place: int) -> tuple[str, ...]:
    """The parts of the workbook that the two worked on at one meeting."""
    dice = trail.scene.dice("parts", trail.life.number, place)
    return tuple(part.code for part in dice.some(trail.scene.workbook, dice.whole(0, MOST_PARTS)))


def why(trail: Trail, place: int) -> Why:
    """Whose wish it was that a meeting did not happen, and the reason."""
    dice = trail.scene.dice("why", trail.life.number, place)
    whose = dice.weighted(WHOSE)
    return Why(whose, dice(REASONS[whose]))


def steps(trail: Trail, worker_id: UUID) -> list[Step]:
    """What one pair writes, where they are one that writes."""
    dice = trail.scene.dice("logs", trail.life.number)
    if not dice.chance(WRITES):
        return []
    held = [
        (place, one)
        for place, one in enumerate(trail.life.contact.meetings)
        if one.attendance is Attendance.HELD
    ]
    found, said = [], list[UUID]()
    for order, (place, one) in enumerate(held):
        if order == 0:
            found.append(_agreed(trail, one, worker_id))
        elif dice.chance(SAYS_BEFORE):
            found.append(_agenda(trail, place, one, dice(AGENDAS)))
        new = NewLog(dice(LINES), dice(PERSON_WILL), dice(WORKER_WILL), used(trail, place))
        found.append(_written(trail, place, one, new, worker_id, said, keeps=dice.chance(KEEPS)))
        if dice.chance(REPLIES):
            found.append(_reply(trail, place, one))
    return found


def _agreed(trail: Trail, meeting: Meeting, worker_id: UUID) -> Step:
    return trail.step(
        "agreed",
        meeting.planned_on,
        f"{meeting.hour + 1:02d}:47",
        lambda at: log.agree(trail.entry, AGREED, by=worker_id, at=at),
    )


def _agenda(trail: Trail, place: int, meeting: Meeting, words: str) -> Step:
    return trail.step(
        f"agenda {place}",
        meeting.planned_on - timedelta(days=1),
        "20:10",
        lambda at: log.keep_agenda(trail.entry, words, by=trail.person, at=at),
    )


def _written(
    trail: Trail,
    place: int,
    meeting: Meeting,
    new: NewLog,
    worker_id: UUID,
    said: list[UUID],
    *,
    keeps: bool,
) -> Step:
    """What was promised last time (``said``) is looked at first; then the two write."""
    reader = Reader(worker_id, Role.PEER_WORKER)

    def write(at: datetime) -> None:
        for promise_id in said:
            log.settle(promise_id, is_kept=keeps, reader=reader, at=at)
        said[:] = log.write_up(trail.sessions[place], new, parts=trail.scene.workbook, by=worker_id, at=at)

    return trail.step(f"written {place}", meeting.planned_on, f"{meeting.hour + 1:02d}:50", write)


def _reply(trail: Trail, place: int, meeting: Meeting) -> Step:
    def reply(at: datetime) -> None:
        log.reply(trail.sessions[place], REPLY, differs=True, by=trail.person, at=at)

    return trail.step(f"reply {place}", meeting.planned_on, "21:15", reply)
