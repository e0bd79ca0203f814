"""A command that is stopped: no traceback, nothing half done, and nothing left lying beside it."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings as live

from handrail.commands import console, lock
from handrail.commands.demonstration import home as homes
from handrail.commands.replacing import replacing, stoppable
from handrail.domain.refusal import BadFile, Reason, Refused
from handrail.domain.words import Because, Event, Role
from handrail.exchange import sealed_file
from handrail.journey import lock as journey
from handrail.records.accounts import actions as accounts
from handrail.records.audit import facts as audit
from tests.river import River


def test_an_interruption_while_code_is_being_loaded_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console.importlib, "import_module", Mock(side_effect=KeyboardInterrupt))
    assert console.main(["verify"]) == console.INTERRUPTED
    assert capsys.readouterr().err == "Stopped. Nothing half done was kept.\n"


@pytest.fixture
def told_to_end() -> Iterator[None]:
    """Both requests are heard, whoever started the tests: behind nohup an interruption is ignored."""
    ways = {kind: signal.signal(kind, signal.default_int_handler) for kind in (signal.SIGTERM, signal.SIGINT)}
    yield
    for kind, way in ways.items():
        signal.signal(kind, way)


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_an_error_that_comes_of_the_interruption_is_the_interruption(
    kind: signal.Signals, told_to_end: None
) -> None:
    with pytest.raises(KeyboardInterrupt), stoppable():
        try:
            os.kill(os.getpid(), kind)
            time.sleep(30)
        finally:
            os.kill(os.getpid(), kind)  # asked again while the work is being undone
            raise RuntimeError("the roll-back was cut short")


def test_an_interruption_that_is_ignored_stays_ignored() -> None:
    way = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stoppable():
            os.kill(os.getpid(), signal.SIGINT)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, way)


def test_an_error_that_nobody_asked_for_stays_that_error() -> None:
    with pytest.raises(RuntimeError, match="of its own"), stoppable():
        raise RuntimeError("of its own")


def test_a_place_that_cannot_be_written_to_is_named_with_its_folder(tmp_path: Path) -> None:
    place = tmp_path / "no such folder" / "out.csv"
    with pytest.raises(BadFile) as bad, replacing(place):
        pass
    assert bad.value.faults[0].file == str(place)


def test_nothing_stays_beside_a_demonstrations_home(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), homes.staged(tmp_path / "var"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    with homes.staged(tmp_path / "var"), pytest.raises(Refused), homes.staged(tmp_path / "var"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


@pytest.fixture
def order(db: None, tmp_path: Path) -> argparse.Namespace:
    """What a trial manager gives the command."""
    river = River()
    river.set_up()
    given = {"under": live.PROTOCOL.programme, "by": river.by, "at": river.at}
    accounts.invite("tm@example.org", "Tomasz", Role.TRIAL_MANAGER, **given)
    key = tmp_path / "key.txt"
    key.write_text(sealed_file.new_identity().recipient)
    return argparse.Namespace(folder=tmp_path / "lock", by="tm@example.org", statistician_key=key)


@pytest.mark.parametrize(
    ("error", "line_count"),
    [(KeyboardInterrupt(), 0), (Refused((Reason(Because.UNDECIDED, "1"),)), 1)],
)
def test_a_lock_that_is_stopped_leaves_no_line_and_one_that_is_refused_leaves_the_linking(
    order: argparse.Namespace, monkeypatch: pytest.MonkeyPatch, error: BaseException, line_count: int
) -> None:
    monkeypatch.setattr(journey, "freeze", Mock(side_effect=error))
    with pytest.raises(type(error)):
        lock.run(order)
    told = [line.event for line in audit.lines(wings=frozenset({"masked", "sealed"}))]
    assert told.count(Event.RECORDS_LINKED) == line_count
