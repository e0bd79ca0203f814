"""Researchers screen and take consent, as the trial manager does; entering stays with the trial manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from handrail.domain.words import Because, Exit, Role
from tests import synthetic

if TYPE_CHECKING:
    from django.test import Client

    from tests.river import River

pytestmark = pytest.mark.django_db
STAFF = {Role.RESEARCHER: "/study/referrals", Role.TRIAL_MANAGER: "/office/referral"}
CONTACT = {"telephone": "", "email": "own@example.org", "address": "", "postcode": "", "is_right": "on"}


@pytest.fixture(params=list(STAFF))
def role(request: pytest.FixtureRequest) -> Role:
    found: Role = request.param
    return found


@pytest.fixture
def client(role: Role, river: River) -> Client:
    from tests.pages import door

    return door.let_in(door.make_staff(role))


@pytest.fixture
def referral_id(river: River) -> UUID:
    return river.refer(1)


@pytest.fixture
def page(role: Role, referral_id: UUID) -> str:
    return f"{STAFF[role]}/{referral_id}"


def answers(river: River, **changes: bool) -> dict[str, str]:
    said = {**synthetic.eligible_answers(river.under), **changes}
    return {code: "yes" if answer else "no" for code, answer in said.items()}


def consented(river: River, **changes: str) -> dict[str, str]:
    said = {code: "yes" for code in synthetic.yes_to_all(river.under)}
    return said | {"capacity_confirmed": "yes", "how": "on_paper"} | CONTACT | changes


def registered(referral_id: UUID) -> Any:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.referral import facts as referrals

    return enrolment.of_person(referrals.person_of(referral_id))


def test_somebody_is_screened_and_consents(
    client: Client, page: str, referral_id: UUID, river: River
) -> None:
    from handrail.records.people import facts as people

    assert b"Record a screening" in client.get(page).content
    assert client.post(f"{page}/screen", answers(river))["Location"] == page
    assert b"Record consent" in client.get(page).content
    assert client.post(f"{page}/consent", consented(river))["Location"] == page
    registration = registered(referral_id)
    assert registration.study_number in client.get(page).content.decode()
    person = people.person(registration.person_id)
    assert person.contact.email == "own@example.org"
    assert person.contact_confirmed_by is not None


def test_no_consent_without_eligibility_capacity_or_the_contact_gone_through(
    client: Client, page: str, referral_id: UUID, river: River
) -> None:
    early = client.post(f"{page}/consent", consented(river))
    assert Because.NOT_ASSESSED.sentence in early.content.decode()
    client.post(f"{page}/screen", answers(river))
    without = consented(river)
    del without["is_right"]
    for said, words in [
        (consented(river, capacity_confirmed="no"), Because.CAPACITY_NOT_CONFIRMED.sentence),
        (consented(river, email=""), Because.CONTACT_MISSING.sentence),
        (without, "Go through the details with the person"),
    ]:
        answer = client.post(f"{page}/consent", said)
        assert (answer.status_code, registered(referral_id)) == (200, None)
        assert words in answer.content.decode()
    assert client.post(f"{page}/consent", consented(river)).status_code == 302


def test_somebody_who_declines_leaves_and_is_asked_no_more(
    client: Client, page: str, referral_id: UUID, river: River
) -> None:
    from handrail.records.referral import facts as referrals

    assert client.post(f"{page}/left", {"exit": "declined"})["Location"] == page
    assert referrals.referral(referral_id).exit is Exit.DECLINED
    refused = client.post(f"{page}/screen", answers(river))
    assert Because.HAS_LEFT.sentence in refused.content.decode()


def test_a_researcher_finds_who_waits_and_never_who_has_entered(river: River) -> None:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.people import facts as people
    from tests.pages import door

    waiting = river.refer(1)
    entered = people.person(enrolment.entry(river.entered(2)).person_id)
    client = door.let_in(door.make_staff(Role.RESEARCHER))
    listed = client.get("/study/referrals").content.decode()
    assert f"/study/referrals/{waiting}" in listed
    assert entered.surname not in listed
    assert b"1 person waits" in client.get("/study/").content


def test_a_researcher_of_another_team_finds_no_referral_of_this_one(river: River) -> None:
    from tests.pages import door

    referral_id = river.refer(1)
    own = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_1"))
    stranger = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_2", number=2))
    for step in ("", "/screen", "/consent", "/left"):
        assert own.get(f"/study/referrals/{referral_id}{step}").status_code == 200
        assert stranger.get(f"/study/referrals/{referral_id}{step}").status_code == 404
    stranger.post(f"/study/referrals/{referral_id}/left", {"exit": "declined"})
    assert str(referral_id) in own.get("/study/referrals").content.decode()
    assert str(referral_id) not in stranger.get("/study/referrals").content.decode()


def test_a_researcher_has_no_page_on_which_somebody_enters(river: River) -> None:
    from handrail.records.referral import facts as referrals
    from tests.pages import door

    registration_id = river.ready(1)
    referral = referrals.latest_of(river.person_of(registration_id))
    assert referral is not None
    client = door.let_in(door.make_staff(Role.RESEARCHER))
    page = client.get(f"/study/referrals/{referral.id}").content.decode()
    assert "The trial office enters people" in page
    assert "/enter" not in page
    for address in (f"/study/referrals/{referral.id}/enter", f"/office/referral/{referral.id}/enter"):
        assert client.post(address, {"request_key": "x"}).status_code == 404
