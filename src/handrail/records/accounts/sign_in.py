"""What sign-in writes about staff accounts: who came and went, passwords, second factors, reviews of access.

The sign-in library checks passwords and factors; what Handrail must remember of it is written here, with
a ledger line for each act.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from handrail.domain.account import why_not_reset
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event, IdentityCheck, SecondFactorKind
from handrail.records.accounts import facts
from handrail.records.accounts.models import AccessReview, Account
from handrail.records.audit import actions as audit


@transaction.atomic
def signed_in(account_id: UUID, *, at: datetime) -> None:
    """Remember that an account came in, and when by the installation's clock.

    Django has just written the real moment; in a demonstration the clock stands at another day.
    """
    Account.objects.filter(id=account_id).update(last_login=at)
    audit.note(Event.SIGNED_IN, about=account_id, by=account_id, at=at)


@transaction.atomic
def sign_in_failed(email: str, *, at: datetime) -> None:
    """Remember a wrong password; for an address without an account too, with the same work."""
    found = Account.objects.filter(email=facts.normal_email(email)).values_list("id", flat=True).first()
    audit.note(Event.SIGN_IN_FAILED, about=found, by=None, agent="sign-in", at=at)


@transaction.atomic
def signed_out(account_id: UUID, *, at: datetime) -> None:
    """Remember that an account went."""
    audit.note(Event.SIGNED_OUT, about=account_id, by=account_id, at=at)


@transaction.atomic
def keep_password(account_id: UUID, password_hash: str, *, at: datetime) -> None:
    """Keep a password that its holder chose; every other session of the account dies with the old one."""
    Account.objects.filter(id=account_id).update(password=password_hash)
    audit.note(Event.PASSWORD_SET, about=account_id, by=account_id, at=at)


@transaction.atomic
def second_factor_added(account_id: UUID, kind: SecondFactorKind, *, at: datetime) -> None:
    """Remember that an account added a factor."""
    detail = {"kind": kind.value}
    audit.note(Event.SECOND_FACTOR_ADDED, about=account_id, by=account_id, at=at, detail=detail)


@transaction.atomic
def second_factor_removed(account_id: UUID, kind: SecondFactorKind, *, at: datetime) -> None:
    """Remember that an account took one of its factors away."""
    detail = {"kind": kind.value}
    audit.note(Event.SECOND_FACTOR_REMOVED, about=account_id, by=account_id, at=at, detail=detail)


@transaction.atomic
def reset_second_factor(account_id: UUID, *, checked: IdentityCheck, by: UUID, at: datetime) -> None:
    """Take away every factor, the password and every session of somebody who lost theirs.

    The password goes too, so that whoever may know it cannot add a factor of their own: the holder
    starts again from a fresh link.

    Raises:
        Refused: for an account that left, or one's own.
        NotFound: when there is no such account.
    """
    insist(why_not_reset(facts.holder(account_id, lock=True), is_self=account_id == by))
    Authenticator.objects.filter(user_id=account_id).delete()
    fresh = {"password": make_password(None), "sessions_from": at}
    Account.objects.filter(id=account_id).update(**fresh)
    detail = {"checked": checked.value}
    audit.note(Event.SECOND_FACTOR_RESET, about=account_id, by=by, at=at, detail=detail)


@transaction.atomic
def review_access(*, by: UUID, at: datetime) -> None:
    """Remember that an administrator went through the list of who has access."""
    active = Account.objects.filter(is_active=True).count()
    AccessReview.objects.create(reviewed_at=at, reviewed_by=by, account_count=active)
    audit.note(Event.ACCESS_REVIEWED, about=None, by=by, at=at, detail={"accounts": active})


def password_key(account_id: UUID) -> str:
    """What stands at the end of a link by which an active account chooses a password, once.

    Raises:
        NotFound: when there is no such active account.
    """
    row = Account.objects.filter(id=account_id, is_active=True).first()
    if row is None:
        raise NotFound("account")
    return f"{row.id}-{default_token_generator.make_token(row)}"
