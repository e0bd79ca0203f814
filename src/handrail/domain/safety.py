"""Adverse events: what is serious, what was expected, and what a masked reviewer must see. Masked.

Seriousness, expectedness and relatedness are judged apart. Relatedness betrays the arm and is kept in
the sealed wing; here a masked reviewer is asked only whether, had the person received the programme,
the event could be related.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.dates import in_words
from handrail.domain.protocol import Safety
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Seriousness, Worded

OTHER_KIND = "other"
LONGEST_NARRATIVE = 4000


class HowFound(Worded):
    """How an event came to light. Neutral: a peer worker is staff here, and named only in the sealed wing."""

    INTERVIEW = "interview", "At an interview"
    RECORDS = "records", "In the records"
    PERSON = "person", "The person told us"
    FAMILY = "family", "Family or a friend told us"
    STAFF = "staff", "A member of staff told us"


class WhyCorrected(Worded):
    """Why a record of an event is corrected: coded, because words could betray the arm on a masked page."""

    TYPED_WRONGLY = "typed_wrongly", "It was typed wrongly"
    MORE_IS_KNOWN = "more_is_known", "More is known now"
    RECORDS_DIFFER = "records_differ", "The health records say otherwise"
    JUDGED_AGAIN = "judged_again", "How serious it is was judged again"


@dataclass(frozen=True)
class NewEvent:
    """An adverse event as it is recorded. ``kind`` is a code of the protocol's list, or ``other``."""

    onset_on: date
    aware_on: date
    kind: str
    seriousness: frozenset[Seriousness]
    how_found: HowFound
    narrative: str = ""


@dataclass(frozen=True)
class EventFacts:
    """One adverse event as it stands, without its narrative.

    ``first_aware_on``: the earliest day of all its records, where it was corrected. ``is_downgraded``: it was
    recorded as serious before and is not now, and no masked reviewer has signed since then that it could not
    be related. ``was_serious``: an earlier record was serious, whatever was signed since. ``earlier_ids``:
    the records that this one corrects, the latest first.
    """

    id: UUID
    registration_id: UUID
    study_number: str
    team_code: str
    event_number: int
    onset_on: date
    aware_on: date
    kind: str
    seriousness: tuple[Seriousness, ...]
    is_expected: bool
    how_found: HowFound
    could_be_related: bool | None
    first_aware_on: date | None = None
    is_downgraded: bool = False
    was_serious: bool = False
    earlier_ids: tuple[UUID, ...] = ()

    @property
    def has_been_serious(self) -> bool:
        """Whether any of its records is or was serious: only then did a reporting clock ever run."""
        return is_serious(self.seriousness) or self.is_downgraded or self.was_serious


@dataclass(frozen=True)
class EarlierRecord:
    """An event as it was recorded before a correction, without its narrative; and why it was corrected.

    ``could_be_related``: what a masked reviewer signed of this record, if anybody did.
    """

    id: UUID
    recorded_at: datetime
    onset_on: date
    aware_on: date
    kind: str
    seriousness: tuple[Seriousness, ...]
    how_found: HowFound
    corrected_at: datetime
    why: WhyCorrected
    could_be_related: bool | None = None


def is_serious(seriousness: Collection[Seriousness]) -> bool:
    """Serious when at least one of the six criteria is met (Health Research Authority, July 2024)."""
    return bool(seriousness)


def counts_as_serious(event: EventFacts) -> bool:
    """Whether its clocks run and it is reviewed and judged: a correction alone takes nothing off a list.

    An event that was serious, and that a masked reviewer says could be related, stays one until it is judged
    with the arm known: where people differ, the more cautious view holds (Health Research Authority, 2024).
    """
    return is_serious(event.seriousness) or event.is_downgraded


def awaits_review(event: EventFacts) -> bool:
    """Whether a masked reviewer has still to sign it."""
    return counts_as_serious(event) and event.could_be_related is None


def kinds(under: Safety) -> tuple[tuple[str, str], ...]:
    """The kinds an event may be, with their titles: the protocol's expected ones, and any other."""
    return (*under.expected_events, (OTHER_KIND, "Something else"))


def is_expected(kind: str, *, under: Safety) -> bool:
    """Whether the protocol lists this kind of event as expected."""
    return kind in {code for code, _ in under.expected_events}


def why_not_record(event: NewEvent, *, registered_on: date, under: Safety, on: date) -> Reasons:
    """Reasons why an event cannot be recorded. Before consent there is nothing to report."""
    return only(
        (
            event.kind not in {code for code, _ in kinds(under)},
            Reason(Because.EVENT_KIND_UNKNOWN, event.kind),
        ),
        (event.onset_on > on, Reason(Because.DAY_TO_COME, in_words(event.onset_on))),
        (event.aware_on > on, Reason(Because.DAY_TO_COME, in_words(event.aware_on))),
        (event.aware_on < event.onset_on, Reason(Because.DATES_SWAPPED, in_words(event.aware_on))),
        (event.onset_on < registered_on, Reason(Because.BEFORE_CONSENT, in_words(event.onset_on))),
        (len(event.narrative) > LONGEST_NARRATIVE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_NARRATIVE))),
    )


def why_not_correct(*, is_superseded: bool, is_same: bool) -> Reasons:
    """Reasons why an event cannot be corrected: a newer record stands, or nothing differs.

    A signature is none: it stays with the record that was signed, and the corrected one needs its own.
    """
    return only(
        (is_superseded, Because.ALREADY_CORRECTED),
        (is_same, Because.NOTHING_DIFFERS),
    )


def why_not_review(event: EventFacts) -> Reasons:
    """Reasons why a masked reviewer cannot sign this event."""
    return only(
        (not counts_as_serious(event), Because.NOT_SERIOUS),
        (event.could_be_related is not None, Because.ALREADY_REVIEWED),
    )


def possible_twins(event: NewEvent, others: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Events of the same kind that began within three days: perhaps the same, heard of twice."""
    return tuple(
        other
        for other in others
        if other.kind == event.kind and abs((other.onset_on - event.onset_on).days) <= 3
    )
