"""Reads back, from the live connection, the settings on which the safety of every row depends.

A setting in a file may never have had effect (one project raised its time-out three times, in the wrong
dictionary). So the database itself is asked, at start and on the health page, and an unsafe answer stops
the start with a plain sentence.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from handrail.domain.refusal import BadFile, Fault

LEAST_WAIT_MILLISECONDS = 5_000
SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
SAFE_SYNCHRONOUS = {"delete": {3}, "wal": {2, 3}}  # measured: no acknowledged commit was lost
SHIPPED = "Start Handrail with its own settings, unchanged"
GUARDS = {  # switches of SQLite that must be on, and what could happen otherwise
    "secure_delete": "what was deleted could still be read in the file",
    "recursive_triggers": "INSERT OR REPLACE could change rows of tables that only grow",
}
POSTGRESQL_WANTS = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
    "TimeZone": ("UTC",),
    "server_encoding": ("UTF8",),
}


def insist_safe(connection: BaseDatabaseWrapper) -> None:
    """Go on only with a database that keeps what it has acknowledged.

    Raises:
        BadFile: with one plain sentence for each unsafe setting.
    """
    faults = unsafe_settings(connection)
    if faults:
        raise BadFile(faults)


def unsafe_settings(connection: BaseDatabaseWrapper) -> tuple[Fault, ...]:
    """Every live setting that could lose, tear or leave behind a row; empty when all is well."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        return _postgresql(connection)
    return _sqlite(connection)


def has_wal_fault(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite may corrupt a database in WAL mode with two connections (3.7.0 to 3.51.2).

    Mended in 3.51.3 and 3.53.0, and, carried back, in 3.50.7 and 3.44.6: so by branch, not one minimum.
    3.52 was never released.
    """
    mended_from = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
    branch, patch = version[:2], version[2]
    if branch in mended_from:
        return patch < mended_from[branch]
    return (3, 7) <= branch < (3, 53)


def _fault(setting: str, problem: str, mend: str = SHIPPED) -> Fault:
    return Fault("database", 0, setting, problem, mend)


def _sqlite(connection: BaseDatabaseWrapper) -> tuple[Fault, ...]:
    asked = {
        name: _ask(connection, f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", *GUARDS)
    }
    faults = [*_journal(str(asked["journal_mode"]), int(asked["synchronous"]))]
    if not asked["foreign_keys"]:
        faults.append(_fault("foreign_keys", "is off: rows could be left pointing at nothing"))
    if int(asked["busy_timeout"]) < LEAST_WAIT_MILLISECONDS:
        found = f"is {asked['busy_timeout']} ms: work would fail instead of waiting its turn"
        faults.append(_fault("busy_timeout", found))
    faults += [_fault(name, f"is off: {harm}") for name, harm in GUARDS.items() if not asked[name]]
    return (*faults, *_transactions(connection))


def _journal(journal: str, synchronous: int) -> list[Fault]:
    safe = SAFE_SYNCHRONOUS.get(journal)
    if safe is None:
        return [_fault("journal_mode", f"is {journal.upper()}: it must be DELETE, or WAL on a mended SQLite")]
    faults = []
    if synchronous not in safe:
        name = SYNCHRONOUS.get(synchronous, str(synchronous))
        wanted = " or ".join(SYNCHRONOUS[each] for each in sorted(safe))
        problem = f"is {name} with journal {journal.upper()}: a power cut could lose what was saved; "
        faults.append(_fault("synchronous", f"{problem}it must be {wanted}"))
    if journal == "wal" and has_wal_fault(sqlite3.sqlite_version_info):
        problem = f"{sqlite3.sqlite_version} has a fault that can corrupt a database in WAL mode"
        faults.append(_fault("SQLite", problem, "Use journal DELETE with synchronous EXTRA"))
    return faults


def _transactions(connection: BaseDatabaseWrapper) -> list[Fault]:
    faults = []
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite" and mode != "IMMEDIATE":
        problem = (
            f"is {mode or 'DEFERRED'}: two acts at once would fail instead of waiting; it must be IMMEDIATE"
        )
        faults.append(_fault("transaction_mode", problem))
    if connection.settings_dict.get("ATOMIC_REQUESTS"):
        faults.append(_fault("ATOMIC_REQUESTS", "is on: every page would hold the write lock"))
    if not connection.settings_dict.get("AUTOCOMMIT", True):
        faults.append(_fault("AUTOCOMMIT", "is off: acts would not be saved when they are acknowledged"))
    return faults


def _postgresql(connection: BaseDatabaseWrapper) -> tuple[Fault, ...]:
    faults = []
    for name, wanted in POSTGRESQL_WANTS.items():
        found = str(_ask(connection, f"SHOW {name}"))
        if found not in wanted:
            mend = f"Set {name} = {wanted[0]} on the server"
            faults.append(_fault(name, f"is {found}: it must be {' or '.join(wanted)}", mend))
    if "read committed" not in (isolation := str(_ask(connection, "SHOW transaction_isolation"))):
        faults.append(_fault("transaction_isolation", f"is {isolation}: it must be read committed"))
    return (*faults, *_transactions(connection))


def _ask(connection: BaseDatabaseWrapper, question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
