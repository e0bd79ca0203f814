"""One-time codes by which people sign in: kept as a keyed, salted hash; the same answer for every failure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.domain import sign_in_code
from handrail.domain.chance import Pick
from handrail.domain.refusal import Reason, Refused, insist
from handrail.domain.words import Because, Event
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.encryption import keys
from handrail.records.people import facts
from handrail.records.people.models import SignInCode

NOBODYS = "00" * 16 + "$" + "0" * 64  # compared with when there is no code, so that it takes as long


@transaction.atomic
def issue_code(person_id: UUID, *, pick: Pick, by: UUID, at: datetime) -> str:
    """A fresh code of eight digits; any earlier one is dead from now on. Shown once, never kept.

    Issued by the person themselves it is on its way to their contact, which somebody must have confirmed.

    Raises:
        Refused: after too many codes in an hour, after a death, or for a contact not confirmed.
        NotFound: when there is no such person.
    """
    person = facts.person(person_id, lock=True)
    codes = SignInCode.objects.filter(person_id=person_id)
    recent = codes.filter(issued_at__gt=at - timedelta(hours=1)).count()
    may_arrive = by != person_id or person.contact_confirmed_by is not None
    has_died = person.died_on is not None
    insist(sign_in_code.why_not_issue(issued_this_hour=recent, has_died=has_died, may_arrive=may_arrive))
    codes.filter(expires_at__gt=at).update(expires_at=at)
    code = sign_in_code.draw_code(pick)
    SignInCode.objects.create(
        person_id=person_id,
        code_hash=_hash(code, salt=_salt(pick)),
        issued_at=at,
        issued_by=by,
        expires_at=at + sign_in_code.LIFETIME,
    )
    audit.note(Event.CODE_ISSUED, about=person_id, by=by, at=at)
    return code


def use_code(person_id: UUID | None, code: str, *, at: datetime) -> UUID:
    """Sign a person in with a code; ``person_id`` is None when nobody was found by what they typed.

    The count of wrong tries is kept even though the answer is a refusal, so this is not one transaction
    around both: call it outside any other.

    Raises:
        Refused: always for the one same reason, whatever was wrong.
    """
    signed_in = _try(person_id, code, at=at)
    if signed_in is None:
        raise Refused((Reason(Because.CODE_WRONG),))
    return signed_in


def shows_offer(person_id: UUID) -> bool:
    """Whether the code that a person used last opens the pages that tell what they are offered."""
    used = SignInCode.objects.filter(person_id=person_id, used_at__isnull=False).order_by("-used_at")
    given_by = used.values_list("issued_by", flat=True).first()
    if given_by is None:
        return False
    if given_by != person_id:
        return sign_in_code.shows_offer(accounts.account(given_by).role)
    confirmed_by = facts.person(person_id).contact_confirmed_by
    contact_by = accounts.role_of(confirmed_by) if confirmed_by else None
    return sign_in_code.shows_offer(None, contact_by=contact_by)


@transaction.atomic
def _try(person_id: UUID | None, code: str, *, at: datetime) -> UUID | None:
    codes = SignInCode.objects.select_for_update().order_by("-issued_at")
    row = codes.filter(person_id=person_id).first() if person_id else None
    kept = row.code_hash if row else NOBODYS
    is_right = hmac.compare_digest(kept, _hash("".join(code.split()), salt=kept.partition("$")[0]))
    alive = row is not None and sign_in_code.is_alive(
        expires_at=row.expires_at, used_at=row.used_at, wrong_count=row.wrong_count, at=at
    )
    if row is None or not alive or not is_right:
        _count_wrong(row)
        audit.note(Event.SIGN_IN_FAILED, about=person_id, by=None, agent="sign-in", at=at)
        return None
    row.used_at = at
    row.save(update_fields=["used_at"])
    audit.note(Event.SIGNED_IN, about=person_id, by=person_id, at=at)
    return person_id


def _count_wrong(row: SignInCode | None) -> None:
    if row is not None and row.wrong_count < sign_in_code.TRIES:
        row.wrong_count += 1
        row.save(update_fields=["wrong_count"])


def _salt(pick: Pick) -> str:
    return "".join(pick("0123456789abcdef") for _ in range(32))


def _hash(code: str, *, salt: str) -> str:
    text = f"one-time code {salt} {code}".encode()
    return f"{salt}${hmac.new(keys().index, text, hashlib.sha256).hexdigest()}"
