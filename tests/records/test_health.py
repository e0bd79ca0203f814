"""What a health page says: each thing that can go wrong is planted, and shows in its own line only."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.domain.refusal import Fault
from handrail.domain.words import Event
from handrail.exchange import sealed_folder
from handrail.records import durability
from handrail.records.audit import actions, anchor, health
from handrail.records.audit.models import Head

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in good health; the test database's own settings are not what is looked at here."""
    monkeypatch.setattr(durability, "unsafe_settings", lambda _: ())
    with transaction.atomic():
        actions.note(Event.SET_UP, about=None, by=None, agent="setup", at=datetime.now(UTC))
    anchor.keep_head(tmp_path / "anchor", at=datetime.now(UTC))
    backup = tmp_path / "backups" / "handrail-1"
    backup.mkdir(parents=True)
    (backup / "manifest.json").write_text("{}")
    return tmp_path


def look(place: Path, *, later: timedelta = timedelta()) -> tuple[health.Check, ...]:
    at = datetime.now(UTC) + later
    return health.look(home=place, backups=place / "backups", anchors=place / "anchor", at=at)


def unwell(place: Path, *, later: timedelta = timedelta()) -> dict[str, str]:
    """What is not well, by its title."""
    return {check.title: check.sentence for check in look(place, later=later) if not check.is_well}


def test_an_installation_in_good_health_is_well(place: Path) -> None:
    assert unwell(place) == {}
    assert [check.title for check in look(place)] == [
        "Database",
        "Database settings",
        "Disk",
        "Backup",
        "Ledger",
    ]


def test_a_backup_or_a_head_that_is_too_old_shows(place: Path) -> None:
    assert unwell(place, later=timedelta(hours=2)) == {}
    assert [check.sentence for check in look(place)][3:] == [
        "The last backup was made less than an hour ago.",
        "The last head of the ledger was kept outside the database less than an hour ago.",
    ]
    assert list(unwell(place, later=timedelta(hours=4))) == ["Ledger"]
    late = unwell(place, later=timedelta(hours=30))
    assert late["Backup"] == "The last backup was made 30 hours ago, which is too long. Run: handrail backup"


def test_the_newest_backup_counts_and_an_unfinished_one_does_not(place: Path) -> None:
    old = (datetime.now(UTC) - timedelta(days=9)).timestamp()
    os.utime(place / "backups/handrail-1/manifest.json", (old, old))
    assert list(unwell(place)) == ["Backup"]

    (place / "backups/handrail-2.unfinished").mkdir()
    assert list(unwell(place)) == ["Backup"]
    (place / "backups/handrail-3").mkdir()
    (place / "backups/handrail-3/manifest.json").write_text("{}")

    assert unwell(place) == {}


def test_a_backup_that_is_sealed_in_one_file_counts_and_an_unfinished_one_does_not(place: Path) -> None:
    (place / "backups/handrail-1/manifest.json").unlink()
    sealed = place / "backups" / f"handrail-2{sealed_folder.ENDING}"
    sealed.with_name(sealed.name + ".unfinished").write_bytes(b"half")
    assert list(unwell(place)) == ["Backup"]

    sealed.write_bytes(b"whole")
    assert unwell(place) == {}

    old = (datetime.now(UTC) - timedelta(hours=30)).timestamp()
    os.utime(sealed, (old, old))
    assert unwell(place)["Backup"].startswith("The last backup was made 30 hours ago")


def test_no_backup_and_no_kept_head_show(tmp_path: Path, place: Path) -> None:
    (place / "backups/handrail-1/manifest.json").unlink()
    (place / "anchor/heads.jsonl").unlink()

    assert unwell(place) == {
        "Backup": "There is none. Run: handrail backup",
        "Ledger": "No head of the ledger was kept outside the database. Run: handrail manage anchor",
    }


def test_a_ledger_that_is_not_the_one_whose_head_was_kept_shows(place: Path) -> None:
    path = place / "anchor/heads.jsonl"
    kept = path.read_text()

    path.write_text(kept.replace('"line_count": 1', '"line_count": 7'))
    assert "is not the one whose head was kept" in unwell(place)["Ledger"]
    path.write_text(kept + "spoilt\n")
    assert "The file of kept heads was changed" in unwell(place)["Ledger"]


def test_a_database_that_cannot_be_written_shows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_is_full(**_: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(Head.objects, "filter", disk_is_full)

    assert "Nothing can be saved" in unwell(place)["Database"]


def test_unsafe_settings_show_in_plain_words(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Fault("database", 0, "synchronous", "is OFF", "Mend it")
    monkeypatch.setattr(durability, "unsafe_settings", lambda asked: (fault,) if asked is connection else ())
    assert unwell(place) == {"Database settings": "database: synchronous: is OFF. Mend it"}

    def no_answer(_: object) -> tuple[Fault, ...]:
        raise DatabaseError

    monkeypatch.setattr(durability, "unsafe_settings", no_answer)
    assert unwell(place) == {"Database settings": "The database does not answer."}


def test_a_disk_that_is_nearly_full_or_gone_shows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 62)
    assert unwell(place)["Disk"].endswith("million bytes are free. Make room now.")

    checks = health.look(home=place / "gone", backups=place, anchors=place, at=datetime.now(UTC))

    assert "The installation's folder cannot be read." in [check.sentence for check in checks]


def test_nothing_that_is_said_counts_the_ledgers_lines(place: Path) -> None:
    before = [check.sentence for check in look(place)]
    with transaction.atomic():
        for _ in range(30):
            actions.note(Event.RANDOMISED, about=None, by=None, agent="test", at=datetime.now(UTC))

    assert [check.sentence for check in look(place)] == before
