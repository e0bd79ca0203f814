"""The workbook on paper, asked for on the site: one at a time, and nothing of it is left lying about."""

from __future__ import annotations

import logging
import resource
import subprocess
from typing import Any

import pytest
from django.test import Client

from handrail.web.shared import child
from tests.later import with_sessions
from tests.pages import door
from tests.river import River

ORDINARY = "/you/book/paper/ordinary"
BUSY = "Your pages are being made. Try again in a minute."
FAILED = "That did not work just now."
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(river: River) -> Client:
    return door.let_person_in(with_sessions(river).person_id)


def test_the_page_says_where_the_file_may_stay(person: Client) -> None:
    page = person.get("/you/book/paper").content.decode()
    assert "Your phone may keep the file. You can delete it there." in page
    assert BUSY not in page and FAILED not in page


def test_a_second_booklet_waits_for_the_first_and_nobody_elses(
    person: Client, river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = door.let_person_in(with_sessions(river, first=60).person_id)
    answers: list[Any] = []

    def run(*_: Any, **__: Any) -> tuple[int, bytes]:
        if not answers:  # while the first is being made
            answers.append(None)
            answers.extend([person.get(ORDINARY), other.get(ORDINARY)])
        return 0, b"%PDF-1.7"

    monkeypatch.setattr(child, "run", run)
    assert person.get(ORDINARY).status_code == 200
    _, second, others = answers
    assert second.status_code == 503 and BUSY in second.content.decode()
    assert others.status_code == 200
    assert person.get(ORDINARY).status_code == 200  # the first is done


def test_after_a_failure_the_next_try_is_let_through(person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "run", lambda *_, **__: (1, b""))
    for _ in range(2):
        answer = person.get(ORDINARY)
        assert answer.status_code == 503 and FAILED in answer.content.decode()


def test_a_child_that_fails_is_logged_by_its_numbers_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger=child.__name__):
        status, _ = child.run(["booklet", "--composed", "--out", "-"], seconds=30, given=b"my secret")
    (record,) = caplog.records
    assert status and f"ended with {status} after 0 bytes" in record.getMessage()
    assert "secret" not in record.getMessage()


def test_a_child_that_crashes_leaves_no_core_file(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}

    def run(words: list[str], *, preexec_fn: Any, **_: Any) -> subprocess.CompletedProcess[bytes]:
        preexec_fn()
        return subprocess.CompletedProcess(words, 0, b"", b"")

    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(subprocess, "run", run)
    assert child.run(["booklet"], seconds=30) == (0, b"")
    assert limits[resource.RLIMIT_CORE] == (0, 0)
