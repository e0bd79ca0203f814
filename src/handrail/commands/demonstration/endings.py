"""How meetings end: most who met often say goodbye, some by letter, and some cannot. Sealed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from handrail.commands.demonstration.steps import Step, Trail
from handrail.domain.ending import HowEnded, LaterContact, NewEnding
from handrail.domain.words import Attendance
from handrail.journey import say_goodbye

OFTEN, AFTER, MAY_WRITE = 6, timedelta(days=3), timedelta(days=60)
KEPT, KEPT_AFTER_FEW, LETTERS = 0.8, 0.3, 0.25
OTHERWISE = {HowEnded.TELEPHONE: 0.5, HowEnded.NOT_HELD: 0.4, HowEnded.LETTER: 0.1}
CONTACT = {LaterContact.RING: 0.5, LaterContact.WRITE: 0.3, LaterContact.NONE: 0.2}
SENTENCES = (
    "Synthetic: you found your own words for the hard days, and you used them.",
    "Synthetic: the walk by the canal was your idea. It was a good one.",
    "Synthetic: you asked your sister, when that was not easy. I will remember it.",
)


def steps(trail: Trail, worker_id: UUID) -> list[Step]:
    """How the meetings of one life end, where its worker keeps it: after the last one that was arranged."""
    contact = trail.life.contact
    held = [one for one in contact.meetings if one.attendance is Attendance.HELD]
    dice = trail.scene.dice("endings", trail.life.number)
    if not held or contact.stopped_on or not dice.chance(KEPT if len(held) >= OFTEN else KEPT_AFTER_FEW):
        return []
    last, sentence, has_letter = contact.meetings[-1], dice(SENTENCES), dice.chance(LETTERS)
    met_last = last.attendance is Attendance.HELD
    how = HowEnded.LAST_MEETING if met_last else dice.weighted(OTHERWISE)
    day = last.planned_on if met_last else last.planned_on + AFTER
    if _has_died(trail, day):
        return []
    said = dice.weighted(CONTACT)
    until = day + MAY_WRITE if said is LaterContact.WRITE else None
    letter = sentence if has_letter or how is HowEnded.LETTER else ""
    new = NewEnding(day, how, said, until, letter)

    def end(at: datetime) -> None:
        say_goodbye.end(trail.entry, new, under=trail.scene.protocol, by=worker_id, at=at)

    return [trail.step("ending", day, f"{last.hour + 1:02d}:55", end)]


def _has_died(trail: Trail, day: date) -> bool:
    died_day = trail.life.fate.died_day
    return died_day is not None and trail.life.entered_on + timedelta(days=died_day) <= day
