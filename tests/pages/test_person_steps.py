"""What researchers and the trial office record about one person: contact, choices, a death; and moves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from handrail.domain.consent import Scopes
from handrail.domain.death import DeathPutRight
from handrail.domain.person import Contact
from handrail.domain.words import Because, Event, Role, Scope
from tests.records.told import told

if TYPE_CHECKING:
    from django.test import Client

    from tests.river import River

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WAYS = {"telephone": "020 7946 0123", "email": "own@example.org", "address": "", "postcode": ""}


@dataclass(frozen=True)
class Desk:
    """A researcher or the trial manager at the page of one person who is in the trial."""

    client: Client
    role: Role
    page: str
    person_id: UUID
    staff_id: UUID

    def send(self, step: str, **said: str) -> Any:
        """Fill in one step's form; ``on`` is written into its three boxes."""
        return self.client.post(f"{self.page}/{step}", said)

    def reads(self, page: str = "") -> str:
        """What stands on a page, without its marks."""
        text = self.client.get(page or self.page).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def boxes(name: str, day: date) -> dict[str, str]:
    """A day as the three boxes of a form."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def desk_of(role: Role, river: River) -> Desk:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.referral import facts as referrals
    from tests.pages import door

    entry = enrolment.entry(river.entered(1))
    referral = referrals.latest_of(entry.person_id)
    assert referral is not None
    pages = {
        Role.RESEARCHER: f"/study/people/{entry.registration_id}",
        Role.TRIAL_MANAGER: f"/office/referral/{referral.id}",
    }
    staff = door.make_staff(role)
    return Desk(door.let_in(staff), role, pages[role], entry.person_id, staff.id)


@pytest.fixture(params=[Role.RESEARCHER, Role.TRIAL_MANAGER])
def desk(request: pytest.FixtureRequest, river: River) -> Desk:
    """Each of the two who may record these things."""
    return desk_of(request.param, river)


@pytest.fixture
def researcher_s(river: River) -> Desk:
    return desk_of(Role.RESEARCHER, river)


def person(desk: Desk) -> Any:
    from handrail.records.people import facts

    return facts.person(desk.person_id)


def test_a_death_is_recorded_and_every_page_says_so(desk: Desk, river: River) -> None:
    today = river.at.date()
    assert "Record a death" in desk.reads()
    answer = desk.send("death", **boxes("died_on", today))
    assert (answer.status_code, answer["Location"]) == (302, desk.page)
    assert person(desk).died_on == today
    said = desk.reads()
    assert f"died on {today.day} {today:%B %Y}. No invitation, reminder or sign-in code goes out" in said
    assert "Record a death" not in said
    assert "Give a sign-in code" not in said


@pytest.mark.parametrize(
    ("days", "because"),
    [(1, Because.DAY_TO_COME), (-1, Because.SEEN_ALIVE), (-40000, Because.DIED_BEFORE_BIRTH)],
)
def test_a_day_that_cannot_be_the_day_of_death_is_told_beside_it(
    desk: Desk, river: River, days: int, because: Because
) -> None:
    answer = desk.send("death", **boxes("died_on", river.at.date() + timedelta(days=days)))
    assert answer.status_code == 200
    assert because.sentence.partition("{about}")[2] in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert person(desk).died_on is None


def test_a_death_that_was_a_mistake_is_taken_back_and_a_wrong_day_put_right(desk: Desk, river: River) -> None:
    today = river.at.date()
    desk.send("death", **boxes("died_on", today))
    from django.utils import timezone

    from handrail.records.accounts import actions as accounts

    accounts.set_clock(river.at + 3 * DAY - timezone.now(), at=river.at + 3 * DAY, agent="test")
    typed, other = {"why_put_right": "typed_wrongly"}, {"why_put_right": "another_person"}
    assert desk.send("death", what_is_wrong="day", **typed).status_code == 200  # it asks which
    right = {"what_is_wrong": "day", **boxes("died_on", today + DAY)}
    assert desk.send("death", **right).status_code == 200  # and why
    assert "What was recorded of a death" not in desk.reads()
    assert desk.send("death", **right, **typed).status_code == 302
    assert person(desk).died_on == today + DAY
    assert desk.send("death", what_is_wrong="person", **other).status_code == 302
    assert person(desk).died_on is None
    said = desk.reads()
    assert "died on" not in said
    _, _, told = said.partition("What was recorded of a death, the latest first")
    kept = ["Has not died", DeathPutRight.ANOTHER_PERSON.sentence, f"{today + DAY:%-d %B %Y}"]
    kept += [DeathPutRight.TYPED_WRONGLY.sentence, f"{today:%-d %B %Y}"]
    places = [told.find(words) for words in kept]
    assert -1 not in places
    assert places == sorted(places)


def test_a_choice_told_by_telephone_is_kept_and_listed(desk: Desk, river: River) -> None:
    from handrail.records.consent import facts

    today = river.at.date()
    words = "I never want a visit again."
    said = {"scope": "interviews", "is_open": "no", "words": words, **boxes("from_on", today)}
    assert desk.send("choice", **said).status_code == 302
    assert facts.scopes(desk.person_id, today) == Scopes(interviews=False, records=True, recontact=True)
    shown = desk.reads()
    assert "Interviews and questionnaires: no." in shown
    assert "Consent, form 1." in shown
    assert (words in shown) is (desk.role is Role.TRIAL_MANAGER)  # words can betray an arm
    again = desk.send("choice", **said)
    assert Because.SCOPE_ALREADY_SO.sentence.replace("'", "&#x27;") in again.content.decode().replace(
        "&#39;", "&#x27;"
    )


@pytest.mark.parametrize(("days", "because"), [(1, Because.DAY_TO_COME), (-1, Because.SAID_SINCE)])
def test_a_choice_is_not_told_in_the_future_nor_before_the_last_one(
    desk: Desk, river: River, days: int, because: Because
) -> None:
    from handrail.records.consent import facts

    day = river.at.date() + timedelta(days=days)
    answer = desk.send("choice", scope="records", is_open="no", **boxes("from_on", day))
    assert answer.status_code == 200
    assert because.sentence.partition("{about}")[2] in answer.content.decode()
    assert facts.changes() == ()


def test_a_person_reads_on_their_own_page_what_they_told_somebody(desk: Desk, river: River) -> None:
    from tests.pages import door

    today, own = river.at.date(), door.let_person_in(desk.person_id)
    assert "What you told us later" not in own.get("/you/choices").content.decode()
    desk.send("choice", scope="records", is_open="no", **boxes("from_on", today))
    page = own.get("/you/choices").content.decode()
    assert f"{today.day} {today:%B %Y}: no to “Letting us see if you used urgent care”" in page


def test_a_total_is_shown_only_of_answers_that_add_up(researcher_s: Desk, river: River) -> None:
    from handrail.records.followup import actions
    from tests.river import UNSAID

    registration_id = river.registered(2)
    said = {"lsns_6": [1, 2, 3, 4, 5, 0], "eq_5d_3l": [1, 2, 3, 2, 3]}
    actions.record_baseline(
        registration_id, UNSAID, said, under=river.under.schedule, by=river.by, at=river.at
    )
    page = researcher_s.reads(f"/study/people/{registration_id}")
    titles = {one.code: one.title for one in river.under.schedule.instruments}
    assert f"{titles['lsns_6']}: 6 answered, total 15." in page
    assert f"{titles['eq_5d_3l']}: 5 answered. " in page


def test_a_persons_own_form_says_what_their_answer_is_now_and_chooses_none(desk: Desk, river: River) -> None:
    from tests.pages import door

    own = door.let_person_in(desk.person_id)
    pages = [own.get("/you/choices/records").content.decode()]
    desk.send("choice", scope="records", is_open="no", **boxes("from_on", river.at.date()))
    pages += [own.get("/you/choices/records").content.decode()]
    now = [re.findall(r"Your answer now: <strong>(\w+)</strong>", page) for page in pages]
    assert now == [["Yes"], ["No"]]
    assert not any(re.search(r"<input[^>]* checked", page) for page in pages)


def test_the_programme_is_no_choice_on_these_pages(desk: Desk, river: River) -> None:
    from handrail.records.consent import facts

    answer = desk.client.get(f"{desk.page}/choice").content.decode()
    assert re.findall(r'name="scope"[^>]*value="(\w+)"', answer) == ["interviews", "records", "recontact"]
    today = boxes("from_on", river.at.date())
    refused = desk.send("choice", scope=Scope.PROGRAMME.value, is_open="no", **today)
    assert refused.status_code == 200
    assert facts.changes() == ()


def test_contact_details_are_read_out_put_right_and_confirmed(desk: Desk) -> None:
    page = desk.client.get(f"{desk.page}/contact").content.decode()
    assert person(desk).contact.email in page
    assert desk.send("contact", **WAYS).status_code == 200  # nobody has gone through them
    assert person(desk).contact_confirmed_by is None
    assert desk.send("contact", **WAYS, is_right="on").status_code == 302
    assert person(desk).contact == Contact(telephone="020 7946 0123", email="own@example.org")
    assert person(desk).contact_confirmed_by == desk.staff_id


@pytest.mark.parametrize(
    ("changes", "because"),
    [({"email": "", "telephone": ""}, Because.CONTACT_MISSING)],
)
def test_contact_details_that_lead_nowhere_are_refused(
    desk: Desk, changes: dict[str, str], because: Because
) -> None:
    before = person(desk)
    answer = desk.send("contact", **{**WAYS, **changes}, is_right="on")
    assert answer.status_code == 200
    assert because.sentence in answer.content.decode()
    assert person(desk) == before


def test_the_office_is_told_what_a_contact_confirmed_by_masked_staff_does_not_open(river: River) -> None:
    from handrail.records.people import actions
    from tests.pages import door

    office = desk_of(Role.TRIAL_MANAGER, river)
    assert "Not yet: no sign-in code is sent there" in office.reads()
    researcher = door.make_staff(Role.RESEARCHER).id
    actions.change_contact(office.person_id, person(office).contact, by=researcher, at=river.at)
    assert "By masked staff" in office.reads()
    office.send("contact", **WAYS, is_right="on")
    assert "By masked staff" not in office.reads()
    assert "no sign-in code is sent there" not in office.reads()


def test_a_researcher_of_another_team_finds_none_of_it(researcher_s: Desk) -> None:
    from tests.pages import door

    stranger = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_2", number=2))
    for step in ("", "/contact", "/choice", "/death"):
        assert researcher_s.client.get(researcher_s.page + step).status_code == 200
        assert stranger.get(researcher_s.page + step).status_code == 404
        assert stranger.post(researcher_s.page + step, WAYS | {"is_right": "on"}).status_code in (404, 405)


class TestMoves:
    """The data desk ends somebody's records, and takes it back."""

    @pytest.fixture
    def data_desk(self, river: River) -> Client:
        from tests.pages import door

        return door.let_in(door.make_staff(Role.DATA_DESK))

    def move(self, client: Client, number: str, day: date) -> Any:
        return client.post("/study/records/moved/new", {"study_number": number, **boxes("last_on", day)})

    def test_a_move_ends_the_records_and_is_taken_back(self, data_desk: Client, river: River) -> None:
        from handrail.records.acutecare import facts
        from handrail.records.enrolment import facts as enrolment

        entry = enrolment.entry(river.entered(1))
        with told(Event.RECORDS_END_SET, Event.RECORDS_LINKED):
            sent = self.move(data_desk, entry.study_number.lower(), river.at.date())
        assert sent["Location"] == "/study/records/moved"
        assert facts.records_ends() == {entry.registration_id: river.at.date()}
        assert entry.study_number in data_desk.get("/study/records/moved").content.decode()
        undo = f"/study/records/moved/{entry.registration_id}"
        assert data_desk.get(undo).status_code == 200
        with told(Event.RECORDS_END_SET, Event.RECORDS_LINKED):
            data_desk.post(undo, {"request_key": "once"})
        assert facts.records_ends() == {entry.registration_id: None}
        assert data_desk.get(undo).status_code == 404
        assert entry.study_number not in data_desk.get("/study/records/moved").content.decode()

    def test_a_move_that_cannot_be_is_told_beside_its_field(self, data_desk: Client, river: River) -> None:
        from handrail.records.acutecare import facts
        from handrail.records.enrolment import facts as enrolment

        entry = enrolment.entry(river.entered(1))
        waiting = enrolment.registration(river.registered(2))
        today = river.at.date()
        for number, day, words in [
            (entry.study_number, today + DAY, "is a day still to come"),
            (entry.study_number, today - DAY, "is before this person entered the trial"),
            (waiting.study_number, today, Because.NOT_ENTERED.sentence),
            ("7K2M9-X", today, "Nobody has this study number"),
        ]:
            answer = self.move(data_desk, number, day)
            assert answer.status_code == 200
            assert words in answer.content.decode()
        assert facts.records_ends() == {}

    def test_the_outcomes_are_worked_out_again_without_a_new_file(self, data_desk: Client) -> None:
        with told():
            assert data_desk.get("/study/records/again").status_code == 200
        with told(Event.RECORDS_LINKED):
            sent = data_desk.post("/study/records/again", {"request_key": "once"})
        assert sent["Location"] == "/study/records"
