"""Ways in, for tests of pages: accounts with a password and an authenticator, and clients signed in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from handrail.domain.account import ONE_TEAM_ROLES
from handrail.domain.words import Role
from handrail.records.accounts import actions, facts, sign_in
from handrail.web.shared import sessions

PASSWORD = "four small blue boats"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MADE_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Staff:
    """One account, as its holder knows it."""

    id: UUID
    email: str
    role: Role


def code(*, steps: int = 0, secret: str = SECRET) -> str:
    """What an authenticator app shows now (RFC 6238, SHA-1, 30 seconds, 6 digits), or some steps on."""
    counter = int(timezone.now().timestamp()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def make_staff(role: Role, *, team_code: str = "", number: int = 1, has_app: bool = True) -> Staff:
    """An account of this role that its holder has taken up; of one team, the first one unless named."""
    programme = settings.PROTOCOL.programme
    team_code = team_code or (programme.teams[0].code if role in ONE_TEAM_ROLES else "")
    email = f"{role.value}.{number}@staff.example.org"
    account_id = actions.invite(
        email,
        f"{role.sentence} {number}",
        role,
        team_code,
        under=programme,
        by=None,
        agent="test",
        at=MADE_AT,
    )
    sign_in.keep_password(account_id, make_password(PASSWORD), at=MADE_AT)
    if has_app:
        from allauth.mfa.totp.internal.auth import TOTP

        TOTP.activate(get_user_model().objects.get(id=account_id), SECRET)
    return Staff(account_id, email, role)


def walk_in(staff: Staff, client: Client | None = None, *, steps: int = 0) -> Client:
    """A client that went through the pages: password, then a code from the app."""
    client = client or Client()
    client.post("/sign-in", {"login": staff.email, "password": PASSWORD})
    client.post("/sign-in/second-step", {"code": code(steps=steps)})
    return client


def let_in(staff: Staff) -> Client:
    """A client already signed in with both factors, without walking through the pages: for other tests."""
    client = Client()
    client.force_login(get_user_model().objects.get(id=staff.id), settings.AUTHENTICATION_BACKENDS[0])
    _set(client, {sessions.SECOND_FACTOR: True})
    return client


def let_person_in(person_id: UUID) -> Client:
    """A client signed in as a person, without walking through the pages: for other tests."""
    client = Client()
    _set(client, {sessions.PERSON: str(person_id)})
    return client


def _set(client: Client, values: dict[str, object]) -> None:
    session = client.session
    now = int(timezone.now().timestamp())
    session.update({sessions.BEGAN: now, sessions.SEEN: now, **values})
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def who(client: Client) -> UUID | None:
    """The account or person that this client's session belongs to, by the session alone."""
    session = client.session
    found = session.get("_auth_user_id") or session.get(sessions.PERSON)
    return UUID(str(found)) if found else None


def plain(content: bytes) -> bytes:
    """A page's bytes without the form mark, which differs each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def install() -> None:
    """Mark the database as a demonstration's, once."""
    if facts.installation() is None:
        actions.install(is_synthetic=True, protocol_hash=settings.PROTOCOL.file_hash, at=MADE_AT)
