"""Every setting that could lose a row is read back from the live connection, and named when it is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from handrail.config import databases
from handrail.domain.refusal import BadFile
from handrail.records import durability


@pytest.fixture(autouse=True)
def files_of_their_own(django_db_blocker: Any) -> Iterator[None]:
    """These tests open database files of their own, and leave the test database alone."""
    with django_db_blocker.unblock():
        yield


@contextmanager
def opened(path: Path, *, init: str = databases.SQLITE_INIT, **changed: Any) -> Iterator[BaseDatabaseWrapper]:
    """A live connection to a database file, as Handrail opens it but for what was changed."""
    settings = databases.sqlite(path)
    settings["OPTIONS"]["init_command"] = init
    options = {key: value for key, value in changed.items() if key.islower()}
    settings["OPTIONS"].update(options)
    settings.update({key: value for key, value in changed.items() if key.isupper()})
    live = ConnectionHandler({"default": settings})["default"]
    try:
        yield live
    finally:
        live.close()


def named(live: BaseDatabaseWrapper) -> list[str]:
    """The settings at fault."""
    return [fault.column for fault in durability.unsafe_settings(live)]


def test_the_settings_as_shipped_are_safe(tmp_path: Path) -> None:
    with opened(tmp_path / "a.sqlite3") as live:
        assert durability.unsafe_settings(live) == ()
        durability.insist_safe(live)


@pytest.mark.parametrize(
    ("was", "planted", "setting"),
    [
        ("synchronous=EXTRA", "synchronous=OFF", "synchronous"),
        ("synchronous=EXTRA", "synchronous=NORMAL", "synchronous"),
        ("synchronous=EXTRA", "synchronous=FULL", "synchronous"),
        ("journal_mode=DELETE", "journal_mode=TRUNCATE", "journal_mode"),
        ("journal_mode=DELETE", "journal_mode=PERSIST", "journal_mode"),
        ("journal_mode=DELETE", "journal_mode=MEMORY", "journal_mode"),
        ("journal_mode=DELETE", "journal_mode=OFF", "journal_mode"),
        ("foreign_keys=ON", "foreign_keys=OFF", "foreign_keys"),
        ("secure_delete=ON", "secure_delete=OFF", "secure_delete"),
        ("recursive_triggers=ON", "recursive_triggers=OFF", "recursive_triggers"),
        ("foreign_keys=ON", "foreign_keys=ON; PRAGMA busy_timeout=100", "busy_timeout"),
    ],
)
def test_a_planted_setting_is_named_and_stops_the_start(
    tmp_path: Path, was: str, planted: str, setting: str
) -> None:
    assert was in databases.SQLITE_INIT
    with opened(tmp_path / "a.sqlite3", init=databases.SQLITE_INIT.replace(was, planted)) as live:
        assert named(live) == [setting]
        with pytest.raises(BadFile, match=f"database: {setting}: is "):
            durability.insist_safe(live)


@pytest.mark.parametrize(
    ("changed", "setting"),
    [
        ({"transaction_mode": "DEFERRED"}, "transaction_mode"),
        ({"transaction_mode": None}, "transaction_mode"),
        ({"timeout": 0.1}, "busy_timeout"),
        ({"ATOMIC_REQUESTS": True}, "ATOMIC_REQUESTS"),
        ({"AUTOCOMMIT": False}, "AUTOCOMMIT"),
    ],
)
def test_a_planted_option_of_django_is_named(tmp_path: Path, changed: dict[str, Any], setting: str) -> None:
    with opened(tmp_path / "a.sqlite3", **changed) as live:
        assert named(live) == [setting]


def test_a_time_out_in_the_wrong_dictionary_has_no_effect_and_shows(tmp_path: Path) -> None:
    with opened(tmp_path / "a.sqlite3", timeout=0.2, TIMEOUT=90) as live:
        assert named(live) == ["busy_timeout"]


WAL = databases.SQLITE_INIT.replace("journal_mode=DELETE", "journal_mode=WAL")


@pytest.mark.parametrize("synchronous", ["FULL", "EXTRA"])
def test_wal_is_safe_only_on_a_library_without_its_fault(
    tmp_path: Path, synchronous: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "a.sqlite3", init=WAL.replace("EXTRA", synchronous)) as live:
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
        assert named(live) == ["SQLite"]
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
        assert named(live) == []


def test_wal_with_normal_loses_acknowledged_commits_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 53, 0))
    with opened(tmp_path / "a.sqlite3", init=WAL.replace("EXTRA", "NORMAL")) as live:
        assert named(live) == ["synchronous"]


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_the_fault_of_wal_is_known_by_branch(version: tuple[int, int, int], is_faulty: bool) -> None:
    assert durability.has_wal_fault(version) is is_faulty


class Answers:
    """Stands in for a PostgreSQL connection: it answers what a server would, and nothing else."""

    vendor = "postgresql"
    settings_dict: dict[str, Any] = {}
    SAFE = {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "transaction_isolation": "read committed",
    }

    def __init__(self, **planted: str) -> None:
        self.answers = {**self.SAFE, **planted}
        self.asked = ""

    def ensure_connection(self) -> None: ...

    def cursor(self) -> Answers:
        return self

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None: ...

    def execute(self, question: str) -> None:
        self.asked = question.removeprefix("SHOW ")

    def fetchone(self) -> tuple[str]:
        return (self.answers[self.asked],)


def test_a_server_that_keeps_what_it_acknowledges_is_safe() -> None:
    assert durability.unsafe_settings(Answers()) == ()  # type: ignore[arg-type]
    assert durability.unsafe_settings(Answers(synchronous_commit="remote_apply")) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("setting", "planted"),
    [
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("TimeZone", "Europe/London"),
        ("server_encoding", "SQL_ASCII"),
        ("transaction_isolation", "serializable"),
    ],
)
def test_a_planted_setting_of_a_server_is_named(setting: str, planted: str) -> None:
    (fault,) = durability.unsafe_settings(Answers(**{setting: planted}))  # type: ignore[arg-type]

    assert fault.column == setting
    assert f"is {planted}: it must be" in fault.problem


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_live_server_is_asked() -> None:
    before = set(named(connection))

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL TIME ZONE 'Europe/London'")

    assert set(named(connection)) == before | {"synchronous_commit", "TimeZone"}
