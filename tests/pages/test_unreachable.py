"""Where nothing can send a text message, the door answers as always, and puts no other code out of use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.test import Client

from handrail.exchange.messages import Outgoing
from handrail.records.accounts import facts as accounts
from handrail.records.people import codes
from handrail.web.shared import clock, letters
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db


@dataclass
class Box:
    """A mail server that keeps what it is handed."""

    sent: list[Outgoing] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        """Keep it."""
        self.sent.append(message)


@pytest.fixture
def mail(settings: object, monkeypatch: pytest.MonkeyPatch) -> Box:
    """An installation for real people with a mail server, and no sender of text messages."""
    box = Box()
    settings.SENDERS = {"email": box}  # type: ignore[attr-defined]
    monkeypatch.setattr(accounts, "is_synthetic", lambda: False)
    return box


def ask(contact: str) -> tuple[int, str]:
    answer = Client().post("/code", {"contact": contact})
    return answer.status_code, answer.headers["Location"]


def test_the_door_answers_the_same_and_the_code_given_by_hand_still_works(
    somebody: UUID, administrator: Staff, mail: Box
) -> None:
    code = codes.issue_code(somebody, pick=secrets.choice, by=administrator.id, at=clock.now())
    assert ask("07700 900123") == ask("07700 900999")
    assert letters.answer() == 0
    assert mail.sent == []
    client = Client()
    client.post("/code/enter", {"contact": "07700 900123", "code": code})
    assert door.who(client) == somebody


def test_the_same_person_is_still_sent_a_code_by_mail(somebody: UUID, mail: Box) -> None:
    ask("sam.ashworth@example.org")
    assert letters.answer() == 1
    assert [one.to.lower() for one in mail.sent] == ["sam.ashworth@example.org"]
