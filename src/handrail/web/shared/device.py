"""What somebody said of the device in their hand: kept on that device alone, in a signed cookie.

No row says whose a phone is, or that it holds a plan: such a row would tell what its owner is offered. What
was said of an own device counts for the person who said it; whoever signs in after them is asked anew, and
the browser is told to forget the first one's things.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from handrail.records import encryption

SALT = "device"
LASTS_SECONDS = 365 * 24 * 60 * 60
LONGEST_MARK = 16
EVERYTHING = '"cache", "storage"'  # what a browser is told to forget


@dataclass(frozen=True)
class Device:
    """One device, as whoever is signed in on it described it. A device that nobody described is shared.

    ``keeps``: a copy of the plan is kept here. ``was_kept``: one was handed out since the last sign-out, so
    that a copy which is not there any more was thrown away by the browser. ``has_exit``: a button to leave.
    """

    owner: str = ""  # a keyed hash of whose own device it is; empty on a shared one
    is_known: bool = False
    keeps: bool = False
    was_kept: bool = False
    has_exit: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it was said to be the viewer's own."""
        return bool(self.owner)


def mark_of(person_id: UUID) -> str:
    """A short keyed hash that stands for one person on their device, and for nobody anywhere else."""
    return encryption.blind_index(f"device {person_id}")[:LONGEST_MARK]


def _said(request: HttpRequest) -> Device:
    try:
        told: dict[str, Any] = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LASTS_SECONDS
        )
        return Device(**told)
    except (signing.BadSignature, TypeError):
        return Device()


def device(request: HttpRequest, person_id: UUID) -> Device:
    """What this person, or somebody on a device that is shared, said of it; nothing said by another owner."""
    said = _said(request)
    return said if not said.owner or said.owner == mark_of(person_id) else Device()


def is_anothers(request: HttpRequest, person_id: UUID | None) -> bool:
    """Whether this is the own device of somebody else than this person; of anybody, for staff."""
    owner = _said(request).owner
    return bool(owner) and (person_id is None or owner != mark_of(person_id))


def remember(response: HttpResponse, said: Device) -> None:
    """Keep on the device what was said of it."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(asdict(said), salt=SALT),
        max_age=LASTS_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def has_left(request: HttpRequest, response: HttpResponse) -> None:
    """After signing out nothing is kept here any more, and nobody wonders where it went."""
    said = _said(request)
    if said.was_kept:
        remember(response, replace(said, was_kept=False))
    wipe(response)


def wipe(response: HttpResponse) -> None:
    """Have the browser forget every cache, database and worker of ours."""
    response["Clear-Site-Data"] = EVERYTHING


def forget(response: HttpResponse) -> None:
    """Have the browser forget all that, and what was said of the device too."""
    wipe(response)
    response.delete_cookie(settings.DEVICE_COOKIE_NAME)
