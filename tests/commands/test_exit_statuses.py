"""What each command ends with: 0 done, 1 not done, 2 what was handed in cannot be used, 130 stopped."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from pathlib import Path

import pytest

from handrail.commands import console, lock, readmissions
from handrail.domain.refusal import BadFile, Conflict, Fault, NotFound, Reason, Refused
from handrail.domain.words import Because
from tests.commands.operating import BIN, handrail

CORE = Path(__file__).parents[2] / "src" / "handrail" / "protocols" / "core.toml"
STATUSES = Path(__file__).parents[2] / "docs" / "reference" / "exit-statuses.md"
FAULTS = tuple(Fault("file.csv", line, "column", "is wrong", "Mend it") for line in (3, 8))


def ends(monkeypatch: pytest.MonkeyPatch, error: BaseException | None, status: int = 0) -> int:
    """What `handrail readmissions` ends with when its work does."""

    def act(_: argparse.Namespace) -> int:
        if error is not None:
            raise error
        return status

    monkeypatch.setattr(readmissions, "run", act)
    return console.main(["readmissions", "--spells", "s", "--cohort", "c", "--out", "o"])


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (None, 0, ""),
        (BadFile(FAULTS), 2, "file.csv line 3: column: is wrong. Mend it\nfile.csv line 8: column: is wrong"),
        (Refused((Reason(Because.NO_EVENT_SEEN), Reason(Because.SEPARATED))), 1, "no event was seen"),
        (NotFound(), 1, "Not found"),
        (Conflict("The list was made meanwhile."), 1, "made meanwhile"),
        (OSError(28, "No space left on device", "/out/report.pdf"), 1, "/out/report.pdf: No space left"),
        (KeyboardInterrupt(), 130, "Nothing half done was kept"),
    ],
)
def test_each_way_of_ending_has_its_status_and_its_words(
    error: BaseException | None,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ends(monkeypatch, error) == status
    shown = capsys.readouterr().err
    assert said in shown
    assert bool(shown) == bool(status)


def test_a_check_that_found_something_keeps_its_own_status(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [ends(monkeypatch, None, status) for status in (0, 1)] == [0, 1]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["protocol"],
        ["protocol", "check"],
        ["readmissions", "--spells", "x"],
        ["spells", "x", "--out", "y", "--covers-until", "yesterday"],
        ["analyse", "--scrambled", "soon"],
        ["report"],
        ["lock"],
        ["demo", "--people", "3"],
        ["setup", "--email", "ada@example.org"],
        ["restore"],
    ],
)
def test_words_that_are_missing_or_not_known_end_with_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(words)
    assert ended.value.code == 2
    assert "usage: handrail" in capsys.readouterr().err


def test_a_key_that_is_none_is_bad_input_before_anything_is_locked(tmp_path: Path) -> None:
    wrong = tmp_path / "key.txt"
    wrong.write_text("age1x")
    with pytest.raises(BadFile, match=r"key.txt: --statistician-key: That is not a public key"):
        lock._recipient(wrong)


def test_the_reference_tells_every_verb_and_every_status() -> None:
    text = STATUSES.read_text(encoding="utf-8")
    told = set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))
    assert told == {
        str(each) for each in (console.DONE, console.NOT_DONE, console.BAD_INPUT, console.INTERRUPTED)
    }
    assert [verb for verb in console.VERBS if f"`{verb}" not in text and f"handrail {verb}" not in text] == []


def test_a_reader_who_went_away_is_no_error_that_is_printed() -> None:
    listening, telling = os.pipe()
    os.close(listening)
    words = [BIN / "handrail", "protocol", "show", CORE]
    with os.fdopen(telling, "w") as gone:
        done = subprocess.run(words, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    "words",
    [
        ("lock", "locks/first", "--by", "ada@example.org"),
        ("manage", "remind"),
        ("manage", "ring"),
        ("manage", "post", "parcels", "--by", "ada@example.org"),
        ("manage", "anchor"),
        ("verify",),
        ("backup", "backups"),
    ],
    ids=" ".join,
)
def test_where_there_is_no_installation_each_command_says_so_and_makes_nothing(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    done = handrail(*words, home=tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "nowhere: holds no installation. Run `handrail setup`, or name another folder" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "handrail manage: nonsense: is no command. `handrail manage help` lists them"),
        (("remnd",), "remnd: is no command. Did you mean remind?"),
        (("help", "nonsense"), "nonsense: is no command"),
        (("remind", "--nonsense"), "unrecognized arguments: --nonsense"),
    ],
    ids=str,
)
def test_words_that_manage_does_not_know_end_with_2(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = handrail("manage", *words, home=tmp_path / "nowhere")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_help_opens_with_what_handrail_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert "VERB ... Handrail runs a trial of peer support for people who leave crisis care" in shown
    assert "argparse" not in shown and "``" not in shown
