"""Whether this installation keeps what it is given: what an administrator's health page and a timer look at.

Each answer is a plain sentence. None of them counts anything: the number of acts would tell of the sealed
wing.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from handrail.domain.messages import Channel
from handrail.domain.refusal import BadFile
from handrail.records import durability
from handrail.records.audit import anchor
from handrail.records.audit.models import Head, Line

OLDEST_BACKUP = timedelta(hours=26)  # one a day, and two hours' grace
OLDEST_HEAD = timedelta(hours=3)  # one an hour, and two hours' grace
LEAST_FREE_BYTES = 200_000_000
MANIFEST = "manifest.json"
NO_MAIL = "No mail server: no letter, code or reminder can be sent. Name one in HANDRAIL_MAIL."
NO_TEXTS = (
    "Text messages cannot be sent: name a key in HANDRAIL_NOTIFY_KEY_FILE. Whoever has only a telephone gets "
    "no reminder and no code: give them a code in person, and telephone them."
)
SEALED = "*.tar.age"  # a backup sealed whole is one file: decision 0050


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its name, whether it is well, and a sentence to read."""

    title: str
    is_well: bool
    sentence: str


def look(*, home: Path, backups: Path, anchors: Path, at: datetime) -> tuple[Check, ...]:
    """Look at everything once. It writes one row over with itself, so that a full disk shows."""
    return (
        _writable(),
        _settings(),
        _space(home),
        _backup(backups, at),
        _head(anchors, at),
    )


def ways_out(channels: Collection[Channel], *, is_synthetic: bool) -> tuple[Check, ...]:
    """Whether messages reach people: ``channels`` are those by which this installation can send."""
    if is_synthetic:
        return (Check("Messages", True, "A demonstration: what has no sender is written to outbox/."),)
    return (
        Check("E-mail", True, "A mail server is named.")
        if Channel.EMAIL in channels
        else Check("E-mail", False, NO_MAIL),
        Check("Text messages", True, "There is a sender.")
        if Channel.TEXT in channels
        else Check("Text messages", False, NO_TEXTS),
    )


def _writable() -> Check:
    title = "Database"
    try:
        with transaction.atomic():
            Head.objects.filter(id=1).update(line_count=F("line_count"))
    except DatabaseError:
        return Check(
            title, False, "Nothing can be saved. Whoever tries is told so. Look at the disk, and at the log."
        )
    return Check(title, True, "What is saved is kept.")


def _settings() -> Check:
    title = "Database settings"
    try:
        faults = durability.unsafe_settings(connection)
    except DatabaseError:
        return Check(title, False, "The database does not answer.")
    sentences = "; ".join(str(fault) for fault in faults)
    return Check(title, not faults, sentences or "Read back from the database: all safe.")


def _space(home: Path) -> Check:
    title = "Disk"
    try:
        free = shutil.disk_usage(home).free
    except OSError:
        return Check(title, False, "The installation's folder cannot be read.")
    if free < LEAST_FREE_BYTES:
        return Check(title, False, f"Only {free // 1_000_000} million bytes are free. Make room now.")
    return Check(title, True, "There is room.")


def _backup(folder: Path, at: datetime) -> Check:
    title = "Backup"
    paths = (*folder.glob(f"*/{MANIFEST}"), *folder.glob(SEALED)) if folder.is_dir() else ()
    found = [path.stat().st_mtime for path in paths]
    if not found:
        return Check(title, False, "There is none. Run: handrail backup")
    made_at = datetime.fromtimestamp(max(found), UTC)
    return _recent(title, "backup was made", made_at, at, OLDEST_BACKUP, "Run: handrail backup")


def _head(folder: Path, at: datetime) -> Check:
    title = "Ledger"
    mend = "Run: handrail manage anchor"
    try:
        kept, kept_at = anchor.kept_heads(folder), anchor.kept_at(folder)
    except BadFile:
        return Check(title, False, "The file of kept heads was changed. Run: handrail verify")
    if not kept or kept_at is None:
        return Check(title, False, f"No head of the ledger was kept outside the database. {mend}")
    latest = kept[-1]
    line = Line.objects.filter(number=latest.line_count).values_list("line_hash", flat=True).first()
    if latest.line_count and line != latest.head_hash:
        return Check(title, False, "The ledger is not the one whose head was kept. Run: handrail verify")
    what = "head of the ledger was kept outside the database"
    return _recent(title, what, kept_at, at, OLDEST_HEAD, mend)


def _recent(title: str, what: str, made_at: datetime, at: datetime, oldest: timedelta, mend: str) -> Check:
    """Whether the last of its kind is recent enough; ``what``: what was done with it, in words."""
    hours = max(0, int((at - made_at).total_seconds() // 3600))
    ago = "less than an hour ago" if hours == 0 else f"{hours} hours ago" if hours > 1 else "an hour ago"
    if at - made_at > oldest:
        return Check(title, False, f"The last {what} {ago}, which is too long. {mend}")
    return Check(title, True, f"The last {what} {ago}.")
