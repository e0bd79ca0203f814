"""The lock on the pages: what stands in its way, and whom it unmasks."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from handrail.domain.loose_ends import LooseEnd
from handrail.domain.refusal import Refused
from handrail.domain.words import Because, Event, Role
from handrail.exchange import sealed_file
from handrail.journey import deliver, measure
from handrail.records.accounts import facts as account_facts
from handrail.records.accounts.models import Account
from handrail.records.audit import actions as audit
from tests.later import ledger_lines, with_post, with_sessions
from tests.pages import door
from tests.pages.test_matrix import AFTER_LOCK
from tests.river import River

pytestmark = pytest.mark.django_db
MANAGER = "trial_manager.1@staff.example.org"
PAGES = (
    "/office/reports",
    "/office/reports/lock-1/index.html",
    "/office/reports/lock-1/report.pdf",
    "/office/given",
    "/office/given/figures.csv",
)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """An installation's folder with one report."""
    settings.PLACE = tmp_path
    report = tmp_path / "reports" / "lock-1"
    report.mkdir(parents=True)
    for name in ("index.html", "report.pdf"):
        (report / name).write_text("an odds ratio")
    return tmp_path


def note_a_lock(river: River) -> None:
    """The ledger's line of a lock, as the command leaves it."""
    with transaction.atomic():
        audit.note(Event.LOCKED, about=None, by=river.by, at=river.at, detail={"folder": "lock-1"})


def status(client: Client, page: str) -> int:
    answer: Any = client.get(page)
    if answer.streaming:
        list(answer.streaming_content)  # read to its end, as a browser does, and closed by that
    return int(answer.status_code)


def typed(page: str) -> str:
    """The command that a page shows, as a browser copies it."""
    (shown,) = re.findall(r'<code class="hr-command">(.*?)</code>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", shown))


def statuses(client: Client) -> list[int]:
    return [status(client, page) for page in PAGES]


def test_before_the_lock_a_service_manager_gets_the_very_answer_of_a_page_that_is_not_there(
    river: River, place: Path
) -> None:
    client = door.let_in(door.make_staff(Role.SERVICE_MANAGER))
    absent = client.get("/there/is/no/such/page")
    for page in PAGES:
        answer = client.get(page)
        assert (answer.status_code, door.plain(answer.content)) == (404, door.plain(absent.content))
        assert answer.headers.keys() == absent.headers.keys()
    assert b"/office/" not in client.get("/study/").content


def test_from_the_lock_on_a_service_manager_sees_reports_and_what_was_given_and_changes_nothing(
    river: River, place: Path
) -> None:
    client = door.let_in(door.make_staff(Role.SERVICE_MANAGER))
    note_a_lock(river)
    assert b'href="/office/reports"' in client.get("/study/").content
    assert statuses(client) == [200] * 5
    with ledger_lines() as lines:
        assert {client.post(page, {"x": "y"}).status_code for page in PAGES} == {405}
    assert lines == []
    menu = client.get("/office/reports").content.decode()
    for link in re.findall(r'href="(/(?:office|study)/[^"]*)"', menu):
        assert status(client, link) == 200, link


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PERSON, Role.SERVICE_MANAGER, Role.TRIAL_MANAGER}))
def test_the_lock_unmasks_no_other_role(river: River, place: Path, role: Role) -> None:
    note_a_lock(river)
    assert statuses(door.let_in(door.make_staff(role))) == [404] * 5


def test_after_the_lock_the_rest_of_the_office_stays_closed_to_service_managers(river: River) -> None:
    from tests.pages.test_access import address, pages

    note_a_lock(river)
    client = door.let_in(door.make_staff(Role.SERVICE_MANAGER))
    closed = [
        route
        for route, view in pages()
        if not view.audience.is_public and not route.startswith(tuple(AFTER_LOCK))
        and Role.SERVICE_MANAGER not in view.audience.roles
    ]  # fmt: skip
    assert len(closed) > 50
    assert [route for route in closed if client.get(address(route)).status_code != 404] == []


def test_what_was_given_is_for_nobody_before_the_lock_and_made_safe_after_it(river: River) -> None:
    entry = with_sessions(river)
    posted = with_post(river, first=50)
    deliver.order_workbook(posted.id, under=river.under, by=river.by, at=river.at)
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    later = river.at + timedelta(days=400)
    assert manager.get("/office/given").status_code == 404
    with pytest.raises(Refused, match="measures_too_early"):
        measure.publish(under=river.under, agent="test", at=later)
    note_a_lock(river)
    assert "are not made yet" in manager.get("/office/given").content.decode()
    with ledger_lines() as lines:
        measure.publish(under=river.under, agent="test", at=later)
    assert [line.event for line in lines] == [Event.MEASURES_RELEASED]
    page, file = (manager.get(f"/office/given{end}").content.decode() for end in ("", "/figures.csv"))
    rows = file.splitlines()
    assert "Team,Offered a peer worker,Everybody,1 to 7 of 10" in rows
    assert "Team,Met at least once,Everybody,0 of 0" in rows
    assert "Workbooks by post" in page and "1 to 7 of" in page
    assert not any(one.study_number in page + file for one in (entry, posted))
    assert not re.search(r">\s*[1-4689]\s*<", page)
    with pytest.raises(Refused):
        measure.publish(under=river.under, agent="test", at=later)


