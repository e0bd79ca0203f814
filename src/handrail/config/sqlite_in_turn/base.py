"""SQLite, with a queue for those who will write. Django wants a database's module to be called ``base``.

SQLite's own waiting is not fair: whoever waits looks again every tenth of a second, and on a busy machine
somebody can look at the wrong moment every time until the wait runs out. Here those who will write queue for
a file beside the database, and only the first of the queue asks SQLite. The file decides who asks next, never
who may write.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base as django_sqlite
from django.db.utils import OperationalError


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Django's SQLite; a transaction waits its turn to begin."""

    def _start_transaction_under_autocommit(self) -> None:
        begin = super()._start_transaction_under_autocommit  # type: ignore[misc]  # not in the stubs
        if self.is_in_memory_db():
            begin()
            return
        with _turn(f"{self.settings_dict['NAME']}.turn", self.settings_dict["OPTIONS"]["timeout"]):
            begin()


@contextmanager
def _turn(path: str, seconds: float) -> Iterator[None]:
    """Hold the queue's file; when the turn came after ``seconds``, give it up at once, for those behind."""
    began = time.monotonic()
    place = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        if time.monotonic() - began > seconds:
            raise OperationalError("database is locked")
        yield
    finally:
        os.close(place)
