"""GOV.UK Notify as a way for messages to leave: text messages, and e-mail where a trust prefers it. Optional.

Spoken to with what ships with Python: a request is one JSON object and a token signed with the key. A message
has its id as Notify's reference, which is looked up first: one that left before a crash does not leave twice.
Notify keeps what it was sent: the words are neutral, as everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from handrail.domain.messages import Channel
from handrail.exchange.messages import Outgoing

ADDRESS = "https://api.notifications.service.gov.uk"
TIMEOUT = 20
NOT_GOING = frozenset({"cancelled", "permanent-failure", "temporary-failure", "technical-failure"})
UUID_LENGTH = 36


@dataclass(frozen=True)
class NotifyKey:
    """An API key: the service it belongs to, and the secret that signs."""

    service_id: str
    secret: str


def read_key(text: str) -> NotifyKey | None:
    """A key as Notify hands it out: a name, the service's id and the secret; none where it is not one."""
    service_id, secret = text[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], text[-UUID_LENGTH:]
    is_whole = all(len(part) == UUID_LENGTH and part.count("-") == 4 for part in (service_id, secret))
    return NotifyKey(service_id, secret) if is_whole else None


@dataclass(frozen=True)
class NotifySender:
    """Hands each message to Notify. Its template holds ((body)), and for e-mail ((subject)), and no more."""

    channel: Channel
    key: NotifyKey
    template_id: str
    address: str = ADDRESS
    clock: Callable[[], float] = time.time

    def send(self, message: Outgoing) -> None:
        """Hand it over, unless Notify has it already. Raises: OSError, when it could not go."""
        if not self._has(message):
            self._ask("/v2/notifications/" + ("email" if self._is_email else "sms"), self._said(message))

    @property
    def _is_email(self) -> bool:
        return self.channel is Channel.EMAIL

    def _has(self, message: Outgoing) -> bool:
        found = self._ask("/v2/notifications?" + urlencode({"reference": str(message.id)}))
        return any(one.get("status") not in NOT_GOING for one in found.get("notifications", ()))

    def _said(self, message: Outgoing) -> dict[str, Any]:
        subject = {"subject": message.subject} if self._is_email else {}
        return {
            "email_address" if self._is_email else "phone_number": message.to,
            "template_id": self.template_id,
            "personalisation": {**subject, "body": message.body},
            "reference": str(message.id),
        }

    def _ask(self, path: str, said: dict[str, Any] | None = None) -> dict[str, Any]:
        content = json.dumps(said).encode() if said is not None else None
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        with urlopen(Request(self.address + path, data=content, headers=headers), timeout=TIMEOUT) as answer:  # noqa: S310
            try:
                found: dict[str, Any] = json.loads(answer.read())
            except ValueError as error:
                raise OSError("not an answer of Notify's") from error
        return found

    def _token(self) -> str:
        """A JSON web token (RFC 7519) that says which service asks, and when."""
        claims = {"iss": self.key.service_id, "iat": int(self.clock())}
        parts = [_encoded(json.dumps(one).encode()) for one in ({"typ": "JWT", "alg": "HS256"}, claims)]
        signed = ".".join(parts)
        mark = hmac.new(self.key.secret.encode(), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{_encoded(mark)}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
