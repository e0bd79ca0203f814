"""`handrail verify` finds what was changed in the ledger or in a lock, as an operator runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.commands import console
from tests.analysis import synthetic
from tests.commands.operating import UNGUARD, handrail, sql

pytestmark = pytest.mark.slow


def test_an_untouched_ledger_is_whole_and_agrees_with_what_was_kept(home: Path) -> None:
    done = handrail("verify", home=home)

    assert (done.returncode, done.stderr) == (0, "")
    assert "ledger: 3 lines, each follows the one before it" in done.stdout
    assert "1 kept heads agree; the latest at line 3" in done.stdout


def test_the_head_is_kept_by_a_timer_and_printed(home: Path, tmp_path: Path) -> None:
    elsewhere = {"HANDRAIL_ANCHORS": str(tmp_path / "another-disk")}

    done = handrail("manage", "anchor", home=home, more=elsewhere)

    ((count, head),) = sql(home, "SELECT line_count, head_hash FROM audit_head")
    assert done.stdout == f"{count} {head}\n"
    assert str(head) in (tmp_path / "another-disk/heads.jsonl").read_text()
    assert handrail("verify", home=home, more=elsewhere).returncode == 0


CUT = (
    *UNGUARD,
    "UPDATE audit_head SET line_count = 2, head_hash = (SELECT line_hash FROM audit_line WHERE number = 2)",
    "DELETE FROM audit_line WHERE number = 3",
)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ((*UNGUARD, "UPDATE audit_line SET agent = 'nobody' WHERE number = 2"), "line 2 was changed"),
        (CUT, "the chain ends at line 2, but a head was kept at line 3: its end was cut off"),
    ],
)
def test_a_ledger_that_was_changed_is_found(home: Path, statements: tuple[str, ...], said: str) -> None:
    sql(home, *statements)

    done = handrail("verify", home=home)

    assert done.returncode == 1
    assert said in done.stderr


def test_a_cut_tail_does_not_show_where_no_head_was_kept_and_that_is_said(home: Path, tmp_path: Path) -> None:
    sql(home, *CUT)

    done = handrail("verify", "--anchors", tmp_path, home=home)

    assert done.returncode == 0
    assert "warning: no head was kept in" in done.stdout


def test_the_guards_of_the_ledger_stop_whoever_does_not_take_them_away(home: Path) -> None:
    for statement in ("UPDATE audit_line SET agent = 'nobody'", "DELETE FROM audit_line"):
        with pytest.raises(Exception, match="append-only"):
            sql(home, statement)

    assert handrail("verify", home=home).returncode == 0


def test_a_folder_that_is_no_lock_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["verify", "--lock", str(tmp_path)]) == 2
    assert "is not a lock" in capsys.readouterr().err


def test_a_lock_is_as_it_was_made_or_every_change_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = synthetic.write(tmp_path / "lock", synthetic.rows())
    arms = lock.with_name("lock.arms.age")
    sealed = arms.read_bytes()

    assert console.main(["verify", "--lock", str(lock)]) == 0
    assert "lock.arms.age: as it was sealed" in capsys.readouterr().out
    arms.write_bytes(sealed + b"!")
    assert console.main(["verify", "--lock", str(lock)]) == 2
    assert "lock.arms.age: is not the file that the manifest names" in capsys.readouterr().err
    arms.unlink()
    assert console.main(["verify", "--lock", str(lock)]) == 0
    assert "not beside the lock, so not checked" in capsys.readouterr().out
    table = next(lock.glob("*.csv"))
    table.write_bytes(table.read_bytes() + b"\n")
    assert console.main(["verify", "--lock", str(lock)]) == 2
    assert (
        f"{table.name}: is not the file that manifest.json names: its hash differs" in capsys.readouterr().err
    )
