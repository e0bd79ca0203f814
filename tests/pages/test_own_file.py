"""What a person wrote is theirs: to take away, to delete part by part, or all of it with its key."""

from __future__ import annotations

import json
import re

import pytest
from django.apps import apps
from django.test import Client

from handrail.domain.words import Role
from handrail.records.audit.models import Line
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.sharing.models import Look, Share
from handrail.records.workbook.models import PersonKey
from handrail.records.workbook.throwing_away import ALL
from handrail.web.shared import clock, sessions
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.pages.test_own_workbook import coping, seen, sent
from tests.river import River

pytestmark = pytest.mark.django_db
TEXT, JSON = "/you/own/copy/text", "/you/own/copy/json"
CANAL = "A walk by the canal"


@pytest.fixture
def entry(river: River) -> EntryFacts:
    return with_sessions(river)


@pytest.fixture
def person(entry: EntryFacts) -> Client:
    """Somebody who has written, checked in twice, and shows a part to somebody by a link."""
    client = door.let_person_in(entry.person_id)
    card = coping(client)
    client.post("/you/plan/on_my_own/bring", sent(card=card))
    client.post("/you/book/recovery/matters", sent(chosen=["A pet"], words="And my bike"))
    client.post("/you/book/recovery", sent(is_done="on"))
    client.post("/you/check-in/setting", sent(rhythm="weekly", sign_0="Late nights"))
    for text in ("Soup", "Barley"):
        client.post("/you/check-in", sent(well=text, sign_0="a_bit"))
    return client


def copy(client: Client, path: str = TEXT) -> str:
    answer = client.get(path)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


def shared(client: Client) -> Client:
    """Share a part by a link. Returns: whoever has opened it."""
    until = clock.today()
    form = sent(shared_with="carer", name="Jo", is_seen="yes")
    day = {"until_on-day": until.day, "until_on-month": until.month, "until_on-year": until.year}
    page = client.post("/you/sharing/new/off_course", {**form, **day})
    text = page.content.decode()
    (link,) = set(re.findall(r"/see/[0-9a-f]{32}", text))
    code = re.search(r"<strong>(\d{4}) (\d{4})</strong>", text)
    assert code
    reader = Client()
    reader.post(link, {"code": "".join(code.groups())})
    assert CANAL in reader.get("/see/").content.decode()
    return reader


def test_all_of_it_is_taken_away_as_text_and_as_a_file_of_a_documented_form(person: Client) -> None:
    shared(person)
    text, plain = copy(person), json.loads(copy(person, JSON))
    for one in (CANAL, "A pet", "And my bike", "Soup", "Late nights: A bit", "with Jo", "Looked at on"):
        assert one in text, one
    assert text.count(CANAL) == 2  # where it was written, and in the plan
    assert (plain["form"], plain["version"]) == ("own copy", 3)
    assert [one["well"] for one in plain["check_ins"]] == ["Barley", "Soup"]
    assert plain["in_the_plan"][0]["section"] == "on_my_own" and len(plain["shared"][0]["looked"]) == 1
    (answer,) = [one for part in plain["parts"] for one in part["questions"] if one["words"] == "And my bike"]
    assert answer["chosen"] == ["A pet"] and answer["not_sure"] is False
    assert person.get("/you/own/copy/nothing").status_code == 404


def test_whoever_signed_in_some_time_ago_signs_in_again_before_all_of_it_is_handed_out(
    person: Client,
) -> None:
    paths = (TEXT, JSON, "/you/book/paper/ordinary", "/you/own/delete")
    session = person.session
    session[sessions.BEGAN] -= 601
    session.save()
    for path in paths:
        answer = person.get(path)
        assert answer.status_code == 403 and b"Sign in again first" in answer.content, path
    assert person.post("/you/own/delete", sent(is_sure="on")).status_code == 403
    assert CANAL in seen(person, "/you/plan")


def test_what_is_deleted_is_gone_from_the_list_and_from_the_copy_alike(person: Client) -> None:
    page = person.get("/you/check-in/before").content.decode()
    (latest, _) = re.findall(r"/you/check-in/before/([0-9a-f-]{36})/delete", page)
    person.post(f"/you/check-in/before/{latest}/delete", sent())
    for text, is_kept in (("Soup", True), ("Barley", False)):
        listed = f"\n{text}\n" in seen(person, "/you/check-in/before")
        assert (listed, text in copy(person), text in copy(person, JSON)) == (is_kept,) * 3
    person.post("/you/check-in/before/delete", sent())
    assert json.loads(copy(person, JSON))["check_ins"] == [] and "Soup" not in copy(person)
    told = [*Line.objects.filter(event__startswith="check").values_list("event", "detail", "reason")]
    assert [event for event, *_ in told].count("checked_in") == 2
    assert {"check_in_deleted", "check_ins_deleted"} <= {event for event, *_ in told}
    assert all(detail == {} and reason == "" for _, detail, reason in told)


def test_one_part_is_deleted_and_its_lines_in_the_plan_with_it(person: Client) -> None:
    with ledger_lines() as lines:
        person.post("/you/own/delete/off_course", sent())
    assert [line.event for line in lines] == ["part_cleared"]
    assert CANAL not in seen(person, "/you/plan") + copy(person) and "And my bike" in copy(person)
    assert person.get("/you/own/delete/nothing").status_code == 404


def test_all_of_it_goes_with_its_key_and_nobody_sees_a_word_any_more(
    person: Client, entry: EntryFacts
) -> None:
    reader, key = shared(person), bytes(PersonKey.objects.get().wrapped_key)
    assert "What we keep" in seen(person, "/you/own/delete")
    person.post("/you/own/delete", sent())
    assert PersonKey.objects.exists()
    with ledger_lines() as lines:
        person.post("/you/own/delete", sent(is_sure="on"))
    assert [line.event for line in lines] == ["share_withdrawn", "pages_thrown_away"]
    assert all((line.about, line.by) == (entry.id, entry.person_id) for line in lines)
    rooms = [model for name in ("workbook", "sharing") for model in apps.get_app_config(name).get_models()]
    assert {Share, Look, *ALL} <= set(rooms) and not any(model.objects.exists() for model in rooms)
    assert reader.get("/see/").status_code == 404
    for path in ("/you/plan", "/you/book/recovery", "/you/check-in/before"):
        assert not any(one in seen(person, path) for one in (CANAL, "And my bike", "Soup"))
    coping(person, "Tea")
    assert bytes(PersonKey.objects.get().wrapped_key) != key and "Tea" in copy(person)


def test_nothing_of_the_room_is_left_out_when_all_is_deleted() -> None:
    models = {model for model in apps.get_app_config("workbook").get_models()}
    of_entry = {one for one in models if "entry" in {field.name for field in one._meta.fields}}
    assert of_entry == set(ALL)
    assert {one.__name__ for one in models - of_entry} == {"PlanLink"}  # goes with its card


def test_nobody_elses_file_is_there(person: Client) -> None:
    worker = door.let_in(door.make_staff(Role.PEER_WORKER, team_code="team_1"))
    for client in (worker, Client()):
        for path in ("/you/own", TEXT, "/you/own/delete", "/you/own/delete/recovery"):
            assert client.get(path).status_code == client.post(path, sent(is_sure="on")).status_code == 404
    assert CANAL in copy(person)
