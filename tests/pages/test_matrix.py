"""Every page for every role, from the site's own addresses: the right answer, and nothing in a wrong one.

The table below says by hand who may see what; the marks in the code must agree with it. Objects are real
ones of a played trial: one's own, another team's or another worker's, and nobody's. A forbidden answer is
the very answer that a page which does not exist gives, holds no canary, and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from handrail.domain.words import Role
from tests.pages import door

pytestmark = pytest.mark.django_db

NOBODYS = "00000000-0000-4000-8000-000000000000"
UNTIL = date(2015, 1, 15)
REPORT = (
    "lock 2015-01 effect-0.66"  # whoever makes a report names its folder: dots and spaces are theirs to use
)
R = Role
STAFF = frozenset(Role) - {R.PERSON}
MASKED = {R.RESEARCHER, R.DATA_DESK, R.ADJUDICATOR, R.SAFETY_REVIEWER, R.SERVICE_MANAGER}
# The first words of an address, the longest match counting → who may see it. None: anybody.
TABLE: dict[str, frozenset[Role] | None] = {
    "": None,
    "kept": None,
    "worker.js": None,
    "leave": None,
    "help": None,
    "health": None,
    "signed-out": None,
    "sign-out": None,
    "code": None,
    "calendar": None,  # a worker's secret address: tests/pages/test_calendar.py
    "see": None,  # a link that the person hands over: tests/pages/test_sharing.py
    "sign-in": None,
    "sign-in/again": STAFF,
    "second-step": STAFF,
    "security": STAFF,
    "files": frozenset({R.STATISTICIAN}),
    "you": frozenset({R.PERSON}),
    "peer": frozenset({R.PEER_WORKER, R.PEER_SUPERVISOR}),
    "peer/person": frozenset({R.PEER_WORKER}),
    "peer/calendar": frozenset({R.PEER_WORKER}),
    "peer/meeting": frozenset({R.PEER_WORKER}),
    "peer/promise": frozenset({R.PEER_WORKER}),
    "peer/shared": frozenset({R.PEER_WORKER}),
    "peer/pairs": frozenset({R.PEER_SUPERVISOR}),
    "peer/workers": frozenset({R.PEER_SUPERVISOR}),
    "peer/me": frozenset({R.PEER_WORKER}),
    "peer/visits/start": frozenset({R.PEER_WORKER}),
    "peer/visits/<uuid:visit_id>/ok": frozenset({R.PEER_WORKER}),
    "peer/visits/<uuid:visit_id>/close": frozenset({R.PEER_SUPERVISOR}),
    "study": frozenset(MASKED),
    "study/referrals": frozenset({R.RESEARCHER}),
    "study/people": frozenset({R.RESEARCHER}),
    "study/events": frozenset({R.RESEARCHER, R.SAFETY_REVIEWER}),
    "study/events/<uuid:event_id>/correct": frozenset({R.RESEARCHER}),
    "study/events/<uuid:event_id>/told": frozenset({R.RESEARCHER}),
    "study/records": frozenset({R.DATA_DESK}),
    "study/outcomes": frozenset({R.ADJUDICATOR}),
    "study/progress": frozenset({R.SERVICE_MANAGER}),
    "team": frozenset({R.CRISIS_TEAM}),
    "duty": frozenset({R.DUTY_CLINICIAN, R.PEER_SUPERVISOR, R.TRIAL_MANAGER}),
    "office": frozenset({R.TRIAL_MANAGER}),
    "office/given": frozenset(),
    "accounts": frozenset({R.ADMINISTRATOR}),
}

# The same for those who may see a page only once the data have been locked. No line: nobody besides.
AFTER_LOCK: dict[str, frozenset[Role]] = {
    "duty": frozenset({R.SERVICE_MANAGER}),
    "office/reports": frozenset({R.SERVICE_MANAGER}),
    "office/given": frozenset({R.TRIAL_MANAGER, R.SERVICE_MANAGER}),
}


# What goes into a gap that takes a word.
WORDS: dict[str, tuple[str, ...]] = {
    "<slug:part>": ("recovery", "early_signs", "nothing"),
    "<slug:field>": ("good_at", "signs", "means"),
    "<slug:section>": ("reasons", "nothing"),
    "<slug:form>": ("json", "nothing"),
    "<slug:size>": ("ordinary", "nothing"),
    "<slug:step>": ("say", "nothing"),
    "<slug:kind>": ("sleep", "nothing"),
    "<slug:clock>": ("sponsor", "ethics_committee", "nowhere"),
    "<slug:point>": ("month_4", "nowhere"),
    "<str:name>": (quote(REPORT), "nothing"),
    "<path:file>": ("index.html", "nothing"),
}

# Where a page opens for no object of this world: what its roles get instead, and why. None: every role.
SIDES = "tests/pages/test_both_sides.py"
BY_BROWSER = "needs a passkey, which only a browser makes: tests/browser/test_sign_in.py"
INSTEAD: dict[tuple[str, Role | None], tuple[str, str]] = {
    ("second-step", None): ("home", "for newcomers only: tests/pages/test_staff_sign_in.py"),
    ("sign-in/again/passkey", None): ("/sign-in/again", BY_BROWSER),
    ("security/app", None): ("/security/app/remove", "everybody here has an app; a newcomer adds one"),
    ("security/passkeys", None): ("/security", "the library's list is part of our settings page"),
    ("security/passkeys/<slug:mark>/remove", None): ("404", BY_BROWSER),
    ("accounts/<uuid:account_id>/link", None): ("/accounts/…", "takes a form; looking leads to the account"),
    ("study/records/checked/<uuid:token>", None): (
        "404",
        "waits on disk only between sending a file and saying yes: tests/pages/test_records_files.py",
    ),
    ("duty/concern/<uuid:concern_id>/take-up", None): (
        "/duty/concern/…",
        "takes a form; looking leads to the worry",
    ),
    ("you/meetings/reminders/pause", None): (
        "/you/meetings/reminders",
        "takes a form; looking leads to the reminders",
    ),
    ("you/check-in/break", None): ("/you/check-in", "takes a form; looking leads to the check-in"),
    ("you/sharing/<uuid:share_id>/stop", None): (
        "/you/sharing/…",
        "takes a form; looking leads to the share",
    ),
    ("peer/worries/<uuid:concern_id>/talked-over", None): (
        "/peer/worries",
        "takes a form; looking leads back",
    ),
    ("you/phone/plan", None): ("/you/phone/whose", "for an own device: tests/pages/test_phone.py"),
    ("you/plan/copy", None): ("404", "only where a copy is kept: tests/pages/test_phone.py"),
    ("peer/meeting/<uuid:session_id>/same-way", None): ("404", f"open after a third meeting only: {SIDES}"),
    ("peer/", R.PEER_SUPERVISOR): ("/peer/pairs", "a supervisor's first page is who is paired with whom"),
}

# Pages whose looks are kept: the person sees who read what they show, and when.
LOOKS_ARE_KEPT = {"peer/shared/<uuid:share_id>"}


@dataclass(frozen=True)
class World:
    """A played trial, somebody signed in for each role, the ids to put into addresses, and the canaries."""

    clients: dict[Role, Client]
    ids: dict[str, tuple[str, ...]]
    canaries: tuple[bytes, ...]
    own: dict[str, Any]


def _expected(route: str) -> frozenset[Role] | None:
    for head in _heads(route):
        if head in TABLE:
            return TABLE[head]
    raise AssertionError(f"{route} has no line in the table: say who may see it")


def _expected_after_lock(route: str) -> frozenset[Role]:
    found = (AFTER_LOCK[head] for head in _heads(route) if head in AFTER_LOCK)
    return next(found, frozenset())


def _heads(route: str) -> list[str]:
    """The first words of an address, the most words first."""
    words = route.strip("/").split("/")
    return ["/".join(words[:length]) for length in range(len(words), 0, -1)]


def _addresses(
    route: str, ids: dict[str, tuple[str, ...]], *, most: int = 9, is_short: bool = False
) -> list[str]:
    """The route with real objects in its gap (``most`` of them), and with nobody's; or one such address."""
    found = [""]
    for word in route.split("/"):
        choices: tuple[str, ...] = (word,)
        if word.startswith("<uuid:uidb36>"):
            choices = (f"{NOBODYS}-no-such-key",)
        elif word.startswith("<uuid:"):
            choices = (*ids.get(word[6:-1], ())[:most], NOBODYS)
        elif word.startswith("<"):
            choices = WORDS.get(word, ("interviews", "recovery", "nothing"))
        found = [f"{start}/{choice}" for start in found for choice in (choices[:1] if is_short else choices)]
    return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    from tests.pages import world as worlds

    with django_db_blocker.unblock():
        folder = tmp_path_factory.mktemp("matrix")
        _put_a_report(folder)
        with override_settings(PLACE=folder), worlds.played(folder, people=12, seed=11, until=UNTIL):
            yield _world()


