"""Everything that masked staff can reach, as bytes: every page, download and refusal of every masked role."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.domain.words import MASKED_ROLES, Role
from handrail.web.shared.viewer import HOME
from tests.pages import door

CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)"')
OUT = ("/sign-out", "/security")  # the way out, and the viewer's own sign-in settings
VARYING = ("Date", "Set-Cookie")


@dataclass(frozen=True)
class Answer:
    """What one address answered one role: status, headers, body, and how many questions it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    query_count: int


Seen = dict[tuple[str, str], Answer]


def walk(sealed: list[str]) -> Seen:
    """Every page that each masked role reaches from its first page, and its answer at each sealed address."""
    seen: Seen = {}
    for role in sorted(MASKED_ROLES):
        client = _let_in(role)
        _follow(client, role, reverse(HOME[role]), seen)
        for address in sealed:
            seen[role.value, address] = _answer(client, address)
    return seen


def look(role: Role, address: str) -> Seen:
    """One page as one role sees it."""
    return {(role.value, address): _answer(_let_in(role), address)}


def _let_in(role: Role) -> Client:
    account = get_user_model().objects.filter(role=role.value).order_by("email").first()
    assert account is not None, f"the world has no {role}"
    return door.let_in(door.Staff(account.pk, account.email, role))


def _follow(client: Client, role: Role, start: str, seen: Seen) -> None:
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        if (role.value, address) in seen or address.startswith(OUT):
            continue
        answer = seen[role.value, address] = _answer(client, address)
        if "text/html" in dict(answer.headers).get("Content-Type", ""):
            found = LINK.findall(answer.body.decode().replace("&amp;", "&"))
            waiting.extend(link for link in found if not link.startswith("/static"))


def _answer(client: Client, address: str) -> Answer:
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sorted((name, value) for name, value in response.items() if name not in VARYING)
    return Answer(response.status_code, tuple(headers), CSRF.sub(b"", body), len(asked))


def differences(one: Seen, other: Seen) -> list[str]:
    """Where two walks differ, in words."""
    found = [f"{role} {address}: seen in one twin only" for role, address in one.keys() ^ other.keys()]
    for key in one.keys() & other.keys():
        if one[key] != other[key]:
            found.append(f"{key[0]} {key[1]}: differs")
    return sorted(found)
