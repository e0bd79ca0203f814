"""What may be read of adverse events: frozen values only. Masked, but for the narratives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from handrail.domain.refusal import NotFound
from handrail.domain.safety import EarlierRecord, EventFacts, HowFound, WhyCorrected, is_serious
from handrail.domain.words import Seriousness
from handrail.records.safety import models


def events(*, registration_id: UUID | None = None, team_code: str = "") -> tuple[EventFacts, ...]:
    """Events as they stand (corrected ones left out), by person, numbered within the person by onset."""
    rows = models.AdverseEvent.objects.select_related("registration", "review").defer("narrative")
    if registration_id is not None:
        rows = rows.filter(registration_id=registration_id)
    if team_code:
        rows = rows.filter(registration__team_code=team_code)
    by_person: dict[str, list[models.AdverseEvent]] = defaultdict(list)
    # Ends with what no two share: the arms' file names an event by its number, which is worked out each time.
    order = ("registration__study_number", "onset_on", "aware_on", "kind", "recorded_at", "id")
    kept = {row.id: row for row in rows.order_by(*order)}
    corrected = {row.corrects_id for row in kept.values()}
    for row in kept.values():
        if row.id not in corrected:
            by_person[row.registration.study_number].append(row)
    return tuple(
        _event(row, number, before=_before(row, kept))
        for found in by_person.values()
        for number, row in enumerate(found, start=1)
    )


def event(event_id: UUID, *, lock: bool = False) -> EventFacts:
    """One event as it stands; ``lock`` makes every other act about it wait until this one ends.

    Raises: NotFound, also for one that was corrected since.
    """
    rows = models.AdverseEvent.objects.filter(id=event_id)
    rows = rows.select_for_update() if lock else rows
    owner = rows.values_list("registration_id", flat=True).first()
    if owner is None:
        raise NotFound
    for found in events(registration_id=owner):
        if found.id == event_id:
            return found
    raise NotFound


def earlier(event_id: UUID) -> tuple[EarlierRecord, ...]:
    """What was on record of an event before each of its corrections, the latest first."""
    found: list[EarlierRecord] = []
    newer = models.AdverseEvent.objects.defer("narrative").filter(id=event_id).first()
    while newer is not None and newer.corrects_id is not None:
        rows = models.AdverseEvent.objects.select_related("review").defer("narrative")
        older = rows.get(id=newer.corrects_id)
        found.append(_earlier(older, newer))
        newer = older
    return tuple(found)


def superseded() -> frozenset[UUID]:
    """The records of events that a newer record corrects."""
    rows = models.AdverseEvent.objects.filter(corrects__isnull=False)
    return frozenset(rows.values_list("corrects_id", flat=True))


def narrative(event_id: UUID) -> str:
    """What was written of an event. It may betray the arm: for unmasked staff only. Raises: NotFound."""
    row = models.AdverseEvent.objects.filter(id=event_id).only("narrative").first()
    if row is None:
        raise NotFound
    return row.narrative


def _earlier(row: models.AdverseEvent, newer: models.AdverseEvent) -> EarlierRecord:
    return EarlierRecord(
        id=row.id,
        recorded_at=row.recorded_at,
        onset_on=row.onset_on,
        aware_on=row.aware_on,
        kind=row.kind,
        seriousness=tuple(sorted(Seriousness(word) for word in row.seriousness)),
        how_found=HowFound(row.how_found),
        corrected_at=newer.recorded_at,
        why=WhyCorrected(str(newer.why_corrected)),
        could_be_related=_signed(row),
    )


def _before(row: models.AdverseEvent, kept: Mapping[UUID, models.AdverseEvent]) -> list[models.AdverseEvent]:
    """The records that this one corrects, the latest first."""
    found = []
    while row.corrects_id is not None:
        row = kept[row.corrects_id]
        found.append(row)
    return found


def _is_downgraded(row: models.AdverseEvent, before: Sequence[models.AdverseEvent]) -> bool:
    """Whether an earlier record was serious, and nobody has signed since that it could not be related."""
    for one in (row, *before):
        if is_serious(one.seriousness):
            return one is not row
        if _signed(one) is False:
            return False
    return False


def _signed(row: models.AdverseEvent) -> bool | None:
    review = getattr(row, "review", None)
    return review.could_be_related if review else None


def _event(row: models.AdverseEvent, number: int, *, before: Sequence[models.AdverseEvent]) -> EventFacts:
    return EventFacts(
        id=row.id,
        registration_id=row.registration_id,
        study_number=row.registration.study_number,
        team_code=row.registration.team_code,
        event_number=number,
        onset_on=row.onset_on,
        aware_on=row.aware_on,
        kind=row.kind,
        seriousness=tuple(sorted(Seriousness(word) for word in row.seriousness)),
        is_expected=row.is_expected,
        how_found=HowFound(row.how_found),
        could_be_related=_signed(row),
        first_aware_on=min(one.aware_on for one in (row, *before)),
        is_downgraded=_is_downgraded(row, before),
        was_serious=any(is_serious(one.seriousness) for one in before),
        earlier_ids=tuple(one.id for one in before),
    )
