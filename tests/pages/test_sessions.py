"""Sessions end: idle, open too long, when the holder leaves, and when they sign out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Role
from handrail.records.accounts import actions
from handrail.web.shared import sessions
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def after(client: Client, path: str, waited: timedelta) -> object:
    with time_machine.travel(timezone.now() + waited, tick=False):
        return client.get(path)


@pytest.mark.parametrize(("waited", "status"), [(14 * MINUTE, 200), (16 * MINUTE, 302)])
def test_staff_are_signed_out_after_a_quarter_of_an_hour_idle(
    administrator: Staff, waited: timedelta, status: int
) -> None:
    client = door.let_in(administrator)
    assert after(client, "/accounts/", waited).status_code == status  # type: ignore[attr-defined]
    assert (door.who(client) is None) == (status == 302)


@pytest.mark.parametrize(("waited", "where"), [(9 * MINUTE, "/you/"), (11 * MINUTE, "/signed-out?why=idle")])
def test_a_person_is_signed_out_sooner(somebody: UUID, waited: timedelta, where: str) -> None:
    client = door.let_person_in(somebody)
    assert after(client, "/", waited).headers["Location"] == where  # type: ignore[attr-defined]


def test_nobody_stays_in_for_more_than_twelve_hours_however_busy(administrator: Staff) -> None:
    client, start, answers = door.let_in(administrator), timezone.now(), []
    for minutes in range(0, 12 * 60 + 20, 10):
        with time_machine.travel(start + minutes * MINUTE, tick=False):
            answers.append(client.get("/accounts/").status_code)
    assert answers.count(200) == len(answers) - 1
    assert answers[-1] == 302


def test_an_ended_session_is_told_so_whatever_was_asked_for(administrator: Staff) -> None:
    answers = [
        after(door.let_in(administrator), path, 20 * MINUTE).headers["Location"]  # type: ignore[attr-defined]
        for path in ("/accounts/", "/no-such-page", "/")
    ]
    assert answers == ["/signed-out?why=idle"] * 3
    assert b"nothing happened for a while" in Client().get(answers[0]).content


def test_a_form_sent_after_the_end_changes_nothing(administrator: Staff) -> None:
    client = door.let_in(administrator)
    with time_machine.travel(timezone.now() + 20 * MINUTE, tick=False):
        answer = client.post("/accounts/review", {"is_right": "on"})
    assert answer.headers["Location"] == "/signed-out?why=idle"
    from handrail.records.accounts import access

    assert access.last_review() is None


def test_a_leaver_is_nobody_at_the_next_request(administrator: Staff, researcher: Staff) -> None:
    client = door.let_in(researcher)
    assert client.get("/study/").status_code == 200
    actions.leave(researcher.id, timezone.now().date(), by=administrator.id, at=timezone.now())
    assert client.get("/study/").status_code == 404


def test_a_new_role_counts_from_the_next_request(administrator: Staff, researcher: Staff) -> None:
    from django.conf import settings

    client = door.let_in(researcher)
    actions.change(
        researcher.id,
        Role.DUTY_CLINICIAN,
        "team_1",
        under=settings.PROTOCOL.programme,
        by=administrator.id,
        at=timezone.now(),
    )
    assert [client.get("/study/").status_code, client.get("/duty/").status_code] == [404, 200]


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(administrator: Staff) -> None:
    client = door.let_in(administrator)
    kept = client.cookies["session"].value
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies["session"] = kept
    assert thief.get("/accounts/").status_code == 404


def test_a_visit_to_the_address_of_signing_out_does_not_sign_out(administrator: Staff) -> None:
    client = door.let_in(administrator)
    assert client.get("/sign-out").status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_sign_out_asks_for_the_mark_of_our_own_form(administrator: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = door.let_in(administrator).cookies
    assert strict.post("/sign-out").status_code == 403
    assert strict.get("/accounts/").status_code == 200


def test_a_session_key_that_we_did_not_make_is_not_taken_up(administrator: Staff) -> None:
    client = Client()
    client.cookies["session"] = "a" * 32
    client.post("/sign-in", {"login": administrator.email, "password": door.PASSWORD})
    client.post("/sign-in/second-step", {"code": door.code()})
    assert client.cookies["session"].value != "a" * 32
    assert door.who(client) == administrator.id


def test_seen_is_written_at_most_every_few_seconds(administrator: Staff) -> None:
    client = door.let_in(administrator)
    first = client.session[sessions.SEEN]
    client.get("/accounts/")
    assert client.session[sessions.SEEN] == first
    after(client, "/accounts/", timedelta(seconds=sessions.FRESH_FOR_SECONDS + 1))
    assert client.session[sessions.SEEN] > first


WORDS = "Monday was better than I thought it would be, <b>really</b>."


def test_words_sent_after_the_end_come_back_to_be_copied_and_are_not_saved(somebody: UUID) -> None:
    client = door.let_person_in(somebody)
    form = {"words": WORDS, "title": "short", "request_key": "k" * 36}
    with time_machine.travel(timezone.now() + 20 * MINUTE, tick=False):
        answer = client.post("/you/", form, headers={"Sec-Fetch-Site": "same-origin"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Monday was better than I thought it would be, &lt;b&gt;really&lt;/b&gt;." in page
    assert "short" not in page
    assert "k" * 36 not in page
    assert door.who(client) is None


@pytest.mark.parametrize("origin", ["cross-site", "none"])
def test_another_site_cannot_put_words_on_our_page(somebody: UUID, origin: str) -> None:
    client = door.let_person_in(somebody)
    with time_machine.travel(timezone.now() + 20 * MINUTE, tick=False):
        answer = client.post("/you/", {"words": WORDS}, headers={"Sec-Fetch-Site": origin})
    assert answer.status_code == 302
    assert b"Monday" not in answer.content
