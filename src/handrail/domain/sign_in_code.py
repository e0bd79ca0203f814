"""The one-time code by which a person signs in (protocol: roles): short-lived, few tries, one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from handrail.domain.account import UNMASKED_ROLES
from handrail.domain.chance import Pick
from handrail.domain.refusal import Reasons, only
from handrail.domain.words import Because, Event, Role

DIGITS = 8
LIFETIME = timedelta(minutes=10)
TRIES = 5
CODES_AN_HOUR = 5  # of those sent, and of each member of staff: more codes are no way to more tries
KINDS = 3  # sent, given by masked staff, given by unmasked staff: one of each may be alive


def draw_code(pick: Pick) -> str:
    """Eight digits, each equally likely."""
    return "".join(pick("0123456789") for _ in range(DIGITS))


def why_not_issue(*, issued_this_hour: int, has_died: bool, may_arrive: bool = True) -> Reasons:
    """Reasons not to issue another code.

    ``may_arrive``: it is shown face to face, or goes to a contact that was confirmed with the person. A
    contact comes from whoever refers, who could have given a mailbox of their own.
    """
    return only(
        (has_died, Because.HAS_DIED),
        (not may_arrive, Because.CONTACT_NOT_CONFIRMED),
        (issued_this_hour >= CODES_AN_HOUR, Because.TOO_MANY_CODES),
    )


def opens_offer(given_by: Role | None, *, is_sent: bool, is_confirmed_unmasked: bool) -> bool:
    """Whether a code that is issued now opens the pages that tell what the person is offered.

    Masked staff read the codes that they give, and could come in with one as the person. One that is sent
    could lead to themselves: there it counts whether unmasked staff confirmed the contact, as they then were.
    """
    return is_confirmed_unmasked if is_sent else given_by in UNMASKED_ROLES


def issue_event(given_by: Role | None) -> Event:
    """The line that a code leaves: that a peer worker gave it tells what the person is offered."""
    return Event.CODE_GIVEN_BY_WORKER if given_by is Role.PEER_WORKER else Event.CODE_ISSUED


def is_alive(*, expires_at: datetime, used_at: datetime | None, wrong_count: int, at: datetime) -> bool:
    """Whether a code can still be used: in time, not used, and not guessed at too often."""
    return used_at is None and at < expires_at and wrong_count < TRIES
