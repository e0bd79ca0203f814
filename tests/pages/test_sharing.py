"""Sharing is the person's act: one item, one other, until a day; seen before, stopped by one tap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from handrail.domain.dates import local_date
from handrail.domain.sharing import LONGEST_DAYS, TRIES
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.people import actions as people
from handrail.records.sharing.models import Look, Share
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
WORDS = "Synthetic: a walk by the canal"
CLOSED = "Nothing is open here"


@dataclass(frozen=True)
class Two:
    """A person who has written, their worker and another one, and somebody else of the trial."""

    entry: EntryFacts
    person: Client
    worker: Client
    stranger: Client
    other: Client

    def until(self, days: int = 30) -> dict[str, int]:
        """A day from now as a form has it."""
        from handrail.web.shared import clock

        day = clock.today() + timedelta(days=days)
        return {"until_on-day": day.day, "until_on-month": day.month, "until_on-year": day.year}

    def sent(self, shared_with: str, days: int = 30, **more: object) -> dict[str, object]:
        """The form that shares something."""
        key = {"request_key": str(uuid4()), "shared_with": shared_with}
        return {**key, "name": "", **self.until(days), **more}

    def share(self, shared_with: str, path: str = "off_course", **more: object) -> tuple[UUID, str]:
        """Share a part: the share's number, and the page that follows."""
        form = self.sent(shared_with, **more)
        answer = self.person.post(f"/you/sharing/new/{path}", {**form, "is_seen": "yes"}, follow=True)
        assert answer.status_code == 200
        return UUID(str(form["request_key"])), unescape(answer.content.decode())

    def by_link(self, path: str = "off_course", **more: object) -> tuple[UUID, str, str]:
        """Share by a link: the share's number, the link's path, and the code."""
        share_id, page = self.share("clinician", path, **{"name": "Dr Khan", **more})
        (link,) = set(re.findall(r"(/see/[0-9a-f]{32})", page))
        code = re.search(r"<strong>(\d{4}) (\d{4})</strong>", page)
        assert code
        return share_id, link, "".join(code.groups())


@pytest.fixture
def two(river: River) -> Two:
    entry, other = with_sessions(river), with_sessions(river, first=60)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    stranger = door.make_staff(Role.PEER_WORKER, team_code="team_1", number=2)
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    deliver.pair(other.id, stranger.id, under=river.under, by=river.by, at=river.at)
    accounts.set_clock(river.at - timezone.now(), at=river.at, agent="test")
    clients = [door.let_person_in(entry.person_id), *(door.let_in(one) for one in (worker, stranger))]
    made = Two(entry, *clients, door.let_person_in(other.person_id))
    made.person.post("/you/book/off_course/coping", {"request_key": str(uuid4()), "what": WORDS})
    return made


def shown(answer: object) -> str:
    """What a page shows of an item, byte for byte."""
    found = re.search(r'<section class="hr-shown".*?</section>', answer.content.decode(), re.DOTALL)  # type: ignore[attr-defined]
    assert found
    return found[0]


def opened(link: str, code: str) -> Client:
    client = Client()
    client.post(link, {"code": code})
    return client


def plain(answer: object) -> bytes:
    """A page without its marks, which differ each time."""
    return re.sub(rb'name="request_key" value="[^"]+"', b"", door.plain(answer.content))  # type: ignore[attr-defined]


def test_the_worker_and_a_link_show_exactly_what_the_person_saw_beforehand(two: Two) -> None:
    form = two.sent("worker")
    before = two.person.post("/you/sharing/new/off_course", form)
    assert WORDS in shown(before) and "Share with Peer support worker 1 until" in before.content.decode()
    assert not Share.objects.exists()
    with ledger_lines() as lines:
        two.person.post("/you/sharing/new/off_course", {**form, "is_seen": "yes"})
    assert [(line.event, line.wing, line.by) for line in lines] == [("shared", "sealed", two.entry.person_id)]
    page = two.worker.get(f"/peer/person/{two.entry.id}").content.decode()
    assert "Shared with you" in page
    assert shown(two.worker.get(f"/peer/shared/{form['request_key']}")) == shown(before)
    _, link, code = two.by_link()
    assert shown(opened(link, code).get("/see/")) == shown(before)


def test_what_is_shown_reads_as_it_reads_now(two: Two) -> None:
    share_id, _ = two.share("worker")
    two.person.post("/you/book/off_course/coping", {"request_key": str(uuid4()), "what": "A swim"})
    assert "A swim" in shown(two.worker.get(f"/peer/shared/{share_id}"))


