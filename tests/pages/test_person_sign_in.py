"""People get in with a one-time code, never a link; nothing at the door tells who is known."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import DoorRequest, Event
from handrail.exchange.messages import FolderSender
from handrail.journey import admit
from handrail.records.audit.models import Line
from handrail.records.people import actions, codes, requests
from handrail.records.people.models import SignInRequest
from handrail.web.shared import clock, letters
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(tmp_path: Path, settings: object) -> Path:
    """Where letters go in this test."""
    sender = FolderSender(tmp_path)
    settings.SENDERS = {"email": sender, "text": sender}  # type: ignore[attr-defined]
    return tmp_path


def written(outbox: Path) -> list[str]:
    return [path.read_text() for path in sorted(outbox.glob("*.txt"))]


def code_in(text: str) -> str:
    found = re.search(r"Your code is (\d{4} \d{4})", text)
    assert found
    return found[1]


@pytest.mark.parametrize("contact", ["sam.ashworth@EXAMPLE.org", "07700 900123", "+447700900123"])
def test_a_person_asks_for_a_code_and_signs_in(somebody: UUID, outbox: Path, contact: str) -> None:
    client = Client()
    assert client.post("/code", {"contact": contact}).headers["Location"] == "/code/enter"
    assert letters.answer() == 1
    answer = client.post("/code/enter", {"code": code_in(written(outbox)[0])}, follow=True)
    assert answer.redirect_chain[-1][0] == "/you/phone/whose"
    assert door.who(client) == somebody
    assert list(Line.objects.filter(event=Event.SIGNED_IN).values_list("about", flat=True)) == [somebody]


def test_what_is_sent_is_neutral_and_holds_no_link(somebody: UUID, outbox: Path) -> None:
    Client().post("/code", {"contact": "sam.ashworth@example.org"})
    letters.answer()
    (text,) = written(outbox)
    assert "Subject: Your code" in text
    assert "http" not in text
    giveaways = ("mental", "crisis", "hospital", "trial", "peer", "recovery", "nhs", "handrail", "workbook")
    assert not [word for word in giveaways if word in text.lower()]


def test_in_a_demonstration_the_code_appears_in_the_console(
    somebody: UUID, outbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Client().post("/code", {"contact": "07700900123"})
    letters.answer()
    assert "Your code is" in capsys.readouterr().err


def test_a_code_given_face_to_face_works_with_the_study_number_or_any_contact(
    somebody: UUID, administrator: Staff
) -> None:
    code = codes.issue_code(somebody, pick=secrets.choice, by=administrator.id, at=clock.now())
    client = Client()
    page = client.get("/code/enter").content
    assert b"study number" in page
    client.post("/code/enter", {"contact": "07700 900123", "code": code})
    assert door.who(client) == somebody


def test_asking_looks_nobody_up_so_known_and_unknown_are_alike(somebody: UUID) -> None:
    seen = []
    for contact in ("sam.ashworth@example.org", "nobody.at.all@example.org"):
        client = Client()
        cache.clear()  # the limit on one address counts both
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/code", {"contact": contact})
        statements = [re.sub(r"'[^']*'|x'[0-9a-f]*'|\d+", "?", query["sql"]) for query in queries]
        page = client.get("/code/enter")
        seen.append((answer.status_code, answer.headers["Location"], statements, _without_keys(page.content)))
    assert seen[0] == seen[1]
    assert any("signinrequest" in statement for statement in seen[0][2])
    assert not any("people_person" in statement for statement in seen[0][2])


def test_a_wrong_code_and_an_unknown_contact_get_the_same_answer(
    somebody: UUID, administrator: Staff
) -> None:
    codes.issue_code(somebody, pick=secrets.choice, by=administrator.id, at=clock.now())
    pages = []
    for contact in ("sam.ashworth@example.org", "nobody.at.all@example.org"):
        answer = Client().post("/code/enter", {"contact": contact, "code": "0000 0000"})
        pages.append(_without_keys(answer.content.replace(contact.encode(), b"")))
    assert pages[0] == pages[1]
    assert b"That code did not work" in pages[0]


def _without_keys(content: bytes) -> bytes:
    return re.sub(rb'name="request_key" value="[^"]+"', b"", door.plain(content))


def test_what_was_typed_is_neither_in_the_address_nor_readable_in_the_session(somebody: UUID) -> None:
    client = Client()
    answer = client.post("/code", {"contact": "sam.ashworth@example.org"})
    assert "sam" not in answer.headers["Location"].lower()
    assert "sam.ashworth" not in str(dict(client.session)).lower()
    row = SignInRequest.objects.get()
    assert row.contact == "sam.ashworth@example.org"
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM people_signinrequest")
        assert b"ashworth" not in bytes(cursor.fetchone()[0])


def test_a_request_is_answered_once_and_its_contact_wiped(somebody: UUID, outbox: Path) -> None:
    Client().post("/code", {"contact": "sam.ashworth@example.org"})
    assert [letters.answer(), letters.answer()] == [1, 0]
    assert SignInRequest.objects.get().contact == ""


def test_somebody_unknown_gets_nothing(site: None, outbox: Path) -> None:
    Client().post("/code", {"contact": "nobody.at.all@example.org"})
    assert letters.answer() == 0
    assert written(outbox) == []


@pytest.mark.parametrize("contact", ["pat@example.org", "07700 900456", "8M3QK"])
def test_no_code_is_sent_to_a_contact_until_it_is_confirmed_with_the_person(
    administrator: Staff, outbox: Path, contact: str
) -> None:
    from handrail.domain.identifiers import study_number
    from handrail.domain.person import Contact
    from handrail.records.enrolment import actions as enrolment
    from tests import synthetic

    where = Contact(email="pat@example.org", telephone="07700 900456")
    who = actions.register(synthetic.person(2, contact=where), by=administrator.id, at=door.MADE_AT)
    number = study_number("8M3QK")
    enrolment.register(who, study_number=number, team_code="team_1", by=administrator.id, at=clock.now())
    typed = number if contact == "8M3QK" else contact
    requests.ask(DoorRequest.CODE, typed, at=clock.now())
    assert letters.answer() == 0
    assert written(outbox) == []
    actions.change_contact(who, where, by=administrator.id, at=clock.now())
    requests.ask(DoorRequest.CODE, typed, at=clock.now())
    assert letters.answer() == 1


def test_a_study_number_leads_to_the_address_on_record(
    somebody: UUID, administrator: Staff, outbox: Path
) -> None:
    from handrail.domain.identifiers import study_number
    from handrail.records.enrolment import actions as enrolment

    number = study_number("7K2M9")
    enrolment.register(somebody, study_number=number, team_code="team_1", by=administrator.id, at=clock.now())
    requests.ask(DoorRequest.CODE, number.lower(), at=clock.now())
    letters.answer()
    assert "To: Sam.Ashworth@example.org" in written(outbox)[0]
    assert admit.who(number) == somebody


def test_too_many_tries_close_the_door_for_a_while(somebody: UUID) -> None:
    answers = [
        Client().post("/code/enter", {"contact": "sam.ashworth@example.org", "code": "0000 0000"})
        for _ in range(11)
    ]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert b"Please wait a little" in answers[-1].content
    assert b"116 123" in answers[-1].content


def test_a_person_who_died_cannot_sign_in_and_an_open_session_ends(
    somebody: UUID, administrator: Staff
) -> None:
    client = door.let_person_in(somebody)
    assert client.get("/").headers["Location"] == "/you/"
    today = timezone.now().date()
    actions.record_death(somebody, today, by=administrator.id, at=timezone.now())
    assert client.get("/").status_code == 200  # the door, as for a stranger
    assert door.who(client) is None


def test_signing_in_as_a_person_ends_a_staff_session_in_the_same_browser(
    somebody: UUID, administrator: Staff
) -> None:
    client = door.let_in(administrator)
    code = codes.issue_code(somebody, pick=secrets.choice, by=administrator.id, at=clock.now())
    client.post("/code/enter", {"contact": "07700 900123", "code": code})
    assert client.get("/accounts/").status_code == 404
    assert client.get("/").headers["Location"] == "/you/"


def test_a_session_that_claims_a_person_and_an_account_is_nobodys(
    somebody: UUID, administrator: Staff
) -> None:
    client = door.let_in(administrator)
    session = client.session
    session["person_id"] = str(somebody)
    session.save()
    assert client.get("/you/").status_code == 404
    assert client.get("/accounts/").status_code == 404


def test_a_link_to_choose_a_password_goes_to_staff_who_ask(administrator: Staff, outbox: Path) -> None:
    Client().post("/sign-in/new-password", {"email": administrator.email.upper()})
    Client().post("/sign-in/new-password", {"email": "nobody@staff.example.org"})
    assert letters.answer() == 1
    (text,) = written(outbox)
    assert f"To: {administrator.email}" in text
    assert f"{settings.ADDRESS}/sign-in/new-password/{administrator.id}-" in text


def test_a_people_s_contact_gets_no_password_link(somebody: UUID, outbox: Path) -> None:
    Client().post("/sign-in/new-password", {"email": "sam.ashworth@example.org"})
    assert letters.answer() == 0


def test_a_study_number_that_nobody_has_is_nobody_s(site: None) -> None:
    from handrail.domain.identifiers import study_number

    assert admit.who(study_number("7K2M9")) is None


@pytest.mark.parametrize(("ways", "count"), [({Way.TEXT, Way.POST}, 0), ({Way.EMAIL}, 1)])
def test_no_code_goes_by_a_way_that_the_person_does_not_call_safe(
    somebody: UUID, outbox: Path, ways: set[Way], count: int
) -> None:
    actions.keep_safe_contact(somebody, SafeContact(frozenset(ways)), by=somebody, at=door.MADE_AT)
    Client().post("/code", {"contact": "sam.ashworth@example.org"})
    assert letters.answer() == count
    assert len(written(outbox)) == count


def test_after_too_many_codes_nothing_more_is_sent(
    somebody: UUID, administrator: Staff, outbox: Path
) -> None:
    for _ in range(5):
        codes.issue_code(somebody, pick=secrets.choice, by=somebody, at=clock.now())
    requests.ask(DoorRequest.CODE, "sam.ashworth@example.org", at=clock.now())
    assert letters.answer() == 0


def test_a_request_that_waited_too_long_is_dropped(somebody: UUID, outbox: Path) -> None:
    requests.ask(DoorRequest.CODE, "sam.ashworth@example.org", at=clock.now() - 2 * requests.STALE)
    assert letters.answer() == 0
    assert SignInRequest.objects.get().answered_at is not None
