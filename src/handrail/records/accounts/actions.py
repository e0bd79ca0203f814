"""Invites, changes and closes staff accounts, and marks what this installation is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from handrail.domain.account import Appointment, why_not_invite, why_not_leave, why_not_move
from handrail.domain.dates import local_date
from handrail.domain.protocol import Programme
from handrail.domain.refusal import Conflict, insist, only
from handrail.domain.words import Because, Event, Role
from handrail.records.accounts import facts
from handrail.records.accounts.models import Account, Installation
from handrail.records.audit import actions as audit


@transaction.atomic
def install(*, is_synthetic: bool, protocol_hash: str, at: datetime, agent: str = "setup") -> None:
    """Mark this database as real or synthetic, once and for good. Raises: Refused."""
    insist(only((facts.installation() is not None, Because.INSTALLED_ALREADY)))
    Installation.objects.create(is_synthetic=is_synthetic, made_at=at, protocol_hash=protocol_hash)
    what = facts.what_is_told(is_synthetic=is_synthetic, protocol_hash=protocol_hash)
    audit.note(Event.SET_UP, about=None, by=None, agent=agent, at=at, detail=what)


@transaction.atomic
def set_clock(ahead: timedelta, *, at: datetime, agent: str) -> None:
    """Set a demonstration's clock ahead of the real one, or behind. Raises: Refused where people are real."""
    insist(only((not facts.is_synthetic(), Because.CLOCK_IS_REAL)))
    Installation.objects.filter(id=1).update(clock_ahead=ahead)
    audit.note(Event.CLOCK_SET, about=None, by=None, agent=agent, at=at)


@transaction.atomic
def invite(
    email: str,
    name: str,
    role: Role,
    team_code: str = "",
    *,
    under: Programme,
    by: UUID | None,
    at: datetime,
    agent: str = "",
) -> UUID:
    """Make an account without a password: its holder sets one. The first one is made by an ``agent``.

    Raises:
        Refused: when the post or the address cannot be.
        Conflict: when somebody took the address meanwhile.
    """
    teams = frozenset(team.code for team in under.teams)
    appointment = Appointment(role, team_code)
    insist(why_not_invite(email, name, appointment, is_taken=facts.has_account(email), teams=teams))
    account = Account(
        email=facts.normal_email(email),
        name=name.strip(),
        role=role.value,
        team_code=team_code,
        password=make_password(None),
        invited_on=local_date(at),
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("account") from error
    audit.note(Event.ACCOUNT_INVITED, about=account.id, by=by, agent=agent, at=at)
    return account.id


@transaction.atomic
def change(
    account_id: UUID, role: Role, team_code: str = "", *, under: Programme, by: UUID, at: datetime
) -> None:
    """Give an account another role or team, from its next request on. Raises: Refused, NotFound."""
    holder = facts.holder(account_id, lock=True)
    teams = frozenset(team.code for team in under.teams)
    insist(why_not_move(holder, Appointment(role, team_code), is_self=account_id == by, teams=teams))
    rows = Account.objects.filter(id=account_id)
    rows.update(role=role.value, team_code=team_code)
    if holder.has_known_arms:
        rows.filter(unmasked_on=None).update(unmasked_on=local_date(at))
    audit.note(Event.ACCOUNT_CHANGED, about=account_id, by=by, at=at)


@transaction.atomic
def leave(account_id: UUID, left_on: date, *, by: UUID, at: datetime) -> None:
    """Close an account: dead at its next request, but kept for the ledger. Raises: Refused, NotFound."""
    insist(why_not_leave(facts.holder(account_id, lock=True)))
    Account.objects.filter(id=account_id).update(is_active=False, left_on=left_on)
    audit.note(Event.ACCOUNT_LEFT, about=account_id, by=by, at=at)