def test_withdrawn_it_is_gone_at_the_next_request_from_everybody(two: Two) -> None:
    with_worker, _ = two.share("worker")
    by_link, link, code = two.by_link()
    reader = opened(link, code)
    assert WORDS in shown(reader.get("/see/")) and WORDS in shown(
        two.worker.get(f"/peer/shared/{with_worker}")
    )
    for share_id in (with_worker, by_link):
        page = two.person.post(f"/you/sharing/{share_id}/stop", {"request_key": "x"}, follow=True)
        assert "You do not share that any more." in page.content.decode()
    assert two.worker.get(f"/peer/shared/{with_worker}").status_code == 404
    assert b"Shared with you" not in two.worker.get(f"/peer/person/{two.entry.id}").content
    gone = reader.get("/see/")
    assert gone.status_code == 404 and plain(gone) == plain(Client().get("/see/"))
    assert opened(link, code).get("/see/").status_code == 404


def test_each_look_is_kept_and_the_person_sees_when(two: Two) -> None:
    share_id, link, code = two.by_link()
    assert b"Nobody has looked." in two.person.get(f"/you/sharing/{share_id}").content
    reader = opened(link, code)
    with ledger_lines() as lines:
        reader.get("/see/")
    assert [(one.event, one.by, one.agent) for one in lines] == [("share_seen", None, "link")]
    page = two.person.get(f"/you/sharing/{share_id}").content.decode()
    assert "Nobody has looked." not in page and Look.objects.count() == 1


def answers_at(link: str, code: str) -> tuple[int, bytes, tuple[str, ...]]:
    """What a link answers, before and after a code was given: status, bytes, events."""
    client = Client()
    assert client.get(link).status_code == 200
    with ledger_lines() as lines:
        answer = client.post(link, {"code": code})
    return (
        answer.status_code,
        re.sub(rb'value="[0-9]{4,8}"', b"", plain(answer)),
        tuple(one.event for one in lines),
    )


def test_a_wrong_link_a_wrong_code_an_ended_and_a_withdrawn_share_answer_alike(
    two: Two, river: River
) -> None:
    _, link, code = two.by_link(days=2)
    withdrawn, other_link, other_code = two.by_link()
    two.person.post(f"/you/sharing/{withdrawn}/stop", {"request_key": "x"})
    wrong = answers_at(link, "00000000" if code != "00000000" else "11111111")
    assert wrong[0] == 200 and b"That did not open anything." in wrong[1]
    assert answers_at("/see/" + "0" * 32, code) == wrong
    assert answers_at(other_link, other_code) == wrong
    reader = opened(link, code)
    assert reader.get("/see/").status_code == 200
    at = river.at + timedelta(days=3)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")
    assert answers_at(link, code) == wrong
    assert plain(reader.get("/see/")) == plain(Client().get("/see/"))


def test_a_few_wrong_codes_close_a_link_for_an_hour_and_a_new_code_opens_it(two: Two, river: River) -> None:
    share_id, link, code = two.by_link()
    for _ in range(TRIES):
        assert answers_at(link, "1234")[0] == 200
    assert answers_at(link, code)[0] == 200
    fresh = two.person.post(f"/you/sharing/{share_id}/code", {"request_key": str(uuid4())}).content.decode()
    found = re.search(r"<strong>(\d{4}) (\d{4})</strong>", fresh)
    assert found and answers_at(link, code)[0] == 200
    assert answers_at(link, "".join(found.groups()))[0] == 302
    for _ in range(TRIES):
        answers_at(link, "1234")
    cache.clear()  # the limit on tries from one place is another guard, and by the real clock
    at = river.at + timedelta(minutes=61)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")
    assert answers_at(link, "".join(found.groups()))[0] == 302


def test_a_link_tells_nothing_and_is_kept_by_nobody(two: Two) -> None:
    _, link, code = two.by_link()
    door_page, page = Client().get(link), opened(link, code).get("/see/")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert door_page.headers["Referrer-Policy"] == "strict-origin"
    for answer in (door_page, page):
        assert answer.headers["Cache-Control"] == "no-store" and "noindex" in answer.headers["X-Robots-Tag"]
        assert b"<title>Handrail</title>" in answer.content and b"Call 999" in answer.content
        assert two.entry.study_number.encode() not in answer.content
    row = Share.objects.get()
    kept = " ".join(str(value) for value in vars(row).values()) + repr(bytes(row.words))
    assert code not in kept and link[5:] not in kept and "Khan" not in kept


