"""What may be read of peer support: frozen values, for unmasked eyes only. Sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Subquery, UUIDField

from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import NotFound
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance, Relatedness
from handrail.domain.workbook import Part
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.models import TrialEntry
from handrail.records.question import Question
from handrail.records.support import models

_MEETING = ("entry_id", "id", "planned_at", "attendance", "held_on", "minutes", "place", "parts")

_ENTRANT = Question(
    lambda entry_id: TrialEntry.objects.filter(id=entry_id).values_list(
        *("registration__study_number", "entered_on", "registration__person__died_on"),
        Subquery(
            models.Pairing.objects.filter(entry_id=OuterRef("id"), until_on=None).values("worker_id")[:1],
            output_field=UUIDField(),
        ),
        Subquery(models.ProgrammeStop.objects.filter(entry_id=OuterRef("id")).values("stopped_on")[:1]),
    )
)
_WORKER = Question(
    lambda entry_id: models.Pairing.objects.filter(entry_id=entry_id, until_on=None).values_list("worker_id")
)
_STOPPED_ON = Question(
    lambda entry_id: models.ProgrammeStop.objects.filter(entry_id=entry_id).values_list("stopped_on")
)
_SESSION = Question(lambda session_id: models.Session.objects.filter(id=session_id).values_list(*_MEETING))
_SESSIONS = Question(
    lambda entry_id: (
        models.Session.objects.filter(entry_id=entry_id).order_by("planned_at").values_list(*_MEETING)
    )
)


@dataclass(frozen=True)
class PairingFacts:
    """Who was somebody's peer worker, and when."""

    entry_id: UUID
    study_number: str
    worker_id: UUID
    paired_on: date
    until_on: date | None


@dataclass(frozen=True)
class CaseloadFacts:
    """One person of a caseload; what they are offered is not known to this room, and is left blank."""

    person_id: UUID
    is_attendance_lost: bool
    supported: Supported


@dataclass(frozen=True)
class JudgementFacts:
    """An unmasked judgement of an event."""

    event_id: UUID
    relatedness: Relatedness
    was_found_by_worker: bool
    signed_by: UUID
    signed_at: datetime


def supported(entry_id: UUID, *, offer: PeerSessions | None, lock: bool = False) -> Supported:
    """One person as the support rules see them; the caller says what their arm offers. Raises: NotFound."""
    if lock:
        enrolment.hold_entrant(entry_id)
    row = _ENTRANT.row(entry_id)
    if row is None:
        raise NotFound
    return Supported(
        entry_id=entry_id,
        study_number=row[0],
        entered_on=row[1],
        offer=offer,
        worker_id=row[3],
        stopped_on=row[4],
        died_on=row[2],
        meetings=meetings(entry_id),
    )


def supported_by(offers: Mapping[UUID, PeerSessions]) -> tuple[Supported, ...]:
    """Everybody who is offered sessions, by study number, in five questions whatever their number.

    ``offers``: what each entry's arm offers, of those whose arm offers any.
    """
    rows = TrialEntry.objects.order_by("registration__study_number").values_list(
        "id", "registration__study_number", "entered_on", "registration__person__died_on"
    )
    workers = dict(models.Pairing.objects.filter(until_on=None).values_list("entry_id", "worker_id"))
    stopped, told = stops(), meetings_by_entry()
    return tuple(
        Supported(
            entry_id=entry_id,
            study_number=study_number,
            entered_on=entered_on,
            offer=offers[entry_id],
            worker_id=workers.get(entry_id),
            stopped_on=stopped.get(entry_id),
            died_on=died_on,
            meetings=told.get(entry_id, ()),
        )
        for entry_id, study_number, entered_on, died_on in rows
        if entry_id in offers
    )


def worker_of(entry_id: UUID) -> UUID | None:
    """The peer worker somebody is paired with now, or none."""
    found: UUID | None = _WORKER.one(entry_id)
    return found


def is_of(entry_id: UUID, *, worker_id: UUID) -> bool:
    """Whether this person is in this worker's caseload now."""
    return worker_of(entry_id) == worker_id


def caseload(worker_id: UUID) -> tuple[UUID, ...]:
    """The entries of the people whom one worker supports now, in the order in which they were paired."""
    rows = models.Pairing.objects.filter(worker_id=worker_id, until_on=None)
    ordered = rows.order_by("paired_on", "entry__registration__study_number")
    return tuple(ordered.values_list("entry_id", flat=True))


