"""A person's device: whose it is, how long a session lasts on it, and what it is told to keep and forget."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Role
from tests.later import ledger_lines, with_post, with_sessions
from tests.pages import door
from tests.pages.test_access import pages
from tests.river import River

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WIPED = '"cache", "storage"'


@pytest.fixture
def person(river: River) -> Client:
    return door.let_person_in(with_sessions(river).person_id)


def sent(**fields: object) -> dict[str, object]:
    return {"request_key": str(uuid4()), **fields}


def say_own(client: Client) -> None:
    assert client.post("/you/phone/whose", sent(whose="own")).status_code == 302


def keeping(client: Client) -> Client:
    say_own(client)
    client.post("/you/phone/plan", sent(keeps="yes"))
    return client


def meta(client: Client, path: str = "/you/") -> str | None:
    found = re.search(r'<meta name="keeps" content="([^"]*)">', client.get(path).content.decode())
    return found[1] if found else None


@pytest.mark.parametrize(
    ("whose", "waited", "is_in"),
    [("own", 19 * HOUR, True), ("own", 21 * HOUR, False), ("shared", HOUR / 2, False)],
)
def test_a_session_lasts_longer_on_a_device_that_is_ones_own(
    somebody: UUID, whose: str, waited: timedelta, is_in: bool
) -> None:
    client = door.let_person_in(somebody)
    client.post("/you/phone/whose", sent(whose=whose))
    with time_machine.travel(timezone.now() + waited, tick=False):
        assert (client.get("/you/choices").status_code == 302) != is_in


def test_the_answer_is_kept_on_the_device_and_nowhere_else(somebody: UUID) -> None:
    clients = [door.let_person_in(somebody) for _ in range(2)]
    say_own(clients[0])
    rows = [Session.objects.get(session_key=one.cookies["session"].value) for one in clients]
    assert set(rows[0].get_decoded()) == set(rows[1].get_decoded())
    cookie = clients[0].cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"] and str(somebody) not in cookie.value


def test_an_answer_that_we_did_not_sign_counts_for_nothing(person: Client) -> None:
    say_own(person)
    assert "Just me" in person.get("/you/phone").content.decode()
    person.cookies[settings.DEVICE_COOKIE_NAME] = "x" + person.cookies[settings.DEVICE_COOKIE_NAME].value
    assert "Just me" not in person.get("/you/phone").content.decode()


def test_a_copy_is_handed_out_only_where_it_was_asked_for(person: Client) -> None:
    assert person.get("/you/plan/copy").status_code == 404
    assert person.post("/you/phone/plan", sent(keeps="yes")).headers["Location"] == "/you/phone/whose"
    say_own(person)
    assert person.get("/you/plan/copy").status_code == 404
    keeping(person)
    person.post("/you/book/plan/people_to_ask", sent(who="Winnie", telephone="020 7946 0001", say="Hello"))
    copy = json.loads(person.get("/you/plan/copy").content)
    (section,) = copy["sections"]
    assert section["lines"][0]["text"] == "Winnie"
    assert {"label": "Telephone number", "text": "020 7946 0001", "dial": "02079460001"} in section["lines"][
        0
    ]["more"]
    assert copy["who"] == meta(person) and not copy["was_kept"]
    again = json.loads(person.get("/you/plan/copy").content)
    assert again["was_kept"] and again["revision"] == copy["revision"]
    person.post("/you/book/plan/people_to_ask", sent(who="Jo"))
    assert json.loads(person.get("/you/plan/copy").content)["revision"] != copy["revision"]


def test_whoever_signs_in_next_has_the_device_forget_the_one_before(river: River) -> None:
    keeper = keeping(door.let_person_in(with_sessions(river).person_id))
    other = door.let_person_in(with_post(river, first=40).person_id)
    other.cookies[settings.DEVICE_COOKIE_NAME] = keeper.cookies[settings.DEVICE_COOKIE_NAME].value
    answer = other.get("/you/")
    assert answer.headers["Clear-Site-Data"] == WIPED
    assert other.cookies[settings.DEVICE_COOKIE_NAME].value == "" and meta(other) == ""
    staff = door.let_in(door.make_staff(Role.RESEARCHER))
    staff.cookies[settings.DEVICE_COOKIE_NAME] = keeper.cookies[settings.DEVICE_COOKIE_NAME].value
    assert staff.get("/study/").headers["Clear-Site-Data"] == WIPED
    assert "Clear-Site-Data" not in keeper.get("/you/").headers


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/you/phone/whose", {"whose": "shared"}),
        ("/you/phone/plan", {"keeps": "no"}),
        ("/you/phone/forget", {}),
        ("/sign-out", {}),
    ],
)
def test_each_way_to_keep_nothing_tells_the_browser_so(
    person: Client, path: str, form: dict[str, str]
) -> None:
    keeping(person)
    assert person.post(path, sent(**form)).headers["Clear-Site-Data"] == WIPED


def test_after_signing_out_nobody_is_told_that_a_browser_threw_the_copy_away(person: Client) -> None:
    keeping(person)
    person.get("/you/plan/copy")
    said = person.cookies[settings.DEVICE_COOKIE_NAME].value
    person.post("/sign-out")
    assert person.cookies[settings.DEVICE_COOKIE_NAME].value not in ("", said)


@pytest.mark.parametrize(("word", "is_known"), [("out", True), ("forget", False)])
def test_a_session_left_offline_ends_as_soon_as_the_network_is_back(
    person: Client, word: str, is_known: bool
) -> None:
    keeping(person)
    key = person.cookies["session"].value
    person.cookies["away"] = word
    answer = person.get("/you/plan")
    assert answer.headers["Location"] == "/signed-out?why=out"
    assert answer.headers["Clear-Site-Data"] == WIPED and person.cookies["away"].value == ""
    assert bool(person.cookies[settings.DEVICE_COOKIE_NAME].value) == is_known
    assert not Session.objects.filter(session_key=key).exists()


def test_what_the_worker_keeps_is_public_and_the_same_for_everybody(person: Client) -> None:
    keeping(person)
    script = person.get("/worker.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.content == Client().get("/worker.js").content
    (shell,) = re.findall(r"const SHELL = (\[.*\]);", script.content.decode())
    for address in json.loads(shell):
        assert address == "/kept" or re.fullmatch(r"/static/[\w./-]+\?v=[0-9a-f]{10}", address), address
    assert person.get("/kept").content == Client().get("/kept").content
    assert "worker-src 'self'" in person.get("/kept").headers["Content-Security-Policy"]


def test_the_manifest_is_as_neutral_as_the_name(person: Client) -> None:
    from django.contrib.staticfiles import finders

    told = json.loads(Path(str(finders.find("handrail/site.webmanifest"))).read_text(encoding="utf-8"))
    assert {told["name"], told["short_name"]} == {settings.SERVICE_NAME} and told["start_url"] == "/"


def test_a_code_that_others_read_tells_nothing_of_a_copy(river: River) -> None:
    from handrail.web.shared import sessions

    client = keeping(door.let_person_in(with_sessions(river).person_id))
    session = client.session
    session[sessions.HIDES_OFFER] = True
    session.save()
    assert meta(client) is None and "plan" not in client.get("/you/phone").content.decode().lower()
    assert client.get("/you/plan/copy").status_code == 404


def test_the_button_to_leave_is_there_for_whoever_wants_it_and_signs_out_without_a_script(
    person: Client,
) -> None:
    assert b"Leave this page" not in person.get("/you/plan").content
    person.post("/you/phone/leave", sent(has_exit="yes"))
    assert b"Leave this page" in person.get("/you/plan").content
    answer = person.post("/leave")
    assert answer.headers["Clear-Site-Data"] == WIPED and door.who(person) is None
    page = answer.content.decode()
    assert f'content="0;url={settings.LEAVE_TO}"' in page and settings.SERVICE_NAME not in page
    assert person.get("/you/plan").status_code == 404


def test_rehearsing_shows_the_words_and_numbers_keeps_nothing_and_calls_nobody(person: Client) -> None:
    form = sent(who="Winnie", telephone="020 7946 0001", say="Can you come round?")
    person.post("/you/book/plan/people_to_ask", form)
    steps = ("find", "say", "numbers", "put-off")
    with ledger_lines() as lines:
        shown = [person.get(f"/you/plan/rehearse/{step}").content.decode() for step in steps]
    assert lines == [] and "Can you come round?" in shown[1] and "020 7946 0001" in shown[2]
    mains = [page.partition("<main")[2].partition("</main>")[0] for page in shown]
    assert not any("tel:" in main or "<form" in main for main in mains)
    assert person.get("/you/plan/rehearse/nothing").status_code == 404


GIVES_AWAY = re.compile(
    r"mental|crisis|psych|suicid|hospital|trial|study|peer|recovery|relapse|nhs|illness|ward|risk",
    re.IGNORECASE,
)


def test_no_title_of_a_persons_pages_says_what_they_are_about(person: Client) -> None:
    form = sent(what="Tea")
    person.post("/you/book/off_course/coping", form)
    paths = [route for route, _ in pages() if route.startswith("you/") and "<" not in route]
    paths += ["kept", "help", "signed-out", "code", "code/enter", "", "you/book/off_course/coping"]
    titles = {}
    for path in paths:
        found = re.search(r"<title>([^<]*)</title>", person.get(f"/{path}", follow=True).content.decode())
        titles[path] = found[1] if found else ""
    assert len(titles) > 20
    assert {path: title for path, title in titles.items() if GIVES_AWAY.search(title)} == {}
