"""Sessions end: idle, open too long, when the holder leaves, and when they sign out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
import time_machine
from django.http import HttpResponse
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


def late(client: Client, path: str, form: Mapping[str, object]) -> HttpResponse:
    """What a form of our own gets that is sent when the session is over."""
    with time_machine.travel(timezone.now() + 20 * MINUTE, tick=False):
        return client.post(path, form, headers={"Sec-Fetch-Site": "same-origin"})  # type: ignore[return-value]


def given_back(answer: HttpResponse) -> list[tuple[str, str]]:
    """Each box of the page: its label, and what stands in it."""
    page = answer.content.decode()
    labels = [label.strip() for label in re.findall(r'<label [^>]*for="text-\d+"[^>]*>([^<]*)', page)]
    boxes = re.findall(r'<input [^>]*id="text-\d+"[^>]*>|<textarea [^>]*id="text-\d+"[^>]*>[^<]*', page)
    texts = [re.sub(r'(?s).* value="([^"]*)".*|<textarea[^>]*>', r"\1", box) for box in boxes]
    return [(unescape(label), unescape(text)) for label, text in zip(labels, texts, strict=True)]


def test_words_sent_after_the_end_come_back_to_be_copied_and_are_not_saved(somebody: UUID) -> None:
    client = door.let_person_in(somebody)
    answer = late(client, "/you/", {"words": WORDS, "title": "short", "request_key": "k" * 36})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Monday was better than I thought it would be, &lt;b&gt;really&lt;/b&gt;." in page
    assert given_back(answer) == [("What you wrote", WORDS), ("Title", "short")]
    assert "k" * 36 not in page
    assert door.who(client) is None


FIRST_MEETING = {
    "people_to_ask_1_who": ("People to ask 1: name or nickname", "Sam"),
    "people_to_ask_1_telephone": ("People to ask 1: telephone number", "07700 900123"),
    "people_to_ask_2_who": ("People to ask 2: name or nickname", "Jo"),
    "people_to_ask_2_telephone": ("People to ask 2: telephone number", "07700 900124"),
    "people_to_ask_3_who": ("People to ask 3: name or nickname", "My brother"),
    "people_to_ask_3_telephone": ("People to ask 3: telephone number", "07700 900125"),
    "on_my_own_1_what": ("On my own 1", "A walk"),
    "on_my_own_2_what": ("On my own 2", "Tea & toast"),
    "on_my_own_3_what": ("On my own 3", "Ring my sister’s “quiet” line and wait a while"),
    "next_step_1_what": ("Next step 1", "Ask for a key"),
    "when_to_call": ("When to call", "No sleep\nfor two nights"),
}


def test_every_box_of_a_first_meeting_comes_back_and_nothing_that_nobody_typed(somebody: UUID) -> None:
    typed = {name: text for name, (_, text) in FIRST_MEETING.items()}
    hidden = {"csrfmiddlewaretoken": "m" * 64, "request_key": str(uuid4()), "seen": "0123456789abcdef"}
    answer = late(door.let_person_in(somebody), "/you/plan/first", hidden | typed | {"blank": "  "})
    assert given_back(answer) == list(FIRST_MEETING.values())
    assert not any(text in answer.content.decode() for text in hidden.values())


def test_a_card_comes_back_with_what_was_picked(somebody: UUID) -> None:
    form = {"who": "Jo", "gives": ["They listen", "We have fun"], "is_unsure": "on", "sign_0": "Like me"}
    answer = late(door.let_person_in(somebody), "/you/book/people_places/people", form)
    picked = ("Gives", "They listen\nWe have fun")
    assert given_back(answer) == [("Who", "Jo"), picked, ("Sign 1", "Like me")]


NUMBERS = ("a63123f6-98df-404e-8573-7924873ab3eb", "ea9fd5a8c52b468eb8481fa922dd4dc0")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_button_pressed_after_the_end_gives_no_numbers_back(somebody: UUID, number: str) -> None:
    form = {"card": number, "is_from_book": "yes", "request_key": number, "link": number, "other": number}
    answer = late(door.let_person_in(somebody), "/you/plan/on_my_own/bring", form)
    assert answer.headers["Location"] == "/signed-out?why=idle"
    assert number not in answer.content.decode()


@pytest.mark.parametrize("name", ["password1", "oldpassword", "Password_again", "new_password", "credential"])
def test_a_password_is_never_given_back(somebody: UUID, name: str) -> None:
    answer = late(door.let_person_in(somebody), "/you/", {name: door.PASSWORD, "words": "Sun"})
    assert given_back(answer) == [("What you wrote", "Sun")]


def test_staff_get_long_texts_back_and_no_short_answers(administrator: Staff) -> None:
    form = {"name": "Sam", "reason": WORDS, "password1": WORDS, "more": WORDS + WORDS, "days": "3"}
    answer = late(door.let_in(administrator), "/accounts/review", form)
    assert given_back(answer) == [("What you wrote (1)", WORDS), ("What you wrote (2)", WORDS + WORDS)]
    assert [text for _, text in given_back(late(door.let_in(administrator), "/", {"a": WORDS}))] == [WORDS]


@pytest.mark.parametrize("origin", ["cross-site", "none"])
def test_another_site_cannot_put_words_on_our_page(somebody: UUID, origin: str) -> None:
    client = door.let_person_in(somebody)
    with time_machine.travel(timezone.now() + 20 * MINUTE, tick=False):
        answer = client.post("/you/", {"words": WORDS}, headers={"Sec-Fetch-Site": origin})
    assert answer.status_code == 302
    assert b"Monday" not in answer.content
