"""The administrator's pages: accounts and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from handrail.domain.words import Because, Event, Role
from handrail.exchange.messages import FolderSender
from handrail.records.accounts import access, facts
from handrail.records.audit.models import Line
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(tmp_path: Path, settings: object) -> Path:
    """Where letters go in these tests."""
    sender = FolderSender(tmp_path)
    settings.SENDERS = {"email": sender, "text": sender}  # type: ignore[attr-defined]
    return tmp_path


def invite(administrator: Staff, **changes: str) -> object:
    form = {
        "name": "Nia Adeyemi",
        "email": "Nia@Staff.example.org",
        "role": Role.RESEARCHER.value,
        "team_code": "",
    }
    return door.let_in(administrator).post("/accounts/invite", form | changes)


def test_somebody_is_invited_by_a_link_that_lets_them_choose_a_password(
    administrator: Staff, outbox: Path
) -> None:
    assert invite(administrator).status_code == 302  # type: ignore[attr-defined]
    account_id = access.id_of("nia@staff.example.org")
    assert account_id
    assert facts.account(account_id).role is Role.RESEARCHER
    (letter,) = outbox.glob("*.txt")
    text = letter.read_text()
    assert "To: nia@staff.example.org" in text
    assert f"{settings.ADDRESS}/sign-in/new-password/{account_id}-" in text
    assert (
        Line.objects.filter(event=Event.ACCOUNT_INVITED, about=account_id, by=administrator.id).count() == 1
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "administrator.1@staff.example.org"}, Because.EMAIL_TAKEN.sentence),
        ({"role": Role.CRISIS_TEAM.value}, Because.TEAM_MISSING.sentence),
        ({"email": "nonsense"}, "Enter an e-mail address in the right form"),
        ({"name": ""}, "Enter their full name"),
        ({"role": Role.PERSON.value}, "Select a valid choice"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_field(
    administrator: Staff, outbox: Path, changes: dict[str, str], sentence: str
) -> None:
    page = invite(administrator, **changes).content.decode()  # type: ignore[attr-defined]
    assert sentence in page
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert list(outbox.glob("*.txt")) == []


def test_an_error_s_link_leads_to_an_input_that_is_there(administrator: Staff) -> None:
    import re

    page = invite(administrator, name="", email="").content.decode()  # type: ignore[attr-defined]
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert targets == ["id_name", "id_email"]
    assert all(f'id="{target}"' in page for target in targets)


def test_what_was_typed_is_shown_back_and_escaped(administrator: Staff) -> None:
    page = invite(administrator, name='<img src="x">', email="").content.decode()  # type: ignore[attr-defined]
    assert '<img src="x">' not in page
    assert "&lt;img src=" in page


def test_a_role_is_changed_from_the_next_page_on(administrator: Staff, researcher: Staff) -> None:
    client = door.let_in(administrator)
    form = {"role": Role.TRIAL_MANAGER.value, "team_code": ""}
    assert client.post(f"/accounts/{researcher.id}/change", form).status_code == 302
    assert door.let_in(researcher).get("/office/").status_code == 200


def test_an_administrator_does_not_become_one_who_sees_records(administrator: Staff) -> None:
    door.make_staff(Role.ADMINISTRATOR, number=2)  # so that the first is not the last
    client = door.let_in(administrator)
    form = {"role": Role.TRIAL_MANAGER.value, "team_code": ""}
    page = client.post(f"/accounts/{administrator.id}/change", form).content.decode()
    assert Because.NOT_YOUR_OWN_ROLE.sentence in page
    assert client.get("/office/").status_code == 404


def test_somebody_who_knew_arms_does_not_become_masked(administrator: Staff) -> None:
    manager = door.make_staff(Role.TRIAL_MANAGER)
    door.walk_in(manager)
    form = {"role": Role.RESEARCHER.value, "team_code": ""}
    page = door.let_in(administrator).post(f"/accounts/{manager.id}/change", form).content.decode()
    assert Because.KNOWS_ARMS.sentence in page
    assert facts.account(manager.id).role is Role.TRIAL_MANAGER


def test_an_account_is_closed_and_listed_as_left(administrator: Staff, researcher: Staff) -> None:
    client = door.let_in(administrator)
    day = {"left_on-day": "30", "left_on-month": "1", "left_on-year": "2026"}
    assert client.post(f"/accounts/{researcher.id}/left", day).status_code == 302
    assert not facts.account(researcher.id).is_active
    assert "30 January 2026" in client.get("/accounts/").content.decode()


def test_the_last_administrator_stays_and_is_told_why(administrator: Staff) -> None:
    client = door.let_in(administrator)
    shown = client.get(f"/accounts/{administrator.id}").content.decode()
    assert Because.LAST_ADMINISTRATOR.sentence in shown
    day = {"left_on-day": "30", "left_on-month": "1", "left_on-year": "2026"}
    assert client.post(f"/accounts/{administrator.id}/left", day).status_code == 422
    assert facts.account(administrator.id).is_active


def test_a_new_link_is_sent_by_a_form_only(administrator: Staff, researcher: Staff, outbox: Path) -> None:
    client = door.let_in(administrator)
    client.get(f"/accounts/{researcher.id}/link")
    assert list(outbox.glob("*.txt")) == []
    client.post(f"/accounts/{researcher.id}/link")
    assert len(list(outbox.glob("*.txt"))) == 1


def test_access_is_reviewed_by_somebody_who_says_so(administrator: Staff) -> None:
    client = door.let_in(administrator)
    assert "never been reviewed" in client.get("/accounts/").content.decode()
    assert client.post("/accounts/review", {}).status_code == 200
    assert access.last_review() is None
    client.post("/accounts/review", {"is_right": "on"})
    review = access.last_review()
    assert review is not None
    assert (review.reviewed_by, review.account_count) == (administrator.id, 1)
    assert "never been reviewed" not in client.get("/accounts/").content.decode()


def test_nobody_s_account_is_not_found(administrator: Staff) -> None:
    client = door.let_in(administrator)
    nobody = "00000000-0000-4000-8000-000000000000"
    paths = [f"/accounts/{nobody}{ending}" for ending in ("", "/change", "/left")]
    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_looking_changes_nothing(administrator: Staff, researcher: Staff) -> None:
    client = door.let_in(administrator)
    before = [Line.objects.count(), facts.accounts(), access.everyone()]
    for path in (
        "",
        "invite",
        "review",
        f"{researcher.id}",
        f"{researcher.id}/change",
        f"{researcher.id}/left",
    ):
        assert client.get(f"/accounts/{path}").status_code == 200
    assert [Line.objects.count(), facts.accounts(), access.everyone()] == before


def test_when_mail_does_not_work_the_administrator_is_told_and_the_account_stands(
    administrator: Staff, settings: object
) -> None:
    class Broken:
        def send(self, message: object) -> None:
            raise ConnectionRefusedError("canary@mail.example.org")

    settings.SENDERS = {"email": Broken(), "text": Broken()}  # type: ignore[attr-defined]
    client = door.let_in(administrator)
    form = {"name": "Nia", "email": "nia@staff.example.org", "role": Role.RESEARCHER.value, "team_code": ""}
    page = client.post("/accounts/invite", form, follow=True).content.decode()
    assert "could not be sent" in page
    assert access.id_of("nia@staff.example.org")
