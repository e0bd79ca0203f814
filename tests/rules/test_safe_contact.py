"""The safe-contact card: which ways may be used, and what makes a card."""

from __future__ import annotations

from itertools import product

import pytest

from handrail.domain.messages import Channel, way_to_reach
from handrail.domain.person import Contact
from handrail.domain.refusal import Reason
from handrail.domain.safe_contact import WORDS_LENGTH, SafeContact, Way, may_use, why_not_keep
from handrail.domain.words import Because

BOTH = Contact("sam@example.org", "07700 900123")
CARDS = [None, *(SafeContact(frozenset(w for w, is_in in zip(Way, row, strict=True) if is_in))
                 for row in product((False, True), repeat=4))]  # fmt: skip
CONTACTS = [
    BOTH,
    Contact("sam@example.org", ""),
    Contact("", "07700 900123"),
    Contact("", "", "1 High Street"),
]


def test_a_message_never_takes_a_way_that_the_card_does_not_call_safe() -> None:
    cases = list(product(CARDS, CONTACTS))
    assert len(cases) > 50
    for card, contact in cases:
        way = way_to_reach(contact, channels=list(Channel), card=card)
        open_to = {Channel.EMAIL: contact.email, Channel.TEXT: contact.telephone}
        safe = [one for one in Channel if open_to[one] and (card is None or Way(one.value) in card.ways)]
        assert way == ((safe[0], open_to[safe[0]]) if safe else None)


def test_without_a_card_every_way_on_record_is_used_as_before() -> None:
    assert all(may_use(None, way) for way in Way)
    assert not any(may_use(SafeContact(), way) for way in Way)
    assert way_to_reach(BOTH, channels=[Channel.TEXT], card=None) == (Channel.TEXT, "07700 900123")


CALLS = SafeContact(frozenset({Way.TELEPHONE}), may_leave_voicemail=True)


@pytest.mark.parametrize(
    ("card", "reasons"),
    [
        (CALLS, ()),
        (SafeContact(), ()),
        (SafeContact(not_to="My brother\nor his wife"), ()),
        (SafeContact(may_leave_voicemail=True), (Reason(Because.VOICEMAIL_WITHOUT_CALLS),)),
        (SafeContact(needs="a" * (WORDS_LENGTH + 1)), (Reason(Because.TEXT_TOO_LONG, str(WORDS_LENGTH)),)),
        (SafeContact(safe_times="\x00"), (Reason(Because.TEXT_ODD),)),
    ],
)
def test_a_card_needs_calls_for_voicemail_and_plain_words_and_may_name_no_way(
    card: SafeContact, reasons: tuple[Reason, ...]
) -> None:
    assert why_not_keep(card) == reasons