def test_a_share_sent_twice_is_one_and_its_code_is_shown_once(two: Two) -> None:
    form = {**two.sent("carer", name="Jo"), "is_seen": "yes"}
    first = two.person.post("/you/sharing/new/plan", form)
    again = two.person.post("/you/sharing/new/plan", form)
    assert (
        b"The code:" in first.content and again.headers["Location"] == f"/you/sharing/{form['request_key']}"
    )
    page = two.person.get(again.headers["Location"]).content.decode()
    assert "/see/" in page and not re.search(r"<strong>\d{4} \d{4}", page)
    assert Share.objects.count() == 1


def test_by_a_link_nobody_is_named_whom_the_person_did_not_tick(two: Two) -> None:
    people = {}
    for name in ("Winnie", "Ade"):
        form = {"request_key": str(uuid4()), "who": name, "relation": "Friend"}
        two.person.post("/you/book/people_places/people", form)
        two.person.post(
            "/you/plan/people_to_ask/bring", {"request_key": str(uuid4()), "card": form["request_key"]}
        )
        people[name] = form["request_key"]
    page = two.person.get("/you/sharing/new/plan").content.decode()
    assert "Which of these names may they see?" in page
    for path in ("plan", "people_places", "people_places/people"):
        _, link, code = two.by_link(path, people=[people["Winnie"]])
        seen = shown(opened(link, code).get("/see/"))
        assert "Winnie" in seen and "Ade" not in seen, path
        share_id, _ = two.share("worker", path)
        assert "Ade" in shown(two.worker.get(f"/peer/shared/{share_id}"))


def test_what_cannot_be_shared_so_is_refused_and_what_was_typed_comes_back(two: Two) -> None:
    for changes, said in (
        ({"name": ""}, "Say who it is for"),
        ({"days": -1}, "has passed"),
        ({"days": LONGEST_DAYS + 1}, "within a year"),
        ({"name": "y" * 81}, "80"),
    ):
        _, page = two.share("clinician", **{"name": "Dr Khan", **changes})
        assert "There is a problem" in page and said in page, changes
    _, page = two.share("boss")
    assert "There is a problem" in page
    assert not Share.objects.exists()
    assert two.person.get("/you/sharing/new/nothing").status_code == 404
    assert two.person.get("/you/sharing/new/recovery/nothing").status_code == 404


def test_every_page_of_a_share_opens_for_those_it_is_for_and_nobody_else(two: Two) -> None:
    with_worker, _ = two.share("worker")
    by_link, link, code = two.by_link()
    reader = opened(link, code)
    clients = {
        "person": two.person,
        "other person": two.other,
        "worker": two.worker,
        "other worker": two.stranger,
        "reader": reader,
        "nobody": Client(),
        **{
            role.value: door.let_in(door.make_staff(role, number=7))
            for role in Role
            if role is not Role.PERSON
        },
    }
    allowed = {
        f"/you/sharing/{with_worker}": {"person"},
        f"/you/sharing/{by_link}": {"person"},
        f"/you/sharing/{by_link}/code": {"person"},
        f"/peer/shared/{with_worker}": {"worker"},
        f"/peer/shared/{by_link}": set(),
        "/see/": {"reader"},
    }
    for address, expected in allowed.items():
        got = {who for who, client in clients.items() if client.get(address).status_code == 200}
        assert got == expected, address
    for who, client in clients.items():
        if who != "person":
            for share_id in (with_worker, by_link):
                assert client.post(f"/you/sharing/{share_id}/stop", {"request_key": "x"}).status_code == 404
                assert client.post(f"/you/sharing/{share_id}/code", {"request_key": "x"}).status_code == 404
    assert Share.objects.filter(withdrawn_at=None).count() == 2


def test_a_share_is_with_one_worker_and_no_other_comes_into_it(two: Two, river: River) -> None:
    share_id, _ = two.share("worker")
    next_one = door.make_staff(Role.PEER_WORKER, team_code="team_1", number=3)
    deliver.pair(two.entry.id, next_one.id, under=river.under, by=river.by, at=river.at)
    for client in (two.worker, door.let_in(next_one)):
        assert client.get(f"/peer/shared/{share_id}").status_code == 404


def test_nothing_is_shown_of_somebody_who_has_died(two: Two, river: River) -> None:
    _, link, code = two.by_link()
    reader = opened(link, code)
    assert reader.get("/see/").status_code == 200
    people.record_death(two.entry.person_id, local_date(river.at), by=river.by, at=river.at)
    assert reader.get("/see/").status_code == 404
