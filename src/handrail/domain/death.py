"""A death that was recorded wrongly: why it is put right, and what stood on record of it before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handrail.domain.refusal import Reasons, only
from handrail.domain.words import Because, Worded


class DeathPutRight(Worded):
    """Why a record of a death is put right: coded, because words could betray the arm on a masked page."""

    TYPED_WRONGLY = "typed_wrongly", "It was typed wrongly"
    RECORDS_DIFFER = "records_differ", "The health records say otherwise"
    TOLD_OTHERWISE = "told_otherwise", "The family, or the person, says otherwise"
    ANOTHER_PERSON = "another_person", "It was somebody else"


@dataclass(frozen=True)
class DeathRecord:
    """What was recorded of a death: its day, or none where it was taken back; why, unless it came first."""

    died_on: date | None
    why: DeathPutRight | None
    recorded_at: datetime


def why_not_put_right(died_on: date, *, on_record: date | None, why: DeathPutRight | None) -> Reasons:
    """Reasons not to record a day of death over the one on record, if there is one."""
    return only(
        (on_record is not None and why is None, Because.NO_REASON_GIVEN),
        (on_record == died_on, Because.NOTHING_DIFFERS),
    )
