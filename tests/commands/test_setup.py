"""`handrail setup` makes an empty, real installation, all or nothing."""

from __future__ import annotations

import stat
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from handrail.commands import console
from handrail.exchange import trial_office
from handrail.exchange.sealed_file import Identity
from tests.commands.operating import BIN, OFFICE, files_in, handrail, set_up, sql, surroundings
from tests.exchange.protocols import CORE, spoil

ADA = ("--email", "ada@example.org", "--name", "Ada Ash", *OFFICE)


def test_the_installation_is_real_empty_and_has_one_administrator(home: Path) -> None:
    assert sql(home, "SELECT is_synthetic FROM accounts_installation") == [(0,)]
    assert sql(home, "SELECT email, role, is_active FROM accounts_account") == [
        ("ada@example.org", "administrator", 1)
    ]
    assert sql(home, "SELECT count(*) FROM people_person") == [(0,)]
    events = [event for (event,) in sql(home, "SELECT event FROM audit_line ORDER BY number")]
    assert events == ["set_up", "account_invited", "list_made"]


def test_the_list_is_made_for_every_team_and_cannot_be_read_from_the_file(home: Path) -> None:
    lists = sql(home, "SELECT stratum, count(*) FROM allocation_slot GROUP BY stratum")

    assert [name for name, _ in lists] == [f"team_{number}" for number in range(1, 7)]
    assert all(count >= 240 for _, count in lists)
    stored = (home / "handrail.sqlite3").read_bytes()
    assert b"peer_supported" not in stored and b"postal_workbook" not in stored


def test_every_file_is_closed_to_others(home: Path) -> None:
    for path in (home, *home.rglob("*")):
        if path.name != "heads.jsonl":
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_files_hold_what_they_should_and_the_block_sizes_are_in_none(
    home: Path, statistician: Identity
) -> None:
    files = files_in(home)

    assert set(files) == {
        "anchor/heads.jsonl",
        "crisis.toml",
        "handrail.sqlite3",
        "keys/master.key",
        "office.toml",
        "protocol.toml",
        "statistician-key.txt",
    }
    office = trial_office.read(home / "office.toml")
    assert (office.telephone, office.email, office.checked_on) == (OFFICE[1], OFFICE[3], None)
    assert files["protocol.toml"] == CORE.read_bytes()
    assert files["statistician-key.txt"].decode().strip() == statistician.recipient
    assert not any(b"sizes" in content for name, content in files.items() if name != "protocol.toml")


