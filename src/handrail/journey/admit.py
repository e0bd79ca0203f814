"""Answers whoever asked at the door: a code for a person, a link to choose a password for staff.

Nobody is told whether they were known: the page kept what was asked for without looking, and this runs
afterwards. What it returns still has to be sent; a crash in between loses one code, and its holder asks
again. Reaches no sealed room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.chance import Pick
from handrail.domain.identifiers import why_not_study_number
from handrail.domain.messages import Channel
from handrail.domain.person import Contact
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import DoorRequest
from handrail.records.accounts import access, facts, sign_in
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import codes, requests
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


def answer_waiting(*, address: str, pick: Pick, at: datetime) -> tuple[Letter, ...]:
    """What to send to those who asked and are known; the others get nothing, and cannot tell.

    ``address`` is the site's own, for the link to choose a password.
    """
    letters = []
    for request in requests.take(at=at):
        if request.kind is DoorRequest.CODE:
            letters += _code(request.contact, pick=pick, at=at)
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


def _code(contact: str, *, pick: Pick, at: datetime) -> list[Letter]:
    person_id = who(contact)
    if person_id is None:
        return []
    try:
        code = codes.issue_code(person_id, pick=pick, by=person_id, at=at)
    except Refused:
        return []
    channel, to = _way(contact, people.person(person_id).contact)
    text = f"Your code is {code[:4]} {code[4:]}. It works once, for ten minutes."
    return [Letter(channel, to, "Your code", text)] if to else []


def _way(typed: str, kept: Contact) -> tuple[Channel, str]:
    """The way that was typed; for a study number, the e-mail address on record, or else the telephone."""
    is_study_number = not why_not_study_number(typed)
    if "@" in typed or (is_study_number and kept.email):
        return Channel.EMAIL, kept.email
    return Channel.TEXT, kept.telephone
