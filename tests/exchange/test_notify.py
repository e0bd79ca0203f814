"""GOV.UK Notify, tried against a server on this machine that answers as Notify's documentation says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.messages import Channel
from handrail.exchange.messages import Outgoing
from handrail.exchange.notify import NotifyKey, NotifySender, read_key

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = NotifyKey(SERVICE, SECRET)
MESSAGE = Outgoing(UUID(int=7), "07700 900123", "You have a reminder", "You have a reminder.\n")
NOW = 1_400_000_000


@dataclass
class Notify:
    """What the server was asked, and what it holds and answers."""

    address: str = ""
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    held: list[dict[str, str]] = field(default_factory=list)
    status: int = 201


@pytest.fixture
def notify() -> Iterator[Notify]:
    seen = Notify()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, {"notifications": seen.held, "links": {}}, {})

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(seen.status, {"id": str(UUID(int=9)), "reference": said["reference"]}, said)

        def _answer(self, status: int, content: dict[str, Any], said: dict[str, Any]) -> None:
            seen.asked.append((self.command, self.path, said))
            seen.tokens.append(self.headers["Authorization"].removeprefix("Bearer "))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    seen.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield seen
    server.shutdown()
    server.server_close()


def sender(notify: Notify, channel: Channel = Channel.TEXT) -> NotifySender:
    return NotifySender(channel, KEY, "f33517ff-2a88-4f6e-b855-c550268ce08a", notify.address, lambda: NOW)


def test_a_text_message_is_handed_over_with_its_own_id_after_asking_whether_it_went_before(
    notify: Notify,
) -> None:
    sender(notify).send(MESSAGE)
    (first, where, _), second = notify.asked
    assert (first, where) == ("GET", f"/v2/notifications?reference={MESSAGE.id}")
    assert second == (
        "POST",
        "/v2/notifications/sms",
        {
            "phone_number": "07700 900123",
            "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
            "personalisation": {"body": "You have a reminder.\n"},
            "reference": str(MESSAGE.id),
        },
    )


def test_an_e_mail_has_a_subject_too(notify: Notify) -> None:
    sender(notify, Channel.EMAIL).send(MESSAGE)
    _, where, said = notify.asked[1]
    assert (where, said["email_address"]) == ("/v2/notifications/email", MESSAGE.to)
    assert said["personalisation"] == {"subject": MESSAGE.subject, "body": MESSAGE.body}


@pytest.mark.parametrize(("status", "count"), [("delivered", 1), ("sending", 1), ("technical-failure", 2)])
def test_what_notify_has_already_is_not_sent_again_unless_it_failed(
    notify: Notify, status: str, count: int
) -> None:
    notify.held = [{"reference": str(MESSAGE.id), "status": status}]
    sender(notify).send(MESSAGE)
    assert len(notify.asked) == count


def test_every_request_is_signed_by_the_key_for_this_moment(notify: Notify) -> None:
    sender(notify).send(MESSAGE)
    for token in notify.tokens:
        head, claims, mark = token.split(".")
        right = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        assert base64.urlsafe_b64decode(mark + "=") == right
        assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {"iss": SERVICE, "iat": NOW}


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_a_refusal_is_an_error_that_the_outbox_tries_again_after(notify: Notify, status: int) -> None:
    notify.status = status
    with pytest.raises(OSError, match=str(status)):
        sender(notify).send(MESSAGE)


@pytest.mark.parametrize(
    ("text", "key"),
    [(f"a-name-{SERVICE}-{SECRET}", KEY), (f"{SERVICE}-{SECRET}", KEY), (SECRET, None), ("", None)],
)
def test_a_key_is_read_as_notify_hands_it_out(text: str, key: NotifyKey | None) -> None:
    assert read_key(text) == key
