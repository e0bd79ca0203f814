"""Who has access, and how it is guarded: for the administrator's list and its regular review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from handrail.domain.words import SecondFactorKind
from handrail.records.accounts import facts
from handrail.records.accounts.models import AccessReview, Account


@dataclass(frozen=True)
class Access:
    """One account with what guards it. ``has_password``: it was taken up by its holder."""

    account: facts.AccountFacts
    invited_on: date | None
    left_on: date | None
    last_in_at: datetime | None
    has_password: bool
    second_factors: tuple[SecondFactorKind, ...]


@dataclass(frozen=True)
class Review:
    """The last time an administrator went through the list."""

    reviewed_at: datetime
    reviewed_by: UUID
    account_count: int


def everyone() -> tuple[Access, ...]:
    """Every account, those who have left too, by name."""
    kinds = _second_factors()
    rows = {row.id: row for row in Account.objects.all()}
    return tuple(_access(account, rows[account.id], kinds) for account in facts.accounts())


def one(account_id: UUID) -> Access:
    """One account. Raises: NotFound."""
    account = facts.account(account_id)
    return _access(account, Account.objects.get(id=account_id), _second_factors(account_id))


def id_of(email: str) -> UUID | None:
    """The active account with this address, in any case."""
    rows = Account.objects.filter(email=facts.normal_email(email), is_active=True)
    return rows.values_list("id", flat=True).first()


def second_factor_kinds(account_id: UUID) -> frozenset[SecondFactorKind]:
    """What an account can show besides its password."""
    return frozenset(SecondFactorKind(kind) for kind in _second_factors(account_id).get(account_id, ()))


def has_second_factor(account_id: UUID) -> bool:
    """Whether an account has an authenticator app or a passkey; recovery codes alone do not count."""
    return bool(second_factor_kinds(account_id) - {SecondFactorKind.RECOVERY_CODES})


def last_review() -> Review | None:
    """The latest review of access, or none yet."""
    row = AccessReview.objects.order_by("-reviewed_at").first()
    return Review(row.reviewed_at, row.reviewed_by, row.account_count) if row else None


def _second_factors(account_id: UUID | None = None) -> dict[UUID, list[str]]:
    rows = Authenticator.objects.order_by("type", "id")
    rows = rows.filter(user_id=account_id) if account_id else rows
    found: dict[UUID, list[str]] = {}
    for holder, kind in rows.values_list("user_id", "type"):
        kinds = found.setdefault(holder, [])
        if kind not in kinds:
            kinds.append(kind)
    return found


def _access(account: facts.AccountFacts, row: Account, kinds: dict[UUID, list[str]]) -> Access:
    return Access(
        account=account,
        invited_on=row.invited_on,
        left_on=row.left_on,
        last_in_at=row.last_login,
        has_password=row.has_usable_password(),
        second_factors=tuple(SecondFactorKind(kind) for kind in kinds.get(row.id, ())),
    )
