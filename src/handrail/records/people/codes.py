"""One-time codes by which people sign in: kept as a keyed, salted hash; the same answer for every failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from handrail.domain import sign_in_code
from handrail.domain.chance import Pick
from handrail.domain.refusal import Reason, Refused, insist
from handrail.domain.words import Because, Event
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.encryption import NOBODYS_CODE, hash_code, is_hash_of
from handrail.records.people import facts
from handrail.records.people.models import SignInCode


@dataclass(frozen=True)
class CameIn:
    """Whose code was used, and whether that code opens the pages that tell what they are offered."""

    person_id: UUID
    opens_offer: bool


@transaction.atomic
def issue_code(person_id: UUID, *, pick: Pick, by: UUID, at: datetime) -> str:
    """A fresh code of eight digits; any earlier one of its kind is dead from now on. Shown once, never kept.

    Issued by the person themselves it is on its way to their contact, which somebody must have confirmed.
    Sent codes, and those that masked and unmasked staff give, neither count nor end one another: else
    masked staff would be told that a peer worker gave one.

    Raises:
        Refused: after too many codes in an hour from here, after a death, or for a contact not confirmed.
        NotFound: when there is no such person.
    """
    person = facts.person(person_id, lock=True)
    is_sent, given_by = by == person_id, accounts.role_of(by)
    is_known = person.is_contact_confirmed_unmasked
    opens = sign_in_code.opens_offer(given_by, is_sent=is_sent, is_confirmed_unmasked=is_known)
    codes = SignInCode.objects.filter(person_id=person_id)
    recent = codes.filter(issued_by=by, issued_at__gt=at - timedelta(hours=1)).count()
    may_arrive = not is_sent or person.contact_confirmed_by is not None
    has_died = person.died_on is not None
    insist(sign_in_code.why_not_issue(issued_this_hour=recent, has_died=has_died, may_arrive=may_arrive))
    given = codes.exclude(issued_by=person_id).filter(opens_offer=opens)
    alike = codes.filter(issued_by=person_id) if is_sent else given
    alike.filter(expires_at__gt=at).update(expires_at=at)
    code = sign_in_code.draw_code(pick)
    SignInCode.objects.create(
        person_id=person_id,
        code_hash=hash_code(code, salt=_salt(pick)),
        issued_at=at,
        issued_by=by,
        opens_offer=opens,
        expires_at=at + sign_in_code.LIFETIME,
    )
    audit.note(sign_in_code.issue_event(given_by), about=person_id, by=by, at=at)
    return code


def use_code(person_id: UUID | None, code: str, *, at: datetime) -> CameIn:
    """Sign a person in with a code; ``person_id`` is None when nobody was found by what they typed.

    The count of wrong tries is kept even though the answer is a refusal, so this is not one transaction
    around both: call it outside any other.

    Raises:
        Refused: always for the one same reason, whatever was wrong.
    """
    came_in = _try(person_id, code, at=at)
    if came_in is None:
        raise Refused((Reason(Because.CODE_WRONG),))
    return came_in


@transaction.atomic
def _try(person_id: UUID | None, code: str, *, at: datetime) -> CameIn | None:
    living = _living(person_id, at=at)
    tried = [row.code_hash for row in living] + [NOBODYS_CODE] * (sign_in_code.KINDS - len(living))
    right = [is_hash_of(code, kept) for kept in tried]
    row = next((row for row, is_right in zip(living, right, strict=False) if is_right), None)
    if row is None:
        SignInCode.objects.filter(id__in=[one.id for one in living]).update(wrong_count=F("wrong_count") + 1)
        audit.note(Event.SIGN_IN_FAILED, about=person_id, by=None, agent="sign-in", at=at)
        return None
    row.used_at = at
    row.save(update_fields=["used_at"])
    audit.note(Event.SIGNED_IN, about=person_id, by=person_id, at=at)
    return CameIn(row.person_id, row.opens_offer)


def _living(person_id: UUID | None, *, at: datetime) -> list[SignInCode]:
    """A person's living codes, at most one of each kind, held: a wrong try counts against every one."""
    if person_id is None:
        return []
    codes = SignInCode.objects.select_for_update().filter(person_id=person_id, expires_at__gt=at)
    return [
        row
        for row in codes.order_by("id")
        if sign_in_code.is_alive(
            expires_at=row.expires_at, used_at=row.used_at, wrong_count=row.wrong_count, at=at
        )
    ]


def _salt(pick: Pick) -> str:
    return "".join(pick("0123456789abcdef") for _ in range(32))