@pytest.mark.slow
def test_a_second_installation_has_its_own_key_and_list_and_is_told_what_to_do_next(
    home: Path, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    path = tmp_path / "key.txt"
    path.write_text(f"# the statistician's public key\n{statistician.recipient}\n")

    printed = set_up(tmp_path / "other", key=str(path), sizes=block_sizes)

    one, other = files_in(home), files_in(tmp_path / "other")
    assert one["keys/master.key"] != other["keys/master.key"]
    assert one["statistician-key.txt"] == other["statistician-key.txt"]
    arms = "SELECT sealed_arm FROM allocation_slot ORDER BY stratum, position"
    assert sql(home, arms) != sql(tmp_path / "other", arms)
    assert "/sign-in/new-password/" in printed
    assert "keep a copy of it in another place" in printed
    assert "ring or text each line for help in a crisis" in printed
    assert str(tmp_path / "other" / "crisis.toml") in printed and "crisis.toml" in other
    assert "[4, 6]" not in printed


@pytest.mark.slow
def test_lines_for_help_that_somebody_wrote_beforehand_stay_and_those_of_handrail_are_not_put_in_their_place(
    home: Path, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    shipped = files_in(home)["crisis.toml"]
    own = shipped.replace(b"Samaritans, day and night", b"Our own crisis team, day and night")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "crisis.toml").write_bytes(own)

    set_up(tmp_path / "other", key=statistician.recipient, sizes=block_sizes)

    assert b"Samaritans, day and night" in shipped and own != shipped
    assert files_in(tmp_path / "other")["crisis.toml"] == own


def refused(home: Path, key: str, sizes: Path) -> str:
    """Set up where that is refused and changes nothing; gives what was said."""
    before = files_in(home)
    done = handrail("setup", *ADA, "--statistician-key", key, "--block-sizes", sizes, home=home)
    assert (done.returncode, done.stdout, files_in(home)) == (1, "", before)
    return done.stderr


@pytest.mark.slow
def test_an_installation_is_not_set_up_twice_nor_made_of_a_demonstration(
    home: Path, statistician: Identity, block_sizes: Path
) -> None:
    assert "already set up" in refused(home, statistician.recipient, block_sizes)

    sql(home, "DROP TRIGGER accounts_installation_fixed", "UPDATE accounts_installation SET is_synthetic = 1")

    assert "holds a demonstration" in refused(home, statistician.recipient, block_sizes)


@pytest.mark.slow
def test_another_programs_database_is_left_alone(
    tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    sql(tmp_path, "CREATE TABLE somebody_elses (word TEXT)")

    assert "no installation's" in refused(tmp_path, statistician.recipient, block_sizes)


# what is given besides the administrator, what the file of sizes holds, what is said
SPOILT = {
    "no block sizes": ("--statistician-key {key}", "", "--block-sizes FILE"),
    "no statistician's key": ("--block-sizes {sizes}", "sizes = [4]", "--statistician-key"),
    "a wrong key": ("--block-sizes {sizes} --statistician-key age1x", "sizes = [4]", "not a public key"),
    "a file without sizes": (
        "--block-sizes {sizes} --statistician-key {key}",
        "sizes = 'four'",
        "sizes: must be a list of whole numbers",
    ),
    "a file that is not TOML": ("--block-sizes {sizes} --statistician-key {key}", "4, 6", "whole numbers"),
    "a file that is not there": (
        "--block-sizes {gone} --statistician-key {key}",
        "",
        "gone.toml: --block-sizes: cannot be read",
    ),
    "sizes that break the ratio": (
        "--block-sizes {sizes} --statistician-key {key}",
        "sizes = [4, 5]",
        "must be a multiple of 2",
    ),
    "an address that is none": (
        "--block-sizes {sizes} --statistician-key {key} --email ada",
        "sizes = [4]",
        "not an e-mail address",
    ),
    "an office that cannot be rung": (
        "--block-sizes {sizes} --statistician-key {key} --office-telephone ask",
        "sizes = [4]",
        "--office-telephone: must be a telephone number",
    ),
    "a spoilt protocol": (
        "--block-sizes {sizes} --statistician-key {key} --protocol {protocol}",
        "sizes = [4]",
        'outcome.horizon_days must be a whole number of days; found "a year"',
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_spoilt_is_refused_before_anything_is_made(
    tmp_path: Path,
    statistician: Identity,
    case: str,
    settings: LazySettings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words, sizes, said = SPOILT[case]
    settings.PLACE = tmp_path / "home"
    protocol, _ = spoil(CORE.read_text(), "horizon_days = 365 ", 'horizon_days = "a year" ')
    places = {name: tmp_path / f"{name}.toml" for name in ("sizes", "protocol", "gone")}
    places["sizes"].write_text(sizes)
    places["protocol"].write_text(protocol)

    given = words.format(key=statistician.recipient, **places).split()
    found = console.main(["setup", *ADA, *given])

    assert (found, (tmp_path / "home").exists()) == (2, False)
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_set_up_that_was_interrupted_is_done_again_with_the_same_key(
    tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys/master.key").write_text("ab" * 32 + "\n")
    (home / "keys/master.key").chmod(0o600)
    (home / "handrail.sqlite3.being-made").write_bytes(b"half a database")
    (home / "protocol.toml").write_bytes(CORE.read_bytes().replace(b'"CORE" ', b'"Left" '))
    (home / "statistician-key.txt.unfinished").write_text("half a k")

    set_up(home, key=statistician.recipient, sizes=block_sizes)

    files = files_in(home)
    assert files["keys/master.key"] == b"ab" * 32 + b"\n"
    assert files["protocol.toml"] == CORE.read_bytes()
    assert not [name for name in files if name.endswith((".being-made", ".unfinished"))]


@pytest.mark.prove
def test_a_set_up_killed_at_any_moment_leaves_nothing_or_all(
    tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    words = ["setup", *ADA, "--statistician-key", statistician.recipient, "--block-sizes", str(block_sizes)]
    finished = 0
    for moment in range(12):
        home = tmp_path / str(moment)
        child = subprocess.Popen(
            [BIN / "handrail", *words], env=surroundings(home), stdout=subprocess.DEVNULL
        )
        time.sleep(0.3 + 0.2 * moment)
        child.kill()
        child.wait()
        if (home / "handrail.sqlite3").exists():
            finished += 1
            assert "already set up" in refused(home, statistician.recipient, block_sizes)
        else:
            set_up(home, key=statistician.recipient, sizes=block_sizes)
        assert sql(home, "SELECT count(*), max(is_synthetic) FROM accounts_installation") == [(1, 0)]
    assert finished < 12
