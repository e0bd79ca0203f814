"""Due work, run from a timer or by hand: reminders, and the posting list."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from handrail.commands.management.commands import post as post_command
from handrail.commands.management.commands import remind as remind_command
from handrail.domain.words import Posting, Role
from handrail.exchange.messages import FolderSender
from handrail.journey import deliver
from handrail.records.accounts import facts as accounts
from handrail.records.post import facts as post
from tests.later import ledger_lines, moment, staff, with_post
from tests.river import River

NOW = datetime(2014, 10, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def river(db: None, monkeypatch: pytest.MonkeyPatch) -> River:
    """A trial in which it is October."""
    made = River()
    made.set_up()
    made.make_list()
    for command in (remind_command, post_command):
        monkeypatch.setattr(command, "installation_now", lambda: NOW)
    return made


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_reminders_are_made_and_sent_once_however_often_the_timer_rings(
    river: River, tmp_path: Path, settings: object
) -> None:
    settings.SENDERS = dict.fromkeys(("email", "text"), FolderSender(tmp_path / "outbox"))  # type: ignore[attr-defined]
    settings.PROTOCOL = river.under  # type: ignore[attr-defined]
    river.entered(1)
    assert (
        run("remind") == "1 made, 1 sent, 0 called off, 0 to try again, 0 waiting for a sender or an address"
    )
    assert (
        run("remind") == "0 made, 0 sent, 0 called off, 0 to try again, 0 waiting for a sender or an address"
    )
    (message,) = (tmp_path / "outbox").iterdir()
    assert "call us on 020 7946 0321." in message.read_text()  # the invented office's number


def test_with_real_people_the_outbox_sends_nothing(
    river: River, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SENDERS, settings.OUTBOX = {}, FolderSender(tmp_path / "outbox")  # type: ignore[attr-defined]
    settings.PROTOCOL = river.under  # type: ignore[attr-defined]
    monkeypatch.setattr(accounts, "is_synthetic", lambda: False)
    river.entered(1)
    assert (
        run("remind") == "1 made, 0 sent, 0 called off, 0 to try again, 1 waiting for a sender or an address"
    )
    assert not (tmp_path / "outbox").exists()
    settings.SENDERS = {"email": FolderSender(tmp_path / "sent")}  # type: ignore[attr-defined]
    assert run("remind").startswith("0 made, 1 sent, 0 called off")


def test_the_posting_list_is_written_and_nothing_is_marked_as_posted(river: River, tmp_path: Path) -> None:
    manager, entry = staff(river, Role.TRIAL_MANAGER), with_post(river)
    at = moment(2014, 6, 3)
    deliver.order_workbook(entry.id, under=river.under, by=river.by, at=at)
    with ledger_lines() as lines:
        said = run("post", str(tmp_path / "posting"), "--by", "Synthetic.Member.trial_manager@example.org")
    assert said.startswith("1 to post: ")
    assert [(line.event, line.by) for line in lines] == [("posting_list_made", manager)]
    with (tmp_path / "posting" / "list.csv").open(newline="") as file:
        assert [row["study_number"] for row in csv.DictReader(file)] == [entry.study_number]
    assert "call us on 020 7946 0321" in next((tmp_path / "posting").glob("letter-*.txt")).read_text()
    assert [one.state for one in post.parcels()] == [Posting.ORDERED]


def test_only_a_trial_manager_writes_the_list_and_never_over_another(river: River, tmp_path: Path) -> None:
    staff(river, Role.TRIAL_MANAGER)
    with pytest.raises(CommandError, match="no active trial manager"):
        run("post", str(tmp_path / "posting"), "--by", "nobody@example.org")
    (tmp_path / "posting").mkdir()
    with ledger_lines() as lines, pytest.raises(CommandError, match="there already"):
        run("post", str(tmp_path / "posting"), "--by", "Synthetic.Member.trial_manager@example.org")
    assert lines == [] and list((tmp_path / "posting").iterdir()) == []
