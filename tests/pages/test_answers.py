"""What every answer carries, what goes wrong in plain words, and what happens once."""

from __future__ import annotations

import json
import logging
import re
import sys
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from handrail.config.logs import WithoutValues
from handrail.domain.refusal import BadFile, Conflict, Fault, NotFound, Reason, Refused
from handrail.domain.words import Because, Role
from handrail.exchange.crisis_file import CrisisLine
from handrail.records.accounts import access, facts
from handrail.web.shared import errors
from handrail.web.shared.once import Once
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db

EVERYWHERE = ["/", "/sign-in", "/code", "/help", "/no-such-page", "/health"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_headers(site: None, path: str) -> None:
    headers = Client().get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(administrator: Staff) -> None:
    client = door.walk_in(administrator)
    client.get("/sign-out")
    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


@pytest.mark.parametrize("path", ["/", "/sign-in", "/code", "/help", "/no-such-page"])
def test_no_page_holds_an_inline_script_or_style_or_asks_another_site(site: None, path: str) -> None:
    page = Client().get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", page)
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page) == []


def test_styles_and_scripts_are_served_and_may_be_kept(site: None) -> None:
    page = Client().get("/").content.decode()
    addresses = re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", page)
    assert len(addresses) == 7
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "?v=" in address
        answer.close()


def test_health_says_ok_and_nothing_else(site: None) -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_says_not_ok_when_the_database_does_not_answer(
    site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError

    from handrail.web.entrance import front

    def broken(*_: Any) -> None:
        raise DatabaseError("the disk is on fire, says secret-host")

    monkeypatch.setattr(front.cache, "get", broken)
    answer = Client().get("/health")
    assert (answer.status_code, answer.content) == (503, b"not ok\n")


def test_the_banner_stands_on_every_page_of_a_demonstration_and_on_none_of_a_real_one(db: None) -> None:
    from handrail.records.accounts import actions

    assert b"Synthetic people" not in Client().get("/").content
    actions.install(is_synthetic=True, protocol_hash="0" * 64, at=door.MADE_AT)
    assert b"Synthetic people: a demonstration" in Client().get("/").content


class TestErrors:
    """The four errors of the house, and the last resort, as pages."""

    @pytest.fixture
    def request_(self, site: None, rf: RequestFactory) -> Any:
        request: Any = rf.get("/x")
        request.viewer = None
        return request

    def page(self, request: Any, error: Exception) -> HttpResponse:
        answer = errors.DomainErrors(lambda _: HttpResponse()).process_exception(request, error)
        assert answer is not None
        return answer

    def test_a_refusal_lists_its_reasons(self, request_: Any) -> None:
        answer = self.page(request_, Refused((Reason(Because.CODE_WRONG), Reason(Because.HAS_DIED))))
        assert answer.status_code == 422
        assert Because.CODE_WRONG.sentence in answer.content.decode()
        assert Because.HAS_DIED.sentence in answer.content.decode()

    def test_not_found_says_nothing_of_what_was_looked_for(self, request_: Any) -> None:
        answer = self.page(request_, NotFound("canary"))
        assert answer.status_code == 404
        assert b"canary" not in answer.content

    def test_a_conflict_says_that_nothing_was_saved(self, request_: Any) -> None:
        answer = self.page(request_, Conflict("canary"))
        assert answer.status_code == 409
        assert b"not saved" in answer.content
        assert b"canary" not in answer.content

    def test_a_bad_file_lists_every_fault(self, request_: Any) -> None:
        faults = (
            Fault("a.csv", 3, "end", "ends before it starts", "Check both"),
            Fault("a.csv", 9, "", "<b>"),
        )
        page = self.page(request_, BadFile(faults)).content.decode()
        assert "2 faults" in page
        assert "ends before it starts" in page
        assert "&lt;b&gt;" in page

    def test_any_other_error_is_left_to_the_last_resort(self, request_: Any) -> None:
        middleware = errors.DomainErrors(lambda _: HttpResponse())
        assert middleware.process_exception(request_, ValueError("canary")) is None

    def test_the_last_resort_asks_nothing_of_the_database_and_shows_help(self, rf: RequestFactory) -> None:
        answer = errors.broken(rf.get("/"))
        assert answer.status_code == 500
        assert b"not saved" in answer.content
        assert b"116 123" in answer.content

    def test_every_error_page_shows_help_in_a_crisis(self, request_: Any) -> None:
        pages = [
            errors.not_found(request_),
            errors.form_expired(request_),
            errors.too_many(request_),
            errors.conflict(request_),
            errors.bad_request(request_),
        ]
        assert all(b"Text SHOUT to 85258" in page.content for page in pages)


def test_a_fault_is_logged_by_type_and_place_never_by_value() -> None:
    try:
        raise ValueError("canary 999 000 0001")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x.py", 1, "%s: %s", ("Internal", "/you/canary"), sys.exc_info()
        )
    line = WithoutValues().format(record)
    assert "canary" not in line
    assert json.loads(line)["fault"] == "ValueError"
    assert "test_answers.py" in json.loads(line)["where"][-1]


