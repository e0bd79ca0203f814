"""Messages to people: their words, kept as text files, and the ways they leave. Neutral, whatever the arm.

A sender is handed a message whose id never changes, so that sending it twice (a crash between sending
and saying so) is seen as one message: the folder writes the same file again, and e-mail carries the same
Message-ID.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from uuid import UUID

from handrail.domain.messages import Channel
from handrail.domain.worded import Worded

TEXTS = Path(__file__).parent / "texts" / "messages"
TO_STAFF = TEXTS.parent / "staff" / "open_your_page.txt"
GAP = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Outgoing:
    """One message, ready to go."""

    id: UUID
    to: str
    subject: str
    body: str


class Sender(Protocol):
    """A way for messages to leave."""

    def send(self, message: Outgoing) -> None:
        """Send one message. Raises: OSError, when it could not go; it is then tried again later."""
        ...


def senders_for(senders: Mapping[str, Sender], *, outbox: Sender, is_synthetic: bool) -> Mapping[str, Sender]:
    """The ways by which messages truly leave, by channel.

    In a demonstration, what has no sender is written to the outbox. With real people it is not: a file that
    nobody sends must not count as a message sent.
    """
    written = {channel.value: outbox for channel in Channel} if is_synthetic else {}
    return {**written, **senders}


def write(template: Worded, values: Mapping[str, str], *, texts: Path = TEXTS) -> tuple[str, str]:
    """The subject and body of a message. Raises: KeyError, when a value that the words need is missing."""
    return _filled(texts / f"{template.value}.txt", values)


def write_call(address: str) -> tuple[str, str]:
    """The subject and body that ask a member of staff to open their page: nothing about anybody."""
    return _filled(TO_STAFF, {"address": address})


def _filled(file: Path, values: Mapping[str, str]) -> tuple[str, str]:
    text = file.read_text(encoding="utf-8")
    filled = GAP.sub(lambda gap: _one_line(values[gap[1]]), text)
    subject, _, body = filled.partition("\n\n")
    return subject.removeprefix("Subject: ").strip(), body


def _one_line(value: str) -> str:
    """A value without line breaks, so that none can start a header or a line of its own."""
    return " ".join(value.split())


@dataclass(frozen=True)
class FolderSender:
    """Writes each message to a file: for the demonstration, and for trying things out."""

    folder: Path

    def send(self, message: Outgoing) -> None:
        """Write ``<id>.txt``; the same message again is the same file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = f"To: {message.to}\nSubject: {message.subject}\n\n{message.body}"
        started = self.folder / f".{message.id}.part"
        started.write_text(text, encoding="utf-8")
        started.replace(self.folder / f"{message.id}.txt")


@dataclass(frozen=True)
class MailSender:
    """Hands each message to a mail server, encrypted on the way (STARTTLS)."""

    host: str
    port: int
    from_address: str
    user: str = ""
    password: str = ""

    def send(self, message: Outgoing) -> None:
        """Hand it over."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.from_address, message.to, message.subject
        mail["Message-ID"] = f"<{message.id}@{self.from_address.rpartition('@')[2]}>"
        mail.set_content(message.body)
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(mail)
