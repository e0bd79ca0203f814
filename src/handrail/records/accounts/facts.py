"""What is known of staff accounts, and of this installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handrail.domain.account import Holder, works_unmasked
from handrail.domain.refusal import NotFound
from handrail.domain.words import Event, Role
from handrail.records.accounts.models import Account, Installation
from handrail.records.audit import facts as audit
from handrail.records.question import Question

_ROLE = Question(lambda account_id: Account.objects.filter(id=account_id).values_list("role"))
_SYNTHETIC = Installation.objects.filter(id=1, is_synthetic=True)
_IS_SYNTHETIC = Question(lambda: _SYNTHETIC.values_list("id"))
_CLOCK_AHEAD = Question(lambda: _SYNTHETIC.values_list("clock_ahead"))


@dataclass(frozen=True)
class AccountFacts:
    """One account as others may see it."""

    id: UUID
    name: str
    email: str
    role: Role
    team_code: str
    is_active: bool


@dataclass(frozen=True)
class InstallationFacts:
    """What this installation is."""

    is_synthetic: bool
    made_at: datetime
    protocol_hash: str


def account(account_id: UUID) -> AccountFacts:
    """One account. Raises: NotFound."""
    row = Account.objects.filter(id=account_id).first()
    if row is None:
        raise NotFound("account")
    return _facts(row)


def role_of(account_id: UUID) -> Role | None:
    """The role of an account, left or not; None where the id is no account's."""
    word = _ROLE.one(account_id)
    return Role(word) if word else None


def accounts(*, role: Role | None = None, is_active: bool | None = None) -> tuple[AccountFacts, ...]:
    """Accounts by name, of one role or all, active or all."""
    rows = Account.objects.order_by("name", "email")
    if role is not None:
        rows = rows.filter(role=role.value)
    if is_active is not None:
        rows = rows.filter(is_active=is_active)
    return tuple(_facts(row) for row in rows)


def has_account(email: str) -> bool:
    """Whether an e-mail address, in any case, has an account."""
    return Account.objects.filter(email=normal_email(email)).exists()


def holder(account_id: UUID, *, lock: bool = False) -> Holder:
    """What the rules ask of an account; ``lock`` holds it, and every administrator, to the end of the act.

    Raises:
        NotFound: when there is no such account.
    """
    rows = Account.objects.order_by("id")
    rows = rows.select_for_update() if lock else rows
    administrators = set(
        rows.filter(role=Role.ADMINISTRATOR.value, is_active=True).values_list("id", flat=True)
    )
    row = rows.filter(id=account_id).first()
    if row is None:
        raise NotFound("account")
    role = Role(row.role)
    is_unmasked = works_unmasked(role, is_locked=audit.has_happened(Event.LOCKED))
    return Holder(
        role=role,
        is_active=row.is_active,
        has_known_arms=bool(row.unmasked_on or (is_unmasked and row.last_login)),
        is_last_administrator=administrators == {account_id},
    )


def installation() -> InstallationFacts | None:
    """What this installation is, or None before it is set up."""
    row = Installation.objects.filter(id=1).first()
    return InstallationFacts(row.is_synthetic, row.made_at, row.protocol_hash) if row else None


def what_is_told(*, is_synthetic: bool, protocol_hash: str) -> dict[str, bool | str]:
    """What the ledger's line of an installation's making says of it."""
    return {"is_synthetic": is_synthetic, "protocol_hash": protocol_hash}


def is_as_made() -> bool:
    """Whether the installation is still what the ledger says was made, on the day that it says."""
    made, first = installation(), audit.earliest(Event.SET_UP)
    if made is None or first is None:
        return made is None and first is None
    said = what_is_told(is_synthetic=made.is_synthetic, protocol_hash=made.protocol_hash)
    return (first.at, first.detail) == (made.made_at, said)


def is_synthetic() -> bool:
    """Whether this database was marked synthetic when it was made. One not set up counts as real."""
    return _IS_SYNTHETIC.row() is not None


def clock_ahead() -> timedelta:
    """How far this installation's clock is from the real one: zero, but in a demonstration."""
    return demonstration_ahead() or timedelta(0)


def demonstration_ahead() -> timedelta | None:
    """How far a demonstration's clock is ahead; none in an installation that is none."""
    found: timedelta | None = _CLOCK_AHEAD.one()
    return found


def normal_email(email: str) -> str:
    """An e-mail address as it is kept: in lower case, so that one person has one account."""
    return email.strip().lower()


def _facts(row: Account) -> AccountFacts:
    return AccountFacts(row.id, row.name, row.email, Role(row.role), row.team_code, row.is_active)
