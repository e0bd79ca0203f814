"""Ways in to a demonstration: for each role a name, a password and an authenticator's secret.

They come from the operating system's randomness, so no two demonstrations open with the same words. They
are printed, and kept in a file beside the database that only its owner may read.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from handrail.commands.demonstration.cast import Cast, Post, posts
from handrail.commands.demonstration.people import FIRST_HALVES, SECOND_HALVES
from handrail.domain.protocol import Programme
from handrail.domain.words import Role, SecondFactorKind
from handrail.records.accounts import sign_in

FILE = "accounts.txt"
WORDS_IN_PASSWORD = 3


@dataclass(frozen=True)
class SignIn:
    """One way in, for a member of staff."""

    role: Role
    name: str
    email: str
    password: str
    secret: str


class SignIns:
    """Makes ways in while the trial is played: hashing a password well takes a while, on purpose."""

    def __init__(self, programme: Programme) -> None:
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")
        self._made: list[tuple[Post, str, Future[str]]] = []
        for post in _one_of_each(programme):
            password = new_password()
            self._made.append((post, password, self._threads.submit(make_password, password)))

    def give(self, cast: Cast, *, at: datetime) -> tuple[SignIn, ...]:
        """Give each account its password and its authenticator."""
        accounts = dict(cast.posts)
        found = []
        for post, password, password_hash in self._made:
            secret = _give(accounts[post], password_hash.result(), at=at)
            found.append(SignIn(post.role, post.name, post.email, password, secret))
        self._threads.shutdown()
        return tuple(found)

    def drop(self) -> None:
        """Stop making them."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _one_of_each(programme: Programme) -> list[Post]:
    """The first account of each role."""
    first: dict[Role, Post] = {}
    for post in posts(programme):
        first.setdefault(post.role, post)
    return list(first.values())


def new_password() -> str:
    """Three made-up words and two digits, from the operating system's randomness: easy to type."""
    words = [secrets.choice(FIRST_HALVES) + secrets.choice(SECOND_HALVES) for _ in range(WORDS_IN_PASSWORD)]
    return "-".join([*map(str.lower, words), f"{secrets.randbelow(90) + 10}"])


def _give(account_id: UUID, password_hash: str, *, at: datetime) -> str:
    sign_in.keep_password(account_id, password_hash, at=at)
    secret = str(generate_totp_secret())
    TOTP.activate(get_user_model().objects.get(pk=account_id), secret)
    sign_in.second_factor_added(account_id, SecondFactorKind.TOTP, at=at)
    return secret


def as_text(ways_in: Sequence[SignIn], people: Sequence[tuple[str, str, str]]) -> str:
    """What is printed and kept. ``people`` are name, e-mail address and study number of a few who entered."""
    staff = [(way.role.sentence, way.email, way.password, way.secret) for way in ways_in]
    lines = [
        "Staff sign in with a password, and six digits from an authenticator app that is given the secret.",
        *_columns([("Role", "Sign in as", "Password", "Authenticator's secret"), *staff]),
        "",
        "People sign in with a one-time code: ask for one with the address or the study number. It appears",
        "on the console of the site, and in the outbox folder.",
        *_columns([("Name", "Address", "Study number"), *people]),
    ]
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