def _put_a_report(place: Path) -> None:
    """One report in the installation's folder, under a name that is no slug."""
    folder = place / "reports" / REPORT
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>A report.</p>")


def _got(client: Client, address: str) -> Any:
    """A page that ought to be right, read to its end: no fault of ours, and none that is only told."""
    client.raise_request_exception = False
    try:
        answer: Any = client.get(address)
    finally:
        client.raise_request_exception = True
    assert answer.status_code < 500, (address, answer.status_code, answer.exc_info)
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def _world() -> World:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    from handrail.records.acutecare import facts as acutecare
    from handrail.records.concern.models import Concern
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.people import facts as people
    from handrail.records.referral import facts as referrals
    from handrail.records.safety import facts as safety
    from handrail.records.support import facts as support
    from handrail.records.support.models import Session
    from handrail.records.visit import facts as visits
    from tests.pages import own_objects

    accounts = {}
    busy = {max((pair.paired_on, pair.worker_id) for pair in support.pairings() if pair.until_on is None)[1]}
    for row in get_user_model().objects.order_by("email"):
        if row.role != R.PEER_WORKER or row.pk in busy:
            accounts.setdefault(Role(row.role), row)
    get_user_model().objects.update(password=make_password(door.PASSWORD))
    clients = {role: door.let_in(door.Staff(row.pk, row.email, role)) for role, row in accounts.items()}
    entry = enrolment.entries()[0]
    clients[R.PERSON] = door.let_person_in(entry.person_id)
    own_objects.make(accounts, clients)
    rows, team = referrals.referrals(), _workers_of(accounts[R.PEER_SUPERVISOR])
    persons = people.people(row.person_id for row in rows).values()
    canaries = [word.encode() for one in persons for word in (one.surname, one.nhs_number)]
    canaries += [row.study_number.encode() for row in enrolment.registrations()]
    ids = {
        "referral_id": tuple(str(row.id) for row in rows),
        "registration_id": tuple(str(row.id) for row in enrolment.registrations()),
        "entry_id": tuple(str(row.id) for row in enrolment.entries()),
        "session_id": tuple(
            str(one) for one in Session.objects.order_by("planned_at", "id").values_list("id", flat=True)
        ),
        "event_id": tuple(str(one.id) for one in safety.events()),
        "visit_id": tuple(str(one.id) for one in visits.to_watch()),
        "concern_id": tuple(str(one) for one in Concern.objects.values_list("id", flat=True)),
        "file_id": tuple(str(one.id) for one in acutecare.files()),
        "worker_id": team,
        **own_objects.keep_the_workers_side(accounts[R.PEER_WORKER].pk, team),
        "account_id": (str(accounts[R.RESEARCHER].pk),),
        **own_objects.write_a_page(entry),
        **own_objects.check_in(entry),
        **own_objects.say_they_will(entry, accounts[R.PEER_WORKER].pk),
        "share_id": own_objects.share(entry, accounts[R.PEER_WORKER].pk),
    }
    own = {"worker": accounts[R.PEER_WORKER], "team": accounts[R.CRISIS_TEAM], "person": entry.person_id}
    return World(clients, ids, tuple(canaries), own)


