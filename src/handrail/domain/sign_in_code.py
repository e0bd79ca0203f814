"""The one-time code by which a person signs in (protocol: roles): short-lived, few tries, one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from handrail.domain.account import UNMASKED_ROLES
from handrail.domain.chance import Pick
from handrail.domain.refusal import Reasons, only
from handrail.domain.words import Because, Role

DIGITS = 8
LIFETIME = timedelta(minutes=10)
TRIES = 5
CODES_AN_HOUR = 5  # so that nobody gets more tries by asking for more codes


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


def shows_offer(given_by: Role | None, *, contact_by: Role | None = None) -> bool:
    """Whether a code opens the pages that tell what the person is offered.

    Masked staff read the codes that they give, and could come in with one as the person. None: it was sent
    to the person's contact; then whoever confirmed that contact counts, since it could lead to themselves.
    """
    return (contact_by if given_by is None else given_by) in UNMASKED_ROLES


def is_alive(*, expires_at: datetime, used_at: datetime | None, wrong_count: int, at: datetime) -> bool:
    """Whether a code can still be used: in time, not used, and not guessed at too often."""
    return used_at is None and at < expires_at and wrong_count < TRIES
