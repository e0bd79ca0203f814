"""On SQLite, those who will write queue: whoever has waited longest is the only one who asks the database."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import OperationalError

from handrail.config import databases
from handrail.config.sqlite_in_turn.base import DatabaseWrapper

ORDINARY: dict[str, Any] = {
    "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "TEST": {},
}  # fmt: skip


def opened(path: Path, seconds: float) -> DatabaseWrapper:
    settings = ORDINARY | databases.sqlite(path)
    settings["OPTIONS"] = {**settings["OPTIONS"], "timeout": seconds}
    return DatabaseWrapper(settings, "turns")


def begin_and_end(path: Path, seconds: float) -> None:
    connection = opened(path, seconds)
    try:
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.rollback()
    finally:
        connection.close()


def is_queue_held(path: Path) -> bool:
    with Path(f"{path}.turn").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    path = tmp_path / "turns.sqlite3"
    with django_db_blocker.unblock():
        begin_and_end(path, 5)
        yield path


def test_whoever_waits_for_the_database_holds_the_queue_until_its_transaction_has_begun(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer, ThreadPoolExecutor(1) as pool:
        writer.execute("BEGIN IMMEDIATE")
        waiting = pool.submit(begin_and_end, path, 20)
        ends = time.monotonic() + 10
        while not is_queue_held(path) and time.monotonic() < ends:
            time.sleep(0.01)
        assert is_queue_held(path)
        writer.execute("ROLLBACK")
        waiting.result()
    assert not is_queue_held(path)


def test_a_database_that_stays_busy_refuses_in_the_end_and_the_queue_moves_on(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            begin_and_end(path, 0.05)
        assert not is_queue_held(path)


def test_a_turn_that_comes_too_late_is_given_up_at_once(path: Path) -> None:
    with Path(f"{path}.turn").open("a") as handle, ThreadPoolExecutor(1) as pool:
        fcntl.flock(handle, fcntl.LOCK_EX)
        waiting = pool.submit(begin_and_end, path, 0.05)
        time.sleep(0.3)
        fcntl.flock(handle, fcntl.LOCK_UN)
        with pytest.raises(OperationalError, match="locked"):
            waiting.result()
