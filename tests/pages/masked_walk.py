"""Everything that masked staff can reach, as bytes: every page, download and refusal.

One account of each masked role is walked, and of a role that has teams one account for each team.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from handrail.domain.words import MASKED_ROLES, Role
from handrail.web.shared.viewer import HOME
from tests.pages import door

CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)"')
# The way out; and behind the viewer's own sign-in settings lie secrets that are drawn for each answer.
OUT = ("/sign-out", "/security/")
VARYING = ("Date", "Set-Cookie")


@dataclass(frozen=True)
class Answer:
    """What one address answered one role: status, headers, body, and how many questions it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    query_count: int


Seen = dict[tuple[str, str], Answer]


class Questions:
    """Counts what is asked of the database. Django's own log is full before a walk of 441 ends."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *asked: Any) -> Any:
        """Let one statement, or one of many, through, and count it."""
        self.count += 1
        return execute(*asked)


def walk(sealed: list[str], *, has_all_teams: bool = True) -> Seen:
    """Every page that masked staff reach from their first page, and each one's answer at sealed addresses."""
    seen: Seen = {}
    for account in walkers(has_all_teams=has_all_teams):
        client, role = door.let_in(account), account.role
        _follow(client, account.email, reverse(HOME[role]), seen)
        for address in sealed:
            seen[account.email, address] = _answer(client, address)
    return seen


def walkers(*, has_all_teams: bool = True) -> tuple[door.Staff, ...]:
    """The masked accounts that see different things: by role, and by team where a role has teams.

    Without ``has_all_teams`` one team speaks for the others, to save time.
    """
    found: dict[tuple[str, str], door.Staff] = {}
    for row in get_user_model().objects.filter(role__in=MASKED_ROLES).order_by("email"):
        team = row.team_code if has_all_teams else ""
        found.setdefault((row.role, team), door.Staff(row.pk, row.email, Role(row.role)))
    missing = MASKED_ROLES - {account.role for account in found.values()}
    assert not missing, f"the world has no {missing}"
    return tuple(found.values())


def look(role: Role, address: str) -> Seen:
    """One page as one role sees it."""
    account = next(one for one in walkers() if one.role is role)
    return {(account.email, address): _answer(door.let_in(account), address)}


def _follow(client: Client, who: str, start: str, seen: Seen) -> None:
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        if (who, address) in seen or address.startswith(OUT):
            continue
        answer = seen[who, address] = _answer(client, address)
        if "text/html" in dict(answer.headers).get("Content-Type", ""):
            found = LINK.findall(answer.body.decode().replace("&amp;", "&"))
            waiting.extend(link for link in found if not link.startswith("/static"))


def _answer(client: Client, address: str) -> Answer:
    asked = Questions()
    with connection.execute_wrapper(asked):
        response: Any = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = sorted((name, value) for name, value in response.items() if name not in VARYING)
    return Answer(response.status_code, tuple(headers), CSRF.sub(b"", body), asked.count)


def differences(one: Seen, other: Seen) -> list[str]:
    """Where two walks differ, in words."""
    found = [f"{who} {address}: seen in one twin only" for who, address in one.keys() ^ other.keys()]
    for key in one.keys() & other.keys():
        if one[key] != other[key]:
            found.append(f"{key[0]} {key[1]}: differs")
    return sorted(found)
