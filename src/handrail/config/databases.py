"""How the two databases are opened. `records/durability.py` reads the same settings back at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WAIT_SECONDS = 20

# DELETE + EXTRA: no acknowledged commit was lost in 1,000 simulated power cuts, and Debian 12's SQLite has
# a fault that needs WAL (docs/decisions: the database). secure_delete: what is deleted is overwritten.
# recursive_triggers: without it INSERT OR REPLACE takes a row away unseen by the triggers of append_only.
SQLITE_INIT = (
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA recursive_triggers=ON"
)
POSTGRESQL_INIT = f"-c lock_timeout={WAIT_SECONDS}s -c idle_in_transaction_session_timeout=120s"


def sqlite(path: Path) -> dict[str, Any]:
    """One file. IMMEDIATE: a transaction that will write waits at its start, and does not fail midway."""
    return {
        "ENGINE": "handrail.config.sqlite_in_turn",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_INIT,
        },
    }


def postgresql(address: dict[str, object]) -> dict[str, Any]:
    """A server, at the address that the environment gives."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"connect_timeout": 10, "options": POSTGRESQL_INIT},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **address,
    }
