"""Answers whoever asked at the door: a code for a person, a link to choose a password for staff.

Nobody is told whether they were known: the page kept what was asked for without looking, and this runs
afterwards. What it returns still has to be sent; a crash in between loses one code, and its holder asks
again. Reaches no sealed room.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.chance import Pick
from handrail.domain.identifiers import why_not_study_number
from handrail.domain.messages import Channel, way_to_reach
from handrail.domain.person import Contact
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.safe_contact import SafeContact
from handrail.domain.words import DoorRequest
from handrail.records.accounts import access, facts, sign_in
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import codes, requests, safe_contact
from handrail.records.people import facts as people


@dataclass(frozen=True)
class Letter:
    """One thing to send, in neutral words: it may show on a locked phone."""

    channel: Channel
    to: str
    subject: str
    text: str


def who(contact: str) -> UUID | None:
    """The person with this e-mail address, telephone number or study number; none where two share it."""
    if "@" in contact:
        return people.by_email(contact)
    if why_not_study_number(contact):
        return people.by_telephone(contact)
    try:
        return enrolment.by_study_number(contact).person_id
    except NotFound:
        return None


def answer_waiting(
    *, address: str, channels: Collection[Channel], pick: Pick, at: datetime
) -> tuple[Letter, ...]:
    """What to send to those who asked and are known; the others get nothing, and cannot tell.

    ``address`` is the site's own, for the link to choose a password. ``channels`` are those by which it can
    send: a code that cannot travel is not made, and so puts no other code out of use.
    """
    letters = []
    for request in requests.take(at=at):
        if request.kind is DoorRequest.CODE:
            letters += _code(request.contact, channels=channels, pick=pick, at=at)
        else:
            account_id = access.id_of(request.contact)
            letters += [invitation(account_id, address=address)] if account_id else []
    return tuple(letters)


def invitation(account_id: UUID, *, address: str) -> Letter:
    """A link by which staff choose a password, for the first time or again; it works once, for a day.

    Raises:
        NotFound: when there is no such active account.
    """
    account = facts.account(account_id)
    link = f"{address}/sign-in/new-password/{sign_in.password_key(account_id)}"
    text = (
        f"Hello {account.name},\n\nChoose your password for Handrail here, within a day:\n\n{link}\n\n"
        "After that you add a second way to show that it is you.\n"
        "If you did not expect this, do nothing: nothing changes.\n"
    )
    return Letter(Channel.EMAIL, account.email, "Choose your Handrail password", text)


def _code(contact: str, *, channels: Collection[Channel], pick: Pick, at: datetime) -> list[Letter]:
    person_id = who(contact)
    if person_id is None:
        return []
    kept, card = people.person(person_id).contact, safe_contact.card(person_id)
    way = _way(contact, kept, channels=channels, card=card)
    if way is None:
        return []
    try:
        code = codes.issue_code(person_id, pick=pick, by=person_id, at=at)
    except Refused:
        return []
    text = f"Your code is {code[:4]} {code[4:]}. It works once, for ten minutes."
    return [Letter(*way, "Your code", text)]


def _way(
    typed: str, kept: Contact, *, channels: Collection[Channel], card: SafeContact | None
) -> tuple[Channel, str] | None:
    """The way that was typed; for a study number, the e-mail address on record, or else the telephone.

    Neither where the person says that it is not safe.
    """
    if not why_not_study_number(typed):
        return way_to_reach(kept, channels=channels, card=card)
    asked = Channel.EMAIL if "@" in typed else Channel.TEXT
    return way_to_reach(kept, channels={asked} & set(channels), card=card)
