"""Check-ins: a look at how things are, in the person's own words, when they have asked for it. Sealed.

What is answered chooses nothing: neither the next page nor its order, nor who is told, which is nobody. When
the next one comes follows from the day of the last and the rhythm that the person chose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS, Writer, why_not_open

MOST_SIGNS = 5
ASKED_EACH = 4  # of so many check-ins one asks whether they help
MOST_KEPT = 1000


class Rhythm(Worded):
    """How often somebody would like to check in."""

    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every four weeks"
    DAILY = "daily", "Every day"


DAYS = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.MONTHLY: 28}


class Difference(Worded):
    """How a sign is, beside how it usually is for this person."""

    SAME = "same", "Same as usual"
    A_BIT = "a_bit", "A bit"
    A_LOT = "a_lot", "A lot"


class Helping(Worded):
    """What checking in does for somebody, when they are asked."""

    HELPS = "helps", "It helps"
    WORRIES = "worries", "It makes me worry"
    BOTH = "both", "A bit of both"
    UNSURE = "unsure", "I am not sure"


@dataclass(frozen=True)
class Setting:
    """What somebody has asked for. Check-ins are off until they turn them on, and off again at one tap."""

    is_on: bool = False
    rhythm: Rhythm = Rhythm.WEEKLY
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckIn:
    """One check-in: what was good, each sign with how it is, and words. Each can be left."""

    well: str = ""
    signs: dict[str, Difference] = field(default_factory=dict)
    words: str = ""
    helping: Helping | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said."""
        return not (self.well.strip() or self.signs or self.words.strip() or self.helping)


def why_not_set(writer: Writer, setting: Setting) -> Reasons:
    """Reasons why check-ins cannot be set up so."""
    return why_not_open(writer) + only(
        (len(setting.signs) > MOST_SIGNS, Reason(Because.TOO_MANY_CARDS, str(MOST_SIGNS))),
        (
            any(len(sign) > LONGEST_LINE for sign in setting.signs),
            Reason(Because.TEXT_TOO_LONG, str(LONGEST_LINE)),
        ),
    )


def why_not_check_in(writer: Writer, setting: Setting, said: CheckIn, *, kept: int) -> Reasons:
    """Reasons why a check-in cannot be kept: ``kept`` is how many there are."""
    longest = max(len(said.well), len(said.words))
    return why_not_open(writer) + only(
        (not setting.is_on, Because.CHECK_INS_OFF),
        (said.is_blank, Because.TEXT_MISSING),
        (longest > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))),
        (not set(said.signs) <= set(setting.signs), Because.NOT_A_CHOICE),
        (kept >= MOST_KEPT, Reason(Because.TOO_MANY_CARDS, str(MOST_KEPT))),
    )


def asks_if_it_helps(kept: int) -> bool:
    """Whether the next check-in asks what checking in does for its writer: every fourth."""
    return (kept + 1) % ASKED_EACH == 0


def next_on(setting: Setting, last_on: date | None, *, on: date) -> date | None:
    """The day around which the next check-in is, or none where they are off; never before today."""
    if not setting.is_on:
        return None
    return max(on, last_on + timedelta(days=DAYS[setting.rhythm])) if last_on else on
