"""The steps by which people write in the online workbook, where their arm opens it. Sealed.

The person acts, for themselves alone. Most begin a plan at the first meeting; some write more, some of that
goes into the plan, and some write nothing, as is everybody's right.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from handrail.commands.demonstration.steps import Step, Trail
from handrail.domain.plan import FIRST, WHEN_TO_CALL, plan_part
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.words import Attendance
from handrail.domain.workbook import Answer, Boxes, Card, Field, Part
from handrail.domain.workbook_words import BoxKind, FieldKind
from handrail.records.workbook import actions, planning

BEGINS, WRITES, BRINGS = 0.75, 0.35, 0.5
MOST_PARTS = 2
SENTENCES = (
    "Synthetic: a walk by the canal before breakfast, most days.",
    "Synthetic: I stop answering the telephone. My sister notices first.",
    "Synthetic: ring the team early, and not wait for the weekend.",
    "Synthetic: back to the allotment on Saturdays, one bed at a time.",
    "Synthetic: sleep first, then everything else.",
)
FIRST_LINES = {
    "people_to_ask": ("Sam, my neighbour", "My sister Jo", "Ade from the allotment"),
    "on_my_own": ("Walk round the block", "Put the radio on", "Make tea and sit outside"),
    "next_step": ("Ring the gym about Tuesdays", "Open Monday's letters", "Text Jo on Friday"),
}
TELEPHONE = "020 7946 0{:03d}"  # a range that is kept for stories


def steps(trail: Trail, offer: WorkbookOffer | None) -> list[Step]:
    """What this person writes, at and after their first meeting."""
    held = [one for one in trail.life.contact.meetings if one.attendance is Attendance.HELD]
    if not held:
        return []
    day = held[0].planned_on
    dice = trail.scene.dice("pages", trail.life.number)
    found = [_beginning(trail, offer, day, dice)] if dice.chance(BEGINS) else []
    if dice.chance(WRITES):
        rest = [part for part in trail.scene.workbook if not part.is_plan]
        chosen = dice.some(rest, dice.whole(1, MOST_PARTS))
        for place, part in enumerate(chosen):
            found += _writing(trail, offer, part, dice, day + timedelta(days=1 + place))
    return found


def _beginning(trail: Trail, offer: WorkbookOffer | None, day: date, dice: Any) -> Step:
    """The few things that a first meeting makes."""
    part = plan_part(trail.scene.workbook).code
    cards = [
        (f"{section} {place}", section, _first_boxes(section, FIRST_LINES[section][place], dice))
        for section, wanted in FIRST
        for place in range(wanted)
    ]
    words = Answer(dice(SENTENCES))

    def begin(at: datetime) -> None:
        made = [Card(uuid5(trail.entry, name), part, section, boxes) for name, section, boxes in cards]
        actions.keep_together(trail.entry, made, {(part, WHEN_TO_CALL): words}, **_acting(trail, offer, at))

    return trail.step("plan begun", day, "14:50", begin)


def _first_boxes(section: str, line: str, dice: Any) -> Boxes:
    if section == "people_to_ask":
        return {"who": (f"Synthetic: {line}",), "telephone": (TELEPHONE.format(dice.whole(0, 999)),)}
    return {"what": (f"Synthetic: {line.lower()}.",)}


def _writing(trail: Trail, offer: WorkbookOffer | None, part: Part, dice: Any, day: date) -> list[Step]:
    question, words = part.fields[0], dice(SENTENCES)
    if question.kind in (FieldKind.WORDS, FieldKind.CHOICE):

        def write(at: datetime) -> None:
            actions.write(trail.entry, part.code, question.code, Answer(words), **_acting(trail, offer, at))

        return [trail.step(f"page {part.code}", day, "20:30", write)]
    goes_in = bool(question.into) and dice.chance(BRINGS)

    def keep(at: datetime) -> None:
        number = uuid5(trail.entry, f"card {part.code}")
        boxes = _boxes(question, words)
        actions.keep_card(trail.entry, number, part.code, question.code, boxes, **_acting(trail, offer, at))
        if goes_in:
            planning.bring(trail.entry, number, question.into, **_acting(trail, offer, at))

    return [trail.step(f"card {part.code}", day, "20:30", keep)]


def _boxes(question: Field, words: str) -> Boxes:
    """The face of a card, and the first of each list."""
    face = question.face or question.boxes[0].code
    picked = {box.code: (box.options[0],) for box in question.boxes if box.kind is BoxKind.CHOICE}
    return {**picked, face: (words,)}


def _acting(trail: Trail, offer: WorkbookOffer | None, at: datetime) -> dict[str, Any]:
    person: UUID = trail.person
    return {"parts": trail.scene.workbook, "offer": offer, "by": person, "at": at}