def _workers_of(supervisor: Any) -> tuple[str, ...]:
    """A peer worker of this supervisor's team, and then others."""
    from django.contrib.auth import get_user_model

    rows = get_user_model().objects.filter(role=R.PEER_WORKER.value).order_by("email")
    own = sorted(rows, key=lambda row: row.team_code != supervisor.team_code)
    return tuple(str(row.pk) for row in own)


def _routes() -> list[str]:
    from tests.pages.test_access import pages

    return [route for route, _ in pages()]


def _rows_written() -> int:
    from handrail.records.audit import facts

    return facts.head().line_count


def test_the_table_agrees_with_every_mark_in_the_code() -> None:
    from tests.pages.test_access import pages

    for route, view in pages():
        expected = _expected(route)
        mark = view.audience
        assert mark.is_public == (expected is None), route
        assert expected is None or mark.roles == expected, route
        assert mark.after_lock == _expected_after_lock(route), route


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_gets_nothing_of_a_page_that_is_not_its_own(world: World, method: str) -> None:
    asked, before = 0, _rows_written()
    assert len(world.canaries) >= 40
    for role, client in world.clients.items():
        absent = door.plain(client.get("/there/is/no/such/page").content)
        for route in _routes():
            expected = _expected(route)
            if expected is None or role in expected:
                continue
            for address in _addresses(route, world.ids, is_short=True):
                answer = getattr(client, method)(address, {"request_key": "x"})
                asked += 1
                assert answer.status_code == 404, (role, method, address)
                assert door.plain(answer.content) == absent, (role, method, address)
                assert not any(one in answer.content for one in world.canaries), (role, address)
    assert asked > 900
    assert _rows_written() == before


