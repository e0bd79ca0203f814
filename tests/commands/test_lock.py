"""`handrail lock`, in the process: the moment that it writes, and what it says of words that are wrong."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone

from handrail.commands.console import main
from handrail.domain.words import Event, Role
from handrail.records.accounts import actions as accounts
from handrail.records.audit.models import Line
from tests.exchange.protocols import CORE
from tests.journeys.test_lock import KEY, played
from tests.later import moment, staff
from tests.river import River

THAT_DAY = moment(2017, 4, 28)
MANAGER = "Synthetic.Member.trial_manager@example.org"


@pytest.fixture
def river(db: None, settings: Any, tmp_path: Path) -> River:
    """A synthetic installation whose clock stands in 2017."""
    made = River()
    made.set_up()
    made.make_list()
    accounts.set_clock(THAT_DAY - timezone.now(), at=THAT_DAY, agent="test")
    settings.PROTOCOL, settings.PROTOCOL_FILE = made.under, CORE
    settings.ANCHOR_FOLDER = tmp_path / "anchor"
    (tmp_path / "key.txt").write_text(f"{KEY.recipient}\n")
    return made


def lock(tmp_path: Path, key: str, by: str = MANAGER) -> int:
    words = ["lock", str(tmp_path / "lock"), "--by", by, "--statistician-key", str(tmp_path / key)]
    with TestCase.captureOnCommitCallbacks(execute=True):  # as when its transaction ends
        return main(words)


def test_a_demonstration_is_locked_on_the_day_at_which_its_clock_stands(river: River, tmp_path: Path) -> None:
    played(river)
    staff(river, Role.TRIAL_MANAGER)
    assert lock(tmp_path, "key.txt") == 0
    line = Line.objects.get(event=Event.LOCKED.value)
    manifest = json.loads((tmp_path / "lock" / "manifest.json").read_text())
    assert abs(line.at - THAT_DAY) < timedelta(minutes=5)
    assert manifest["locked_at"].startswith("2017-04-28T")


def test_a_stranger_and_a_key_that_is_none_are_told_together(
    river: River, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spoilt.txt").write_text(KEY.recipient[:-1])
    before = Line.objects.count()
    assert lock(tmp_path, "spoilt.txt", by="nobody@example.org") == 2
    shown = capsys.readouterr().err
    assert "--by: nobody@example.org is no active trial manager" in shown
    assert "spoilt.txt: --statistician-key: That is not a public key" in shown
    assert Line.objects.count() == before
    assert not (tmp_path / "lock").exists()
