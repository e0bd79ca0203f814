"""Keeps the ledger's head elsewhere: one line of text for each time, in a folder outside the database.

The chain is worth no more than what is kept of it where an insider cannot write. So the folder may lie on
another disk, and each head is also printed, to be copied further away.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault
from handrail.records.audit import facts
from handrail.records.audit.facts import HeadFacts

FILE = "heads.jsonl"
HASH = re.compile(r"[0-9a-f]{64}")


def keep_head(folder: Path, *, at: datetime) -> HeadFacts:
    """Write the head as it is now to the folder, and to the disk under it, before coming back."""
    now = facts.head()
    line = {"at": at.astimezone(UTC).isoformat(), "line_count": now.line_count, "head_hash": now.head_hash}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / FILE).open("a", encoding="ascii") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return now


def kept_heads(folder: Path) -> tuple[HeadFacts, ...]:
    """Every head that was kept, oldest first; none when the folder holds none.

    Raises:
        BadFile: with each line that is not a head, so that a spoilt file cannot pass for an empty one.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    heads, faults = [], []
    for number, text in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = _head(text)
        if found is None:
            mend = "Bring the file back from the place it was copied to"
            faults.append(Fault(str(path), number, "", "is not a head that was kept", mend))
        else:
            heads.append(found)
    if faults:
        raise BadFile(tuple(faults))
    return tuple(heads)


def _head(text: str) -> HeadFacts | None:
    try:
        line = json.loads(text)
        count, head_hash = line["line_count"], line["head_hash"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(count, int) or not isinstance(head_hash, str) or not HASH.fullmatch(head_hash):
        return None
    return HeadFacts(count, head_hash)


def kept_at(folder: Path) -> datetime | None:
    """When a head was last kept: the time of the file."""
    path = folder / FILE
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