@pytest.mark.slow
def test_the_lock_shows_a_service_manager_pages_without_anybody_in_them(world: World) -> None:
    from django.db import transaction

    from handrail.domain.words import Event
    from handrail.records.audit import actions as audit

    report = f"/office/reports/{quote(REPORT)}/index.html"
    client, addresses = (
        world.clients[R.SERVICE_MANAGER],
        ["/office/reports", "/office/given", report, "/office/given/figures.csv"],
    )
    with transaction.atomic():
        audit.note(Event.LOCKED, about=None, by=None, agent="test", at=door.MADE_AT)
        answers = [_got(client, address) for address in addresses]
        transaction.set_rollback(True)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert f'href="{report}"'.encode() in answers[0].content
    assert not any(canary in answer.content for answer in answers[:2] for canary in world.canaries)
    assert [client.get(address).status_code for address in addresses] == [404] * 4


@pytest.mark.slow
def test_a_role_gets_its_own_pages_and_looking_changes_no_record(world: World) -> None:
    good: dict[Role, int] = dict.fromkeys(world.clients, 0)
    for role, client in world.clients.items():
        for route in _routes():
            expected = _expected(route)
            if expected is None or role not in expected:
                continue
            for address in _addresses(route, world.ids):
                before = _rows_written()
                answer = _got(client, address)
                assert answer.status_code in (200, 302, 404), (role, address, answer.status_code)
                assert _rows_written() == before or route in LOOKS_ARE_KEPT, (role, address)
                good[role] += answer.status_code == 200
                if role in (R.PERSON, R.PEER_WORKER) and answer.status_code == 200:
                    assert _lacks_help(answer) == set(), address
    assert min(good.values()) >= 1, good
    assert set(good) == set(Role)


