"""The workbook by post: ordered, posted within so many working days, and what comes back. Sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.dates import in_words, working_days_after
from handrail.domain.protocol import WorkbookOffer, WorkbookRoute
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Posting


@dataclass(frozen=True)
class Parcel:
    """One workbook ordered for one person."""

    entry_id: UUID
    study_number: str
    state: Posting
    ordered_on: date
    due_on: date
    posted_on: date | None
    returned_on: date | None


@dataclass(frozen=True)
class Addressee:
    """One person in the trial, as these rules see them."""

    entry_id: UUID
    study_number: str
    entered_on: date
    offer: WorkbookOffer | None
    stopped_on: date | None
    died_on: date | None
    has_address: bool
    parcel: Parcel | None
    is_post_safe: bool = True  # as the person's card says; without a card it is


def is_posted_workbook(offer: WorkbookOffer | None) -> bool:
    """Whether this is an offer of the workbook by post."""
    return offer is not None and offer.route is WorkbookRoute.POST


def due_on(ordered_on: date, *, under: WorkbookOffer, holidays: frozenset[date] = frozenset()) -> date:
    """The last day on which the workbook is posted in time."""
    return working_days_after(ordered_on, under.post_within_working_days, holidays=holidays)


def why_not_order(person: Addressee, *, on: date) -> Reasons:
    """Reasons why a workbook cannot be ordered for this person."""
    return only(
        (not is_posted_workbook(person.offer), Because.NOT_OFFERED),
        (_has_died(person, on), Because.HAS_DIED),
        (_has_stopped(person, on), Because.PROGRAMME_STOPPED),
        (person.parcel is not None, Because.ALREADY_ORDERED),
    )


def why_not_send(person: Addressee, *, on: date) -> Reasons:
    """Reasons why a workbook must not go into the post. Nothing is posted to a bereaved family."""
    state = person.parcel.state if person.parcel else None
    return only(
        (state is None, Because.NOT_OFFERED),
        (state in (Posting.POSTED, Posting.RETURNED), Because.ALREADY_POSTED),
        (_has_died(person, on), Because.HAS_DIED),
        (_has_stopped(person, on), Because.PROGRAMME_STOPPED),
        (not person.has_address, Because.NO_ADDRESS),
        (not person.is_post_safe, Because.POST_NOT_SAFE),
    )


def why_not_return(parcel: Parcel | None, *, returned_on: date, on: date) -> Reasons:
    """Reasons why a workbook cannot be recorded as come back."""
    posted_on = parcel.posted_on if parcel and parcel.state is Posting.POSTED else None
    return only(
        (posted_on is None, Because.NOT_POSTED),
        (returned_on > on, Reason(Because.DAY_TO_COME, in_words(returned_on))),
        (
            posted_on is not None and returned_on < posted_on,
            Reason(Because.DATES_SWAPPED, in_words(returned_on)),
        ),
    )


def is_late(parcel: Parcel, *, on: date) -> bool:
    """Whether the workbook was posted after its day, or has not been though its day has passed."""
    return (parcel.posted_on or on) > parcel.due_on


def _has_died(person: Addressee, on: date) -> bool:
    return person.died_on is not None and person.died_on <= on


def _has_stopped(person: Addressee, on: date) -> bool:
    return person.stopped_on is not None and person.stopped_on <= on