def caseload_facts(worker_id: UUID, *, entry_id: UUID | None = None) -> tuple[CaseloadFacts, ...]:
    """The people whom one worker supports now, or one of them, in two questions whatever their number."""
    rows = models.Pairing.objects.filter(worker_id=worker_id, until_on=None)
    if entry_id is not None:
        rows = rows.filter(entry_id=entry_id)
    same = {"entry_id": OuterRef("entry_id")}
    found = rows.order_by("paired_on", "entry__registration__study_number").values_list(
        *("entry_id", "entry__registration__person_id", "entry__registration__study_number"),
        *("entry__entered_on", "entry__registration__person__died_on"),
        Subquery(models.ProgrammeStop.objects.filter(**same).values("stopped_on")),
        Exists(models.AttendanceGap.objects.filter(**same)),
    )
    whole = [(CaseloadFacts(row[1], bool(row[6]), _bare(row, worker_id))) for row in found]
    told = meetings_by_entry(one.supported.entry_id for one in whole)
    return tuple(
        replace(one, supported=replace(one.supported, meetings=told.get(one.supported.entry_id, ())))
        for one in whole
    )


def _bare(row: tuple[Any, ...], worker_id: UUID) -> Supported:
    entry_id, _, study_number, entered_on, died_on, stopped_on, _ = row
    return Supported(entry_id, study_number, entered_on, None, worker_id, stopped_on, died_on)


def pairings() -> tuple[PairingFacts, ...]:
    """Every pairing, in the order made."""
    rows = models.Pairing.objects.order_by("paired_on", "entry__registration__study_number", "until_on")
    fields = ("entry_id", "entry__registration__study_number", "worker_id", "paired_on", "until_on")
    return tuple(PairingFacts(*row) for row in rows.values_list(*fields))


def first_pairings() -> dict[UUID, date]:
    """Since when each worker has supported people: the day of their first pairing."""
    rows = models.Pairing.objects.values("worker_id").annotate(first=Min("paired_on"))
    return dict(rows.order_by("worker_id").values_list("worker_id", "first"))


def meeting(session_id: UUID) -> tuple[UUID, Meeting]:
    """One session and whose it is. Raises: NotFound."""
    row = _SESSION.row(session_id)
    if row is None:
        raise NotFound
    return row[0], _meeting(row)


def meetings(entry_id: UUID) -> tuple[Meeting, ...]:
    """One person's sessions, by the moment planned."""
    return tuple(_meeting(row) for row in _SESSIONS.rows(entry_id))


def meetings_by_entry(entry_ids: Iterable[UUID] | None = None) -> dict[UUID, tuple[Meeting, ...]]:
    """Everybody's sessions, or some people's, by the moment planned."""
    rows = models.Session.objects.order_by("planned_at")
    if entry_ids is not None:
        rows = rows.filter(entry_id__in=list(entry_ids))
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    for row in rows.values_list(*_MEETING):
        found[row[0]].append(_meeting(row))
    return {entry_id: tuple(sessions) for entry_id, sessions in found.items()}


def _meeting(row: tuple[Any, ...]) -> Meeting:
    """From ``_MEETING``."""
    _, session_id, planned_at, attendance, held_on, minutes, place, parts = row
    return Meeting(
        id=session_id,
        planned_at=planned_at,
        attendance=Attendance(attendance),
        held_on=held_on,
        minutes=minutes,
        place=place,
        parts=tuple(parts.split()),
    )


def kept_parts(codes: Collection[str], parts: Collection[Part]) -> str:
    """Parts of the workbook as a meeting's row keeps them, in the workbook's order. Raises: NotFound."""
    known = [part.code for part in parts]
    if not set(codes) <= set(known):
        raise NotFound("part")
    return " ".join(code for code in known if code in codes)


def stopped_on(entry_id: UUID) -> date | None:
    """The day from which somebody stopped the programme, or none."""
    found: date | None = _STOPPED_ON.one(entry_id)
    return found


def stops() -> dict[UUID, date]:
    """Everybody who stopped the programme, and from which day."""
    return dict(models.ProgrammeStop.objects.values_list("entry_id", "stopped_on"))


def attendance_unknown() -> frozenset[UUID]:
    """The entries whose attendance cannot be known."""
    return frozenset(models.AttendanceGap.objects.values_list("entry_id", flat=True))


def judgements() -> tuple[JudgementFacts, ...]:
    """Every signed judgement of how far an event was related."""
    rows = models.Relatedness.objects.order_by("signed_at")
    return tuple(
        JudgementFacts(
            row.event_id,
            Relatedness(row.relatedness),
            row.was_found_by_worker,
            row.signed_by,
            row.signed_at,
        )
        for row in rows
    )
