"""Check-ins: asked for, in the person's own words, seen by nobody else, and never a score."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Role
from handrail.records.accounts import actions as accounts
from handrail.records.workbook.models import CheckIn
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.pages.test_own_workbook import seen, sent
from tests.river import River

pytestmark = pytest.mark.django_db
HOME, BEFORE = "/you/check-in", "/you/check-in/before"
BREAK = "Take a break from check-ins"
NOBODY = "Nobody is watching"


@pytest.fixture
def person(river: River) -> Client:
    accounts.set_clock(river.at - timezone.now(), at=river.at, agent="test")
    client = door.let_person_in(with_sessions(river).person_id)
    client.post("/you/book/early_signs/stages", sent(name="Wobbly", looks="I go quiet", do="Ring Jo"))
    client.post("/you/book/early_signs/stages", sent(name="Steady", looks="I cook"))
    return client


def turn_on(client: Client, **more: object) -> None:
    form = {"rhythm": "weekly", "sign_0": "I stop cooking", "sign_1": "Late nights", **more}
    assert client.post(f"{HOME}/setting", sent(**form)).headers["Location"] == HOME


def test_nobody_checks_in_who_has_not_asked_for_it(person: Client) -> None:
    assert "Turn on check-ins" in seen(person, HOME) and BREAK not in seen(person, HOME)
    page = person.post(HOME, sent(well="Soup")).content.decode()
    assert not CheckIn.objects.exists() and "Turn on check-ins" in page


def test_a_check_in_asks_what_is_good_first_and_each_sign_in_its_writers_words(person: Client) -> None:
    turn_on(person)
    page = seen(person, HOME)
    asked = ["What has been good", "I stop cooking", "Late nights", "Is there more you want to say?"]
    places = [page.index(text) for text in asked]
    assert places == sorted(places) and page.count("Same as usual") == 2
    assert page.index(NOBODY) < places[0] and BREAK in page
    with ledger_lines() as lines:
        done = person.post(HOME, sent(well="The allotment", sign_0="a_lot", words="Jo rang"), follow=True)
    assert [line.event for line in lines] == ["checked_in"]
    assert NOBODY in done.content.decode() and BREAK in done.content.decode()
    before = seen(person, BEFORE)
    assert all(one in before for one in ("The allotment", "I stop cooking: A lot", "Jo rang"))
    assert "Late nights" not in before
    row = CheckIn.objects.get()
    assert b"allotment" not in bytes(row.words) and b"a_lot" not in bytes(row.words)


def test_every_stage_of_their_own_stands_there_afterwards_whatever_was_said(person: Client) -> None:
    turn_on(person)
    person.get(HOME)  # where it is said that they are on
    pages = []
    for form in ({"sign_0": "same"}, {"sign_0": "a_lot", "sign_1": "a_lot", "words": "I want to die"}, {}):
        answer = person.post(HOME, sent(**form))
        assert answer.headers["Location"] == f"{HOME}/done"
        pages.append(
            re.sub(
                r'name="(request_key|csrfmiddlewaretoken)" value="[^"]+"',
                "",
                person.get(f"{HOME}/done").content.decode(),
            )
        )
    assert pages[0] == pages[1] == pages[2]
    assert pages[0].index("Wobbly") < pages[0].index("Steady") and "/you/plan" in pages[0]
    assert CheckIn.objects.count() == 2  # where nothing was said, nothing is kept


def test_every_fourth_asks_if_it_helps_and_a_break_is_one_tap(person: Client) -> None:
    turn_on(person)
    asked = []
    for turn in range(8):
        asked.append("make you worry?" in seen(person, HOME))
        person.post(HOME, sent(well=f"Soup {turn}", **({"helping": "worries"} if asked[-1] else {})))
    assert asked == [False, False, False, True] * 2
    assert "It makes me worry" in seen(person, BEFORE)
    person.post(f"{HOME}/break", sent())
    assert "Turn on check-ins" in seen(person, HOME) and "Soup 7" in seen(person, BEFORE)


def test_when_the_next_one_is_follows_from_dates_and_the_chosen_rhythm_alone(
    person: Client, river: River
) -> None:
    turn_on(person, rhythm="fortnightly")
    assert "Your next one" not in seen(person, HOME)
    person.post(HOME, sent(well="Soup"))
    due = timezone.localtime(river.at + timedelta(days=14))
    assert f"around {due.day} {due:%B %Y}" in seen(person, HOME)
    accounts.set_clock(river.at + timedelta(days=40) - timezone.now(), at=river.at, agent="test")
    assert "Your next one" not in seen(person, HOME)


def test_each_is_deleted_alone_or_all_and_the_ledger_keeps_no_word(person: Client) -> None:
    turn_on(person)
    for text in ("Soup", "Tea", "Bread"):
        person.post(HOME, sent(well=text))
    page = person.get(BEFORE).content.decode()
    latest = re.findall(rf"{BEFORE}/([0-9a-f-]{{36}})/delete", page)[0]
    gone = seen(person, f"{BEFORE}/{latest}/delete")
    person.post(f"{BEFORE}/{latest}/delete", sent())
    assert person.get(f"{BEFORE}/{latest}/delete").status_code == 404
    kept = [text for text in ("Soup", "Tea", "Bread") if text in seen(person, BEFORE)]
    assert len(kept) == 2 and "Delete this?" in gone
    with ledger_lines() as lines:
        person.post(f"{BEFORE}/delete", sent())
    assert [line.event for line in lines] == ["check_ins_deleted"]
    assert "There is nothing here." in seen(person, BEFORE) and not CheckIn.objects.exists()


def test_nobody_elses_check_ins_are_there(person: Client, river: River) -> None:
    turn_on(person)
    form = sent(well="Soup")
    person.post(HOME, form)
    other = door.let_person_in(with_sessions(river, first=60).person_id)
    turn_on(other)
    worker = door.let_in(door.make_staff(Role.PEER_WORKER, team_code="team_1"))
    for client in (other, worker):
        assert client.post(f"{BEFORE}/{form['request_key']}/delete", sent()).status_code == 404
    assert other.post(HOME, {**form, "well": "Mine"}).status_code == 404
    assert "Soup" in seen(person, BEFORE) and "Soup" not in seen(other, BEFORE)
    assert other.get(f"{BEFORE}/{uuid4()}/delete").status_code == 404
