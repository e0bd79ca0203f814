"""The lock: masked tables as files with a manifest, the arms sealed beside them. Reaches every room.

Analysis never opens the live database. It reads these files, and can be rehearsed from end to end on
scrambled arms before anybody opens the arm file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.domain import extract
from handrail.domain.lock import Readiness, why_not_freeze
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Conflict, insist
from handrail.domain.words import Event
from handrail.exchange import files, sealed_file
from handrail.journey.lock_arms import drawn, sealed_rows, unproved_draws
from handrail.journey.lock_tables import masked_rows
from handrail.records.acutecare import facts as acutecare
from handrail.records.acutecare import linkage
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment


@transaction.atomic
def freeze(
    folder: Path,
    *,
    under: Protocol,
    protocol_file: Path,
    recipient: str,
    label: str,
    by: UUID,
    at: datetime,
) -> Path:
    """Write a lock and return its folder: all of it, or nothing. A lock is never written over.

    ``recipient`` is the statistician's public key; ``label`` is ``synthetic`` where the people are,
    and empty otherwise.

    Raises:
        Refused: with every reason; nothing is written then.
        Conflict: when the protocol file is not the one in force.
    """
    # The ledger's end is held first: every other act waits for it, so the tables are of one moment.
    audit.note(Event.LOCKED, about=None, by=by, at=at, detail={"folder": folder.name})
    insist(why_not_freeze(readiness(folder, under=under, recipient=recipient)))
    protocol = protocol_file.read_bytes()
    if files.sha256(protocol) != under.file_hash:
        raise Conflict("the protocol file changed since it was loaded")
    tables = _texts(extract.TABLES, masked_rows(under=under.schedule))
    arms = sealed_file.encrypt(_arm_file(under), recipient)
    manifest = {
        "handrail": version("handrail"),
        "label": label,
        "locked_at": at.astimezone(UTC).isoformat(),
        "protocol": {
            "title": under.programme.title,
            "version": under.programme.version,
            "file_hash": under.file_hash,
        },
        "tables": files.table_entries(tables),
        "arm_file": {"name": files.arm_file_of(folder).name, "sha256": files.sha256(arms)},
    }
    files.prepare_lock(folder, tables=tables, protocol=protocol, manifest=manifest, arms=arms)
    transaction.on_commit(lambda: files.finish_lock(folder))  # never a lock that the ledger does not know
    return folder


def readiness(folder: Path, *, under: Protocol, recipient: str) -> Readiness:
    """What stands in the way of a lock, if anything; a page may ask before anybody tries."""
    entered = {entry.registration_id for entry in enrolment.entries()}
    stored = acutecare.outcomes_from_records()
    fresh = {one.registration_id: one.outcome for one in linkage.worked_out(under=under.outcome)}
    return Readiness(
        target=folder.name,
        is_target_taken=folder.exists(),
        is_recipient_right=sealed_file.is_recipient(recipient),
        entered_count=len(entered),
        linked_count=len(entered & stored.keys()),
        is_same_definition=acutecare.linked_by() == {linkage.definition_hash(under.outcome)},
        is_link_fresh=stored == fresh,
        undecided_count=len(acutecare.undecided()),
        drawn_count=len(drawn()),
        unproved_draws=unproved_draws(),
    )


def _texts(tables: tuple[extract.Table, ...], rows: Mapping[str, Any]) -> dict[str, str]:
    return {table.name: files.csv_text(table, rows[table.name]) for table in tables}


def _arm_file(under: Protocol) -> bytes:
    tables = _texts(extract.SEALED_TABLES, sealed_rows(under=under))
    text = json.dumps({"salt": sealed_file.fresh_salt(), "tables": tables}, sort_keys=True)
    return sealed_file.filled_up(text.encode())
