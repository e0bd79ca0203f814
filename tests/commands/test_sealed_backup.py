"""A backup that is sealed to a key tells nothing without the other half, and comes back whole."""

from __future__ import annotations

import io
import stat
import tarfile
from pathlib import Path

import pyrage
import pytest

from handrail.domain.refusal import BadFile
from handrail.exchange import sealed_file, sealed_folder
from tests.commands.operating import files_in, handrail, sql

pytestmark = pytest.mark.slow
KEEPER = sealed_file.new_identity()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """The keeper's secret key, in a file."""
    path = tmp_path / "keeper.txt"
    path.write_text(f"# the keeper's\n{KEEPER.secret}\n")
    return path


def sealed_backup(home: Path, place: Path, *more: str) -> Path:
    done = handrail("backup", place, "--to", KEEPER.recipient, *more, home=home)
    assert done.returncode == 0, done.stderr
    (made,) = place.iterdir()
    return made


def kept(home: Path) -> set[str]:
    """An installation's files, without those by which SQLite's writers take turns."""
    return {name for name in files_in(home) if not name.endswith(".turn")}


def test_a_sealed_backup_tells_nothing_and_comes_back_with_its_key(
    home: Path, secret: Path, tmp_path: Path
) -> None:
    before = kept(home)
    made = sealed_backup(home, tmp_path / "backups")

    assert made.name.endswith(".tar.age")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    words = (b"SQLite format 3", b"audit_line", b"support_pairing", b"manifest.json", b"ada@example.org")
    assert [word for word in words if word in made.read_bytes()] == []
    assert kept(home) == before  # what was not sealed yet is gone
    words = (made, "--identity", secret, "--key-file", home / "keys/master.key")
    done = handrail("restore", *words, home=tmp_path / "back")
    assert (done.returncode, done.stderr) == (0, "")
    assert kept(tmp_path / "back") == before
    lines = "SELECT number, line_hash FROM audit_line ORDER BY number"
    assert sql(tmp_path / "back", lines) == sql(home, lines)
    assert handrail("verify", home=tmp_path / "back").returncode == 0


def test_a_sealed_backup_does_not_open_without_its_key_or_after_a_change(
    home: Path, secret: Path, tmp_path: Path
) -> None:
    made = sealed_backup(home, tmp_path / "backups", "--with-keys")
    other = tmp_path / "other.txt"
    other.write_text(sealed_file.new_identity().secret)
    changed = made.with_name("changed.tar.age")
    changed.write_bytes(made.read_bytes()[:-1] + b"!")

    for words, said in (
        ((made,), "is sealed, and there is no key to open it"),
        ((made, "--identity", other), "does not open with this key"),
        ((changed, "--identity", secret), "does not open with this key, or was changed"),
    ):
        done = handrail("restore", *words, home=tmp_path / "back")
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
        assert files_in(tmp_path / "back") == {}


def test_a_wrong_key_is_told_before_anything_is_copied(home: Path, tmp_path: Path) -> None:
    done = handrail("backup", tmp_path / "backups", "--to", "age1nonsense", home=home)
    assert done.returncode == 2
    assert "is not a public key in the age format" in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/outside", "link"])
def test_what_would_leave_the_folder_is_not_unpacked(name: str, tmp_path: Path) -> None:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        member = tarfile.TarInfo(name)
        if name == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    reader = sealed_file.reader_of(KEEPER.recipient)
    sealed, folder = tmp_path / "bad.tar.age", tmp_path / "folder"
    sealed.write_bytes(pyrage.encrypt(plain.getvalue(), [reader]))
    folder.mkdir()
    with pytest.raises(BadFile, match="not a plain file in its place"):
        sealed_folder.unseal(sealed, folder, identity=KEEPER.secret)
    assert {path.name for path in tmp_path.rglob("*")} == {"bad.tar.age", "folder"}
