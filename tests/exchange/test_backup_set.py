"""A backup that is not exactly as it was made is refused, with every difference named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handrail.domain.refusal import BadFile, Fault
from handrail.exchange import backup_set
from handrail.exchange.backup_set import FORM, MANIFEST, Manifest

KEY = b"the installation's own key......"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    (tmp_path / "handrail.sqlite3").write_bytes(b"rows" * 1000)
    (tmp_path / "anchor").mkdir()
    (tmp_path / "anchor" / "heads.jsonl").write_text("a head\n")
    manifest = Manifest(
        form=FORM,
        handrail="0.1.0",
        made_at="2026-02-03T12:00:00+00:00",
        database="sqlite",
        is_synthetic=False,
        has_keys=False,
        files=backup_set.hashes_of(tmp_path),
        row_counts={"people_person": 3},
        line_count=7,
        head_hash="ab" * 32,
    )
    backup_set.write(tmp_path, manifest, key=KEY)
    return tmp_path


def faults_of(folder: Path, key: bytes = KEY) -> tuple[Fault, ...]:
    with pytest.raises(BadFile) as refused:
        backup_set.read(folder, key=key)
    return refused.value.faults


def test_a_backup_as_it_was_made_is_read(backup: Path) -> None:
    manifest = backup_set.read(backup, key=KEY)

    assert set(manifest.files) == {"handrail.sqlite3", "anchor/heads.jsonl"}
    assert (manifest.row_counts, manifest.line_count) == ({"people_person": 3}, 7)
    assert backup_set.peek(backup) == manifest


def flip_one_bit(folder: Path) -> None:
    path = folder / "handrail.sqlite3"
    content = bytearray(path.read_bytes())
    content[2000] ^= 1
    path.write_bytes(content)


def cut_short(folder: Path) -> None:
    path = folder / "handrail.sqlite3"
    path.write_bytes(path.read_bytes()[:-1])


def change_the_manifest_too(folder: Path) -> None:
    flip_one_bit(folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"] = backup_set.hashes_of(folder)
    (folder / MANIFEST).write_text(json.dumps(manifest))


def seal_it_again_with_another_key(folder: Path) -> None:
    manifest = replace(backup_set.peek(folder), line_count=6)
    backup_set.write(folder, manifest, key=b"somebody else's key")


@pytest.mark.parametrize(
    ("alter", "file", "said"),
    [
        (flip_one_bit, "handrail.sqlite3", "was changed after the backup was made"),
        (cut_short, "handrail.sqlite3", "was changed after the backup was made"),
        (
            lambda folder: (folder / "handrail.sqlite3").unlink(),
            "handrail.sqlite3",
            "is missing from the backup",
        ),
        (lambda folder: (folder / "crisis.toml").write_text("x"), "crisis.toml", "was added to the backup"),
        (lambda folder: (folder / "link").symlink_to("/etc/hostname"), "link", "is not a plain file"),
        (change_the_manifest_too, MANIFEST, "its seal does not fit"),
        (seal_it_again_with_another_key, MANIFEST, "its seal does not fit"),
        (lambda folder: (folder / MANIFEST).unlink(), MANIFEST, "is missing, so this is not a backup"),
        (lambda folder: (folder / MANIFEST).write_text("{"), MANIFEST, "is not JSON in UTF-8"),
        (lambda folder: (folder / MANIFEST).write_bytes(b"\xff"), MANIFEST, "is not JSON in UTF-8"),
        (
            lambda folder: (folder / MANIFEST).write_text("[]"),
            MANIFEST,
            "does not hold what a manifest holds",
        ),
    ],
)
def test_an_altered_backup_is_refused(
    backup: Path, alter: Callable[[Path], None], file: str, said: str
) -> None:
    assert backup_set.read(backup, key=KEY)

    alter(backup)

    (fault,) = faults_of(backup)
    assert fault.file == file
    assert said in fault.problem
    assert fault.mend


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("form", FORM + 1, "this program reads form 1"),
        ("files", ["handrail.sqlite3"], "a value of the wrong kind"),
        ("files", {"handrail.sqlite3": 1}, "a value of the wrong kind"),
        ("line_count", "seven", "a value of the wrong kind"),
        ("has_keys", "no", "a value of the wrong kind"),
        ("made_at", 3, "a value of the wrong kind"),
    ],
)
def test_a_manifest_of_another_form_is_refused(backup: Path, key: str, value: object, said: str) -> None:
    manifest = json.loads((backup / MANIFEST).read_text())
    (backup / MANIFEST).write_text(json.dumps({**manifest, key: value}))

    (fault,) = faults_of(backup)

    assert said in fault.problem


def test_another_installations_key_does_not_fit(backup: Path) -> None:
    (fault,) = faults_of(backup, key=b"another installation's key")

    assert "another installation's" in fault.problem


def test_every_difference_is_told_at_once(backup: Path) -> None:
    flip_one_bit(backup)
    (backup / "anchor" / "heads.jsonl").unlink()
    (backup / "more.txt").write_text("x")

    assert [fault.file for fault in faults_of(backup)] == [
        "anchor/heads.jsonl",
        "handrail.sqlite3",
        "more.txt",
    ]
