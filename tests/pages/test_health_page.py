"""The administrator sees whether the installation keeps what it is given."""

from __future__ import annotations

import pytest

from handrail.records.accounts import facts as accounts
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db


def test_the_administrator_sees_each_check_and_what_to_do(administrator: Staff) -> None:
    page = door.let_in(administrator).get("/accounts/health").content.decode()
    assert "What is saved is kept." in page
    assert "There is none. Run: handrail backup" in page
    assert "Look at this" in page


def test_nobody_else_sees_it(researcher: Staff) -> None:
    assert door.let_in(researcher).get("/accounts/health").status_code == 404


def test_an_installation_for_real_people_says_which_messages_cannot_go(
    administrator: Staff, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = door.let_in(administrator)
    settings.SENDERS = {}  # type: ignore[attr-defined]
    page = client.get("/accounts/health").content.decode()
    assert "written to outbox/" in page and "Text messages cannot be sent: name a key" not in page
    monkeypatch.setattr(accounts, "is_synthetic", lambda: False)
    page = client.get("/accounts/health").content.decode()
    assert "No mail server" in page and "Text messages cannot be sent: name a key" in page
    settings.SENDERS = {"email": None}  # type: ignore[attr-defined]
    page = client.get("/accounts/health").content.decode()
    assert "No mail server" not in page and "Text messages cannot be sent: name a key" in page
