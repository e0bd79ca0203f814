"""Makes the list, once; and draws from it, once for each person. Nothing here undoes anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Conflict
from handrail.domain.words import Event
from handrail.records.allocation.models import Draw, ListMade, Slot
from handrail.records.allocation.sealing import close_up, seal_of
from handrail.records.audit import actions as audit
from handrail.records.enrolment import actions as enrolment


@transaction.atomic
def make_list(
    lists: Mapping[str, tuple[str, ...]],
    *,
    is_seeded: bool,
    under: Protocol,
    by: UUID | None,
    at: datetime,
    agent: str = "",
) -> None:
    """Keep the list: each stratum's arms in order, each encrypted. Raises: Conflict when there is one."""
    try:
        with transaction.atomic():
            ListMade.objects.create(
                made_at=at,
                made_by=by,
                protocol_version=under.programme.version,
                protocol_hash=under.file_hash,
                is_seeded=is_seeded,
            )
    except IntegrityError as error:
        raise Conflict("list") from error
    Slot.objects.bulk_create(
        Slot(
            stratum=stratum,
            position=position,
            sealed_arm=close_up(arm, stratum=stratum, position=position),
        )
        for stratum, arms in lists.items()
        for position, arm in enumerate(arms, start=1)
    )
    audit.note(Event.LIST_MADE, about=None, by=by, agent=agent, at=at)


@transaction.atomic
def draw(
    registration_id: UUID,
    *,
    slot_id: UUID,
    request_key: str,
    stratum: str,
    strata: Mapping[str, str],
    under: Protocol,
    by: UUID,
    at: datetime,
) -> UUID:
    """Enter a person and give them this slot: both or neither, and one ledger line without the arm.

    Raises:
        Conflict: when the person, the slot or the request's key is already taken; nothing was written.
    """
    try:
        with transaction.atomic():
            entry_id = enrolment.enter(
                registration_id,
                stratum=stratum,
                protocol_version=under.programme.version,
                protocol_hash=under.file_hash,
                by=by,
                at=at,
            )
            row = Draw(
                slot_id=slot_id,
                entry_id=entry_id,
                request_key=request_key,
                strata=dict(strata),
                drawn_by=by,
                drawn_at=at,
            )
            row.seal = seal_of(row)
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("allocation") from error
    return entry_id
