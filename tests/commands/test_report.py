"""``handrail report LOCK``: what is refused writes nothing, and leaves an earlier report as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.commands.console import main
from handrail.reports import outcomes
from tests.analysis import synthetic
from tests.commands.operating import files_in

pytestmark = pytest.mark.slow


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return synthetic.write(tmp_path / "lock", synthetic.few())


def report(lock: Path, *words: str) -> int:
    return main(["report", str(lock), *words, "--out", str(lock.with_name("out"))])


def arms_of(lock: Path) -> str:
    return str(lock.with_name("lock.arms.age"))


@pytest.mark.parametrize(
    ("has_arms", "words", "said"),
    [
        (False, [], "--arms FILE for the true ones, or --scrambled SEED"),
        (True, ["--scrambled", "1"], "exclude each other"),
        (False, ["--scrambled", "-1"], "--scrambled: is below 0"),
        (False, ["--key", "k"], "--key: is given, but nothing to open"),
    ],
)
def test_neither_or_both_ways_of_knowing_the_arms_are_refused_and_nothing_is_written(
    lock: Path,
    has_arms: bool,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = files_in(lock.parent)
    given = ["--arms", arms_of(lock)] if has_arms else []
    assert report(lock, *given, *words) == 2
    assert said in capsys.readouterr().err
    assert files_in(lock.parent) == before


@pytest.mark.parametrize("name", ["outcomes.csv", "protocol.toml", "manifest.json"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_broken_lock_is_bad_input_and_nothing_is_written(
    lock: Path, name: str, is_gone: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = lock / name
    content = broken.read_bytes()
    broken.unlink()
    if not is_gone:
        broken.write_bytes(content[:-9])
    before = files_in(lock.parent)
    assert report(lock, "--arms", arms_of(lock)) == 2
    assert name in capsys.readouterr().err
    assert files_in(lock.parent) == before
    assert not lock.with_name("out").exists()


def test_a_whole_report_is_written_and_one_that_fails_or_is_stopped_leaves_it(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report(lock, "--arms", arms_of(lock)) == 0
    before = files_in(lock.parent)
    assert {"out/index.html", "out/report.pdf", "out/findings.json"} <= {*before}

    def stop(*words: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "write", stop)
        assert report(lock, "--scrambled", "2") == 130
    assert files_in(lock.parent) == before
    (lock / "outcomes.csv").write_text("broken")
    assert report(lock, "--arms", arms_of(lock)) == 2
    assert files_in(lock.with_name("out")) == {
        name.removeprefix("out/"): content for name, content in before.items() if name.startswith("out/")
    }
