"""Writes postal orders: ordered, posted, come back. Sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain import post as rules
from handrail.domain.dates import local_date
from handrail.domain.post import Addressee
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event, Posting
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.models import TrialEntry
from handrail.records.post import facts, models
from handrail.records.question import Question

_ENTRANT = Question(
    lambda entry_id: TrialEntry.objects.filter(id=entry_id).values_list(
        "registration__study_number", "entered_on", "registration__person__died_on"
    )
)


@transaction.atomic
def order(
    entry_id: UUID,
    *,
    offer: WorkbookOffer | None,
    stopped_on: date | None,
    holidays: frozenset[date] = frozenset(),
    by: UUID,
    at: datetime,
) -> None:
    """Order a workbook by post; the clock of working days starts today. Raises: NotFound, Refused."""
    on = local_date(at)
    person = _addressee(entry_id, offer=offer, stopped_on=stopped_on, has_address=True)
    insist(rules.why_not_order(person, on=on))
    assert person.offer is not None  # the rule above refuses when there is none
    models.Order.objects.create(
        entry_id=entry_id,
        state=Posting.ORDERED,
        ordered_on=on,
        due_on=rules.due_on(on, under=person.offer, holidays=holidays),
    )
    audit.note(Event.WORKBOOK_ORDERED, about=entry_id, by=by, at=at)


@transaction.atomic
def send(
    entry_id: UUID,
    *,
    offer: WorkbookOffer | None,
    stopped_on: date | None,
    has_address: bool,
    is_post_safe: bool,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a workbook went into the post. Raises: NotFound, Refused."""
    on = local_date(at)
    person = _addressee(entry_id, offer=offer, stopped_on=stopped_on, has_address=has_address)
    person = replace(person, is_post_safe=is_post_safe)
    insist(rules.why_not_send(person, on=on))
    models.Order.objects.filter(entry_id=entry_id).update(state=Posting.POSTED, posted_on=on)
    audit.note(Event.WORKBOOK_POSTED, about=entry_id, by=by, at=at)


@transaction.atomic
def take_back(
    entry_id: UUID,
    *,
    offer: WorkbookOffer | None,
    returned_on: date | None = None,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a workbook came back undelivered. Raises: NotFound, Refused."""
    on = local_date(at)
    day = returned_on or on
    person = _addressee(entry_id, offer=offer, stopped_on=None, has_address=True)
    insist(rules.why_not_return(person.parcel, returned_on=day, on=on))
    models.Order.objects.filter(entry_id=entry_id).update(state=Posting.RETURNED, returned_on=day)
    audit.note(Event.WORKBOOK_RETURNED, about=entry_id, by=by, at=at)


@transaction.atomic
def note_list(*, by: UUID, at: datetime) -> None:
    """Record that somebody made the list of names and addresses to post to."""
    audit.note(Event.POSTING_LIST_MADE, about=None, by=by, at=at)


def _addressee(
    entry_id: UUID, *, offer: WorkbookOffer | None, stopped_on: date | None, has_address: bool
) -> Addressee:
    """One person as the rules of post see them, locked. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    row = _ENTRANT.row(entry_id)
    if row is None:
        raise NotFound
    return Addressee(
        entry_id=entry_id,
        study_number=row[0],
        entered_on=row[1],
        offer=offer,
        stopped_on=stopped_on,
        died_on=row[2],
        has_address=has_address,
        parcel=facts.parcel(entry_id),
    )
