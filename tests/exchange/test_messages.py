"""Messages: words that tell a stranger nothing, and senders that a crash cannot make send twice over."""

from __future__ import annotations

import re
import smtplib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.messages import Template
from handrail.domain.reminder import Telling
from handrail.exchange.messages import TEXTS, FolderSender, MailSender, Outgoing, senders_for, write
from handrail.exchange.trial_office import TrialOffice, how_to_ask

REMINDERS = TEXTS.parent / "reminders"
OFFICE = TrialOffice("020 7946 0999", "a@example.org")
VALUES = {"given_name": "Sam", "day": "Thursday 9 October", "ask_us": how_to_ask(OFFICE)}
# What would tell somebody looking over a shoulder what this is about, or which arm the person is in.
TELLING = re.compile(
    r"mental|crisis|health|nhs|hospital|ward|trial|study|random|arm\b|group|peer|worker|support|session|"
    r"workbook|post\b|posted|parcel|diagnos|recover|handrail|questionnaire|clinic|team",
    re.IGNORECASE,
)
MESSAGE = Outgoing(UUID(int=7), "sam@example.org", "Your chat", "Hello Sam,\n")


@pytest.mark.parametrize("template", list(Template))
def test_no_message_tells_what_it_is_about_or_which_arm(template: Template) -> None:
    subject, body = write(template, VALUES)
    assert subject and body
    assert TELLING.findall(subject + body) == []


@pytest.mark.parametrize("telling", list(Telling))
def test_a_reminder_of_a_meeting_shows_the_same_neutral_words_on_a_locked_screen(telling: Telling) -> None:
    subject, body = write(telling, {"day": "Thursday 9 October", "time": "2:30pm"}, texts=REMINDERS)
    assert subject == "You have a reminder"
    assert TELLING.findall(subject + body) == [] and "http" not in body
    assert {path.stem for path in REMINDERS.iterdir()} == {one.value for one in Telling}


@pytest.mark.parametrize("template", list(Template))
def test_every_gap_is_filled_and_sentences_are_short(template: Template) -> None:
    _, body = write(template, VALUES)
    assert "{" not in body and "}" not in body
    assert OFFICE.telephone in body
    sentences = re.split(r"[.!?]\s", body)
    assert max(len(sentence.split()) for sentence in sentences) <= 20


def test_every_text_has_a_template_and_every_template_a_text() -> None:
    assert {path.stem for path in TEXTS.iterdir()} == {template.value for template in Template}


def test_a_name_cannot_start_a_header_or_a_line_of_its_own() -> None:
    values = {"given_name": "Sam\nBcc: all@example.org", "ask_us": "call us"}
    subject, body = write(Template.INTERVIEW_OPEN, values)
    assert "Bcc" not in subject
    assert "\nBcc" not in body


def test_a_missing_value_stops_the_message() -> None:
    with pytest.raises(KeyError):
        write(Template.INTERVIEW_BOOKED, {"given_name": "Sam"})


def test_the_folder_holds_one_file_however_often_a_message_is_sent(tmp_path: Path) -> None:
    sender = FolderSender(tmp_path / "outbox")
    sender.send(MESSAGE)
    sender.send(MESSAGE)
    (path,) = (tmp_path / "outbox").iterdir()
    assert path.name == f"{MESSAGE.id}.txt"
    assert path.read_text() == "To: sam@example.org\nSubject: Your chat\n\nHello Sam,\n"


def test_only_a_demonstration_takes_the_outbox_for_a_sender(tmp_path: Path) -> None:
    outbox, mail = FolderSender(tmp_path), MailSender("smtp.example.org", 587, "us@example.org")
    assert senders_for({}, outbox=outbox, is_synthetic=True) == {"email": outbox, "text": outbox}
    assert senders_for({"email": mail}, outbox=outbox, is_synthetic=True) == {"email": mail, "text": outbox}
    assert senders_for({}, outbox=outbox, is_synthetic=False) == {}
    assert senders_for({"email": mail}, outbox=outbox, is_synthetic=False) == {"email": mail}


class FakeServer:
    """A mail server that keeps what it is handed, in order."""

    log: list[Any] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.log.append(("open", host, port))

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.append(("close",))

    def starttls(self) -> None:
        """Encrypt."""
        self.log.append(("encrypt",))

    def login(self, user: str, password: str) -> None:
        """Sign in."""
        self.log.append(("login", user, password))

    def send_message(self, mail: Any) -> None:
        """Take a letter."""
        self.log.append(("send", mail))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    FakeServer.log = []
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    return FakeServer.log


def test_mail_is_encrypted_before_anything_is_said_and_carries_an_id_that_never_changes(
    server: list[Any],
) -> None:
    sender = MailSender("mail.example.org", 587, "office@example.org", "office", "secret")
    sender.send(MESSAGE)
    sender.send(MESSAGE)
    assert [step[0] for step in server] == ["open", "encrypt", "login", "send", "close"] * 2
    first, second = (step[1] for step in server if step[0] == "send")
    assert first["Message-ID"] == second["Message-ID"] == f"<{MESSAGE.id}@example.org>"
    assert (first["To"], first["From"], first["Subject"]) == (
        "sam@example.org",
        "office@example.org",
        "Your chat",
    )
    assert first.get_content() == "Hello Sam,\n"


def test_mail_without_a_user_does_not_sign_in(server: list[Any]) -> None:
    MailSender("mail.example.org", 25, "office@example.org").send(MESSAGE)
    assert [step[0] for step in server] == ["open", "encrypt", "send", "close"]