def test_a_service_manager_of_one_team_sees_what_that_team_was_given(river: River) -> None:
    with_sessions(river)
    note_a_lock(river)
    measure.publish(under=river.under, agent="test", at=river.at + timedelta(days=400))
    client = door.let_in(door.make_staff(Role.SERVICE_MANAGER, team_code="team_2"))
    for end in ("", "/figures.csv"):
        shown = client.get(f"/office/given{end}").content.decode()
        names = [team.name for team in river.under.programme.teams[:3]]
        assert [name in shown for name in names] == [False, True, False]


def test_who_was_unmasked_by_the_lock_never_becomes_a_masked_colleague(river: River) -> None:
    staff = door.make_staff(Role.SERVICE_MANAGER)
    door.let_in(staff)
    Account.objects.filter(id=staff.id).update(last_login=river.at)
    assert not account_facts.holder(staff.id).has_known_arms
    note_a_lock(river)
    assert account_facts.holder(staff.id).has_known_arms


def test_the_page_of_the_lock_names_what_is_in_the_way_and_what_is_open(
    river: River, place: Path, settings: Any
) -> None:
    entry = with_sessions(river)
    settings.STATISTICIAN_KEY_FILE = place / "no-key.txt"
    client = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    with ledger_lines() as lines:
        page = unescape(client.get("/office/lock").content.decode())
    assert Because.RECIPIENT_WRONG.sentence in page
    assert Because.NOT_LINKED.sentence.partition("{about}")[2] in page
    assert LooseEnd.INTERVIEW_TO_COME.sentence in page
    assert LooseEnd.NOBODY_PAIRED.sentence in page
    assert LooseEnd.PARCEL_TO_POST.sentence not in page
    assert entry.study_number not in page
    assert typed(page) == f"handrail lock {place}/locks/lock-2014-06-02 --by {MANAGER}"
    assert Path(typed(page).split()[2]).is_absolute()
    assert lines == []
    assert client.post("/office/lock", {"x": "y"}).status_code == 405
    key = place / "key.txt"
    key.write_text(sealed_file.new_identity().recipient)
    settings.STATISTICIAN_KEY_FILE = key
    assert Because.RECIPIENT_WRONG.sentence not in unescape(client.get("/office/lock").content.decode())


def test_the_page_of_the_lock_lists_the_locks_that_there_are(river: River, place: Path) -> None:
    client = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    assert b"have not been locked yet" in client.get("/office/lock").content
    note_a_lock(river)
    page = client.get("/office/lock").content.decode()
    above, _, rest = page.partition("Locks, newest first")
    assert "The data are locked." in above
    assert "lock-1" in rest.partition("How it is done")[0]


def test_the_command_of_the_lock_breaks_after_a_slash_or_an_at_and_in_the_middle_of_no_word(
    river: River, place: Path, settings: Any
) -> None:
    settings.PLACE = place / "the trial's own"
    page = door.let_in(door.make_staff(Role.TRIAL_MANAGER)).get("/office/lock").content.decode()
    pieces = [unescape(one) for one in re.findall(r'<span class="hr-word">(.*?)</span>', page)]
    assert "lock-2014-06-02'" in pieces  # a dash is no place for a break
    assert pieces[-2:] == ["trial_manager.1@", "staff.example.org"]
    assert not any({"/", "@"} & set(piece[:-1]) for piece in pieces)
    assert shlex.split(typed(page))[2] == str(settings.PLACE / "locks" / "lock-2014-06-02")


@pytest.mark.parametrize("name", ["lock-1.2 effect-0.66", "primary.2016", "what? 100%", "Zoë #1"])
def test_a_report_opens_whatever_its_folder_is_called(river: River, place: Path, name: str) -> None:
    client = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    (place / "reports" / "lock-1").rename(place / "reports" / name)
    listed = client.get("/office/reports").content.decode()
    links = [unescape(one) for one in re.findall(r'href="(/office/reports/[^"]+)"', listed)]
    assert [link.rpartition("/")[2] for link in links] == ["index.html", "report.pdf"]
    assert [status(client, link) for link in links] == [200, 200]


def test_no_name_of_a_report_leads_out_of_the_reports(river: River, place: Path) -> None:
    client = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    (place / "index.html").write_text("not a report")
    (place / "reports" / "index.html").write_text("not a report")
    (place / "reports" / "a\nb").mkdir()
    (place / "reports" / "a\nb" / "index.html").write_text("a name without an address")
    for name in ("%2E%2E", "..", ".", "%2E", "lock-1%2F..", "nothing"):
        assert status(client, f"/office/reports/{name}/index.html") == 404, name
    assert client.get("/office/reports").content.decode().count("/index.html") == 1
