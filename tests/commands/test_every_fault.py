"""Bad input is told all at once, whichever file or word it stands in: status 2, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from handrail.commands.console import main
from handrail.exchange import sealed_file
from tests.analysis import synthetic
from tests.commands.operating import OFFICE, files_in, handrail

CORE = Path(__file__).parents[2] / "src" / "handrail" / "protocols" / "core.toml"
HALF_A_KEY = sealed_file.new_identity().recipient[:-3]


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """What a command says of input that it refuses."""
    assert main([*map(str, words)]) == 2
    return capsys.readouterr().err


def missing(shown: str, *said: str) -> list[str]:
    return [words for words in said if words not in shown]


def test_set_up_tells_every_fault_of_its_words_and_files(
    tmp_path: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PLACE = tmp_path / "home"
    protocol, sizes = tmp_path / "p.toml", tmp_path / "sizes.toml"
    protocol.write_text(CORE.read_text().replace("horizon_days = 365", 'horizon_days = "a year"'))
    sizes.write_text("sizes = 'four'")
    office = ("--office-telephone", "ask", "--office-email", "nowhere")
    words = ("--email", "ada", "--name", " ", *office, "--statistician-key", HALF_A_KEY)
    shown = told(capsys, "setup", *words, "--block-sizes", sizes, "--protocol", protocol)
    assert (
        missing(
            shown,
            "handrail setup: --email: ",
            "handrail setup: --name: ",
            "--office-telephone: must be",
            "--office-email: must be",
            "handrail setup: --statistician-key: That is not a public key in the age format. Copy it whole",
            "sizes.toml: sizes: must be a list of whole numbers",
            "outcome.horizon_days must be a whole number of days",
        )
        == []
    ), shown
    assert "starts with age1" not in shown
    assert {*files_in(tmp_path)} == {"p.toml", "sizes.toml"}


def test_set_up_without_key_and_with_sizes_that_break_the_ratio_tells_both(
    tmp_path: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PLACE = tmp_path / "home"
    sizes = tmp_path / "sizes.toml"
    sizes.write_text("sizes = [5]")
    words = ("--email", "ada@example.org", "--name", "Ada", *OFFICE, "--block-sizes", sizes)
    shown = told(capsys, "setup", *words)
    assert missing(shown, "--statistician-key: Give the", "--block-sizes: ", "must be a multiple of 2") == []


def test_a_spoilt_protocol_hides_no_fault_of_cohort_and_spells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.toml").write_text("[programme]\n")
    (tmp_path / "s.csv").write_text("person_id,service,provider,start,end\n1,ward,A,soon,\n")
    (tmp_path / "c.csv").write_text("person_id,entry_date,death_date\n1,then,\n")
    words = [f"--{word}" for word in ("protocol", "spells", "cohort", "out")]
    places = [tmp_path / name for name in ("p.toml", "s.csv", "c.csv", "out.txt")]
    pairs = (each for pair in zip(words, places, strict=True) for each in pair)
    shown = told(capsys, "readmissions", *pairs)
    said = ("p.toml: outcome is missing", "s.csv line 2: start: ", "c.csv line 2: entry_date: ")
    assert missing(shown, *said, "out.txt: ends in '.txt'") == [], shown
    assert {*files_in(tmp_path)} == {"p.toml", "s.csv", "c.csv"}


def test_each_missing_file_is_named_and_so_is_a_place_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = [tmp_path / name for name in ("p.toml", "s.csv", "c.csv")]
    words = ("--protocol", gone[0], "--spells", gone[1], "--cohort", gone[2])
    shown = told(capsys, "readmissions", *words, "--out", tmp_path / "no" / "o.csv")
    assert (
        missing(shown, *(f"{path.name}: cannot be read" for path in gone), "o.csv: cannot be written") == []
    )
    shown = told(capsys, "spells", gone[1], "--out", tmp_path / "no" / "o.csv")
    assert missing(shown, "s.csv: cannot be read", "o.csv: cannot be written") == []
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("verb", ["analyse", "report"])
def test_the_arm_file_and_the_key_are_told_apart_and_the_lock_is_looked_through(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = synthetic.write(tmp_path / "lock", synthetic.few())
    (lock / "baseline.csv").write_text("x\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    gone = ("--arms", tmp_path / "a" / "nope", "--key", tmp_path / "k" / "nope")
    before = files_in(tmp_path)
    shown = told(capsys, verb, lock, *gone, "--out", tmp_path / "out")
    said = ("nope: --arms: cannot be read", "nope: --key: cannot be read", "out: is in the way")
    assert missing(shown, *said, "baseline.csv: is not the file that manifest.json names") == [], shown
    assert files_in(tmp_path) == before


def test_a_key_that_is_none_is_named_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = synthetic.write(tmp_path / "lock", synthetic.few())
    (tmp_path / "key.txt").write_text("AGE-SECRET-KEY-1ABC")
    words = ("--arms", tmp_path / "lock.arms.age", "--key", tmp_path / "key.txt")
    shown = told(capsys, "analyse", lock, *words, "--out", tmp_path / "out")
    assert "key.txt: --key: is not a secret key in the age format. Copy it whole" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("demo", "--people", "abc", "--seed", "x", "--effect", "none"),
            (
                "handrail demo: --people: 'abc' is not a whole number. Write digits alone",
                "handrail demo: --seed: 'x' is not a whole number",
                "handrail demo: --effect: 'none' is not an odds ratio. Write a number above 0",
            ),
        ),
        (
            ("spells", "x.csv", "--covers-until", "foo", "--strange"),
            (
                "--covers-until: 'foo' is not a date. Write it as YYYY-MM-DD",
                "required: --out",
                "handrail spells --help",
            ),
        ),
        (
            ("analyse", "x", "--scrambled", "soon", "--strange"),
            ("--scrambled: 'soon' is not a whole number", "unrecognized arguments: --strange"),
        ),
    ],
)
def test_words_are_told_all_at_once_with_a_mend_and_nothing_of_the_library(
    words: tuple[str, ...], said: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words])
    shown = capsys.readouterr().err
    assert ended.value.code == 2
    assert missing(shown, *said) == [], shown
    assert "_people" not in shown and "fromisoformat" not in shown


def test_words_that_can_be_used_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr("handrail.commands.demo.run", lambda arguments: found.append(arguments) or 0)
    assert main(["demo", "--people", "12", "--effect", "0.5"]) == 0
    assert (found[0].people, found[0].effect, found[0].seed) == (12, 0.5, 441)


@pytest.mark.slow
def test_restore_tells_the_key_and_the_backups_own_faults(home: Path, tmp_path: Path) -> None:
    assert handrail("backup", tmp_path / "backups", home=home).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    (backup / "protocol.toml").write_text("x")
    (backup / "office.toml").unlink()
    changed = ("protocol.toml: was changed after", "office.toml: is missing from the backup")
    for words, said in (
        ((), "--key-file: The master key is not in this backup"),
        (("--key-file", tmp_path / "nope"), "nope: --key-file: cannot be read"),
        (("--key-file", home / "protocol.toml"), "this is not a master key"),
    ):
        done = handrail("restore", backup, *words, home=tmp_path / "back")
        assert done.returncode == 2
        assert missing(done.stderr, said, *changed) == [], done.stderr
        assert ("not in this backup" in done.stderr) == (not words)
        assert files_in(tmp_path / "back") == {}


@pytest.mark.slow
def test_a_sealed_backup_is_called_by_its_own_name_and_one_that_is_not_there_is_told(
    home: Path, tmp_path: Path
) -> None:
    keeper = sealed_file.new_identity()
    (tmp_path / "secret.txt").write_text(keeper.secret)
    done = handrail("backup", tmp_path / "backups", "--to", keeper.recipient, home=home)
    assert done.returncode == 0, done.stderr
    (backup,) = (tmp_path / "backups").iterdir()
    gone = tmp_path / "gone.tar.age"
    for words, said in (
        ((backup, "--identity", tmp_path / "secret.txt"), (f"{backup.name}: --key-file: The master key",)),
        ((gone, "--identity", tmp_path / "secret.txt"), ("gone.tar.age: cannot be read: No such file",)),
        (
            (gone, "--identity", tmp_path / "no", "--key-file", tmp_path / "nope"),
            ("gone.tar.age: cannot be read", "no: --identity: cannot", "nope: --key-file: cannot"),
        ),
    ):
        done = handrail("restore", *words, home=tmp_path / "back")
        assert (done.returncode, missing(done.stderr, *said)) == (2, []), done.stderr
        assert ".being-opened" not in done.stderr
        assert "does not open with this key" not in done.stderr
        assert files_in(tmp_path / "back") == {}