def _lacks_help(answer: Any) -> set[str]:
    """What a page says nothing of that it must: where to turn in a crisis, at its foot and at its head."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return set()
    text = answer.content.decode()
    foot, head = text[text.index("<footer") :], text[: text.index("<main")]
    wanted = {f'href="{line.link}"' for line in settings.CRISIS_LINES}
    return {one for one in wanted if one not in foot} | {one for one in {"Get help now"} if one not in head}


def _what_it_gets(world: World, role: Role, route: str) -> str:
    """200 if the page opens for any real object; else where it leads, or that it is not there."""
    from handrail.web.shared.viewer import HOME

    client, led = world.clients[role], ""
    for address in _addresses(route, world.ids, most=99):
        answer = _got(client, address)
        if answer.status_code == 200:
            return "200"
        if answer.status_code == 302:
            led = answer.headers["Location"].partition("?")[0]
    return "home" if led == reverse(HOME[role]) else re.sub("[0-9a-f-]{36}", "…", led) or "404"


@pytest.mark.slow
def test_each_page_opens_for_each_of_its_roles(world: World) -> None:
    asked, wrong = set(), []
    for role in world.clients:
        for route in _routes():
            if role in (_expected(route) or ()):
                got, expected = _what_it_gets(world, role, route), INSTEAD.get((route, role))
                expected = expected or INSTEAD.get((route, None)) or ("200", "")
                asked.add(route)
                wrong += [(role.value, route, got)] if got != expected[0] else []
    assert wrong == []
    assert len(asked) > 90
    assert {route for route, _ in INSTEAD} <= asked
    assert all(len(why) > 20 for _, why in INSTEAD.values())


def _only_own(world: World, role: Role, path: str, ids: list[tuple[UUID, bool]]) -> None:
    """Each id that is the viewer's own is shown; each other one is not there."""
    assert {True, False} == {is_own for _, is_own in ids}
    for one, is_own in ids:
        answer = world.clients[role].get(path.format(one))
        assert answer.status_code == (200 if is_own else 404), (role, path, is_own)


@pytest.mark.slow
def test_a_peer_worker_sees_their_own_caseload_only(world: World) -> None:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.support import facts as support

    mine = set(support.caseload(world.own["worker"].pk))
    ids = [(entry.id, entry.id in mine) for entry in enrolment.entries()]
    _only_own(world, R.PEER_WORKER, "/peer/person/{}", ids)


@pytest.mark.slow
def test_a_crisis_team_sees_its_own_referrals_only(world: World) -> None:
    from handrail.records.referral import facts as referrals

    team = world.own["team"].team_code
    ids = [(row.id, row.team_code == team) for row in referrals.referrals()]
    _only_own(world, R.CRISIS_TEAM, "/team/referral/{}", ids)


@pytest.mark.slow
def test_only_the_arm_that_offers_the_online_workbook_opens_it(world: World) -> None:
    from django.conf import settings

    from handrail.records.allocation import facts as allocation
    from handrail.records.enrolment import facts as enrolment

    offers = allocation.offers(under=settings.PROTOCOL.arms)
    found = set()
    for entry in enrolment.entries():
        workbook = offers[entry.id].workbook
        is_online = bool(workbook and workbook.is_online)
        answer = door.let_person_in(entry.person_id).get("/you/book")
        assert answer.status_code == (200 if is_online else 404)
        found.add(is_online)
    assert found == {True, False}


@pytest.mark.slow
def test_a_leaver_and_a_stranger_get_the_way_in_and_nothing_else(world: World) -> None:
    from django.contrib.auth import get_user_model

    row = get_user_model().objects.filter(role=R.RESEARCHER.value).order_by("email").last()
    client = door.let_in(door.Staff(row.pk, row.email, R.RESEARCHER))
    assert client.get("/study/").status_code == 200
    get_user_model().objects.filter(pk=row.pk).update(is_active=False)
    assert client.get("/study/").status_code == 404
    assert Client().get("/study/").status_code == 404
    assert Client().get("/").status_code == 200


@pytest.mark.slow
def test_what_was_written_about_an_event_is_read_in_the_office_alone(world: World) -> None:
    from django.conf import settings

    from handrail.domain.safety import HowFound, NewEvent
    from handrail.domain.words import Seriousness
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.safety import actions

    told = "after the third visit of the peer worker"
    event = NewEvent(
        onset_on=UNTIL,
        aware_on=UNTIL,
        kind="other",
        seriousness=frozenset({Seriousness.MEDICALLY_SIGNIFICANT}),
        how_found=HowFound.STAFF,
        narrative=told,
    )
    made = actions.record_event(
        enrolment.entries()[0].registration_id,
        event,
        under=settings.PROTOCOL.safety,
        by=world.own["worker"].pk,
        at=door.MADE_AT,
    )
    for role in (R.RESEARCHER, R.SAFETY_REVIEWER):
        page = world.clients[role].get(f"/study/events/{made}")
        assert page.status_code == 200
        assert told not in page.content.decode()
    assert told in world.clients[R.TRIAL_MANAGER].get(f"/office/events/{made}").content.decode()
