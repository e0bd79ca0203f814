"""Who may have which account: one person, one account, one role (protocol: roles)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from handrail.domain.person import NAME_LENGTH, is_email
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import MASKED_ROLES, UNMASKED_BY_LOCK, Because, Role

# Roles that work where allocations are known.
UNMASKED_ROLES = frozenset(
    {Role.PEER_WORKER, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER, Role.DUTY_CLINICIAN, Role.STATISTICIAN}
)

# Roles that see the people of their own team alone. Without a team they would see every team's, or nobody's.
ONE_TEAM_ROLES = frozenset({Role.CRISIS_TEAM, Role.PEER_SUPERVISOR, Role.DUTY_CLINICIAN})


@dataclass(frozen=True)
class Appointment:
    """What an account is here to do, and for which team; most roles have none."""

    role: Role
    team_code: str = ""


@dataclass(frozen=True)
class Holder:
    """What is known of an account before it is changed."""

    role: Role
    is_active: bool
    has_known_arms: bool
    is_last_administrator: bool


def why_not_invite(
    email: str, name: str, post: Appointment, *, is_taken: bool, teams: frozenset[str]
) -> Reasons:
    """Reasons not to invite somebody to this post; ``is_taken``: the e-mail address has an account."""
    return (
        *only(
            (not is_email(email), Because.EMAIL_WRONG),
            (is_taken, Because.EMAIL_TAKEN),
            (not name.strip(), Because.NAME_MISSING),
            (not name.isprintable(), Because.TEXT_ODD),
            (len(name) > NAME_LENGTH, Reason(Because.TEXT_TOO_LONG, str(NAME_LENGTH))),
        ),
        *_why_not_post(post, teams=teams),
    )


def why_not_move(
    holder: Holder, post: Appointment, *, is_self: bool = False, teams: frozenset[str]
) -> Reasons:
    """Reasons not to give an account another role or team.

    Somebody who has worked where allocations are known never becomes masked again. Nobody appoints
    themselves: whoever keeps the accounts would otherwise be one form away from every record.
    """
    return (
        *only(
            (is_self and post.role is not holder.role, Because.NOT_YOUR_OWN_ROLE),
            (not holder.is_active, Because.ACCOUNT_HAS_LEFT),
            (
                holder.has_known_arms and post.role in MASKED_ROLES and post.role is not holder.role,
                Because.KNOWS_ARMS,
            ),
            (
                holder.is_last_administrator and post.role is not Role.ADMINISTRATOR,
                Because.LAST_ADMINISTRATOR,
            ),
        ),
        *_why_not_post(post, teams=teams),
    )


def works_unmasked(role: Role, *, is_locked: bool) -> bool:
    """Whether a role works where allocations are known; a few do from the first lock on."""
    return role in UNMASKED_ROLES or (is_locked and role in UNMASKED_BY_LOCK)


def sees_team(post: Appointment, team_code: str) -> bool:
    """Whether somebody in this post sees a team's people, where the role sees people at all.

    An account of one team sees that team. Without a team it sees every team, unless its role is for one
    team: then it sees nobody, however the account came to be so.
    """
    if post.team_code:
        return post.team_code == team_code
    return post.role not in ONE_TEAM_ROLES


def teams_without(role: Role, posts: Collection[Appointment], *, teams: Iterable[str]) -> tuple[str, ...]:
    """The teams for which nobody is in this role, in the order given."""
    covered = {post.team_code for post in posts if post.role is role}
    return tuple(team for team in teams if team not in covered)


def why_not_leave(holder: Holder) -> Reasons:
    """Reasons not to close an account."""
    return only(
        (not holder.is_active, Because.ACCOUNT_HAS_LEFT),
        (holder.is_last_administrator, Because.LAST_ADMINISTRATOR),
    )


def why_not_reset(holder: Holder, *, is_self: bool) -> Reasons:
    """Reasons not to take away an account's second factor; nobody does that for themselves."""
    return only((not holder.is_active, Because.ACCOUNT_HAS_LEFT), (is_self, Because.NOT_YOURSELF))


def _why_not_post(post: Appointment, *, teams: frozenset[str]) -> Reasons:
    return only(
        (post.role is Role.PERSON, Because.ROLE_NOT_FOR_STAFF),
        (post.role in ONE_TEAM_ROLES and not post.team_code, Because.TEAM_MISSING),
        (bool(post.team_code) and post.team_code not in teams, Reason(Because.TEAM_UNKNOWN, post.team_code)),
    )
