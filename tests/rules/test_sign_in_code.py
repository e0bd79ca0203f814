"""The one-time code: eight digits, ten minutes, five tries, five an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handrail.domain.account import UNMASKED_ROLES
from handrail.domain.sign_in_code import (
    DIGITS,
    LIFETIME,
    TRIES,
    draw_code,
    is_alive,
    issue_event,
    opens_offer,
    why_not_issue,
)
from handrail.domain.words import Because, Event, Role

AT = datetime(2014, 6, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_code_is_eight_digits_drawn_one_by_one() -> None:
    digits = iter("31415926")
    assert draw_code(lambda choices: next(digits)) == "31415926"
    assert DIGITS == 8


def test_a_code_dies_by_time_by_use_and_by_wrong_tries() -> None:
    expires_at = AT + LIFETIME
    assert timedelta(minutes=10) == LIFETIME

    def alive(after: timedelta, *, used_at: datetime | None = None, wrong_count: int = 0) -> bool:
        return is_alive(expires_at=expires_at, used_at=used_at, wrong_count=wrong_count, at=AT + after)

    assert [alive(LIFETIME - SECOND), alive(LIFETIME)] == [True, False]
    assert alive(SECOND, used_at=AT) is False
    assert [alive(SECOND, wrong_count=n) for n in (TRIES - 1, TRIES)] == [True, False]


def test_no_more_tries_are_got_by_asking_for_more_codes() -> None:
    assert why_not_issue(issued_this_hour=4, has_died=False) == ()
    assert [r.code for r in why_not_issue(issued_this_hour=5, has_died=False)] == [Because.TOO_MANY_CODES]
    assert [r.code for r in why_not_issue(issued_this_hour=0, has_died=True)] == [Because.HAS_DIED]


def test_a_code_is_not_sent_to_a_contact_that_nobody_has_confirmed() -> None:
    reasons = why_not_issue(issued_this_hour=0, has_died=False, may_arrive=False)
    assert [reason.code for reason in reasons] == [Because.CONTACT_NOT_CONFIRMED]


def test_a_code_that_masked_staff_have_read_does_not_open_what_the_person_is_offered() -> None:
    for is_confirmed in (True, False):
        opened = {
            role for role in Role if opens_offer(role, is_sent=False, is_confirmed_unmasked=is_confirmed)
        }
        assert opened == UNMASKED_ROLES


def test_a_code_sent_to_a_contact_counts_as_whoever_confirmed_that_contact() -> None:
    assert opens_offer(None, is_sent=True, is_confirmed_unmasked=True)
    assert not opens_offer(None, is_sent=True, is_confirmed_unmasked=False)


def test_no_line_that_masked_staff_may_read_tells_who_gave_a_code() -> None:
    assert {issue_event(role).wing for role in [*Role, None]} == {"sealed"}
    assert {role for role in Role if issue_event(role) is Event.CODE_GIVEN_BY_WORKER} == {Role.PEER_WORKER}