class TestOnce:
    """The same form sent twice does the thing once."""

    def send(self, client: Client, key: str, **changes: str) -> Any:
        programme = settings.PROTOCOL.programme
        form = {"name": "Nia Adeyemi", "email": "nia@staff.example.org", "role": Role.CRISIS_TEAM.value}
        form |= {"team_code": programme.teams[0].code, "request_key": key}
        return client.post("/accounts/invite", form | changes)

    def test_a_second_press_leads_to_the_same_place_and_does_nothing(self, administrator: Staff) -> None:
        client, key = door.let_in(administrator), str(uuid4())
        answers = [self.send(client, key) for _ in range(2)]
        assert [answer.headers["Location"] for answer in answers] == ["/accounts/", "/accounts/"]
        assert len([one for one in facts.accounts() if one.name == "Nia Adeyemi"]) == 1

    def test_a_form_with_a_mistake_can_be_mended_and_sent_again(self, administrator: Staff) -> None:
        client, key = door.let_in(administrator), str(uuid4())
        assert self.send(client, key, email="nonsense").status_code == 200
        assert self.send(client, key).status_code == 302

    def test_another_page_of_the_form_does_the_thing_again(self, administrator: Staff) -> None:
        client = door.let_in(administrator)
        self.send(client, str(uuid4()))
        page = self.send(client, str(uuid4())).content.decode()
        assert Because.EMAIL_TAKEN.sentence in page

    def test_two_at_the_same_moment_the_second_is_told_to_look_again(
        self, site: None, rf: RequestFactory
    ) -> None:
        once = Once(lambda request: HttpResponseRedirect("/done"))
        answers = []
        for _ in range(2):
            request: Any = rf.post("/x", {"request_key": "k"})
            request.session, request.viewer = type("S", (), {"session_key": "s"})(), None
            answers.append(once.process_view(request))
        assert answers[0] is None
        assert answers[1] is not None
        assert answers[1].status_code == 409

    def test_a_key_counts_only_for_its_own_session_and_page(
        self, administrator: Staff, researcher: Staff
    ) -> None:
        key = str(uuid4())
        self.send(door.let_in(administrator), key)
        door.let_in(administrator).post("/accounts/review", {"is_right": "on", "request_key": key})
        assert access.last_review() is not None


@pytest.fixture
def vouched() -> tuple[CrisisLine, ...]:
    """The lines for help in a crisis, as a service has them that has checked each."""
    days = {"checked_on": date(2026, 11, 1), "review_on": date(2027, 5, 1)}
    return tuple(replace(one, owner="o", **days) for one in settings.CRISIS_LINES)  # type: ignore[arg-type]


def test_the_administrator_is_told_of_lines_that_nobody_here_has_checked(
    administrator: Staff, vouched: tuple[CrisisLine, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    told, client = b"Nobody of your service has checked these lines", door.let_in(administrator)
    assert told in client.get("/accounts/").content
    monkeypatch.setattr(settings, "CRISIS_LINES", vouched)
    assert told not in client.get("/accounts/").content


def test_the_administrator_is_told_of_a_number_that_needs_checking(
    administrator: Staff, vouched: tuple[CrisisLine, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    import time_machine

    monkeypatch.setattr(settings, "CRISIS_LINES", vouched)
    client = door.let_in(administrator)
    assert b"need checking" not in client.get("/accounts/").content
    with time_machine.travel(datetime(2027, 6, 1, 12, tzinfo=UTC), tick=False):
        page = door.let_in(administrator).get("/accounts/").content
        assert b"need checking" in page
        assert Client().get("/help").status_code == 200
