"""Work that waits for each role, made by the product's own actions: one lot for each width of window.

The stories of one width take their own lot and leave the other's alone, so that they can be told in any
order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from handrail.commands.demonstration.cast import Cast
from handrail.commands.demonstration.steps import moment
from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.person import Contact
from handrail.domain.protocol import Protocol
from handrail.domain.safety import HowFound, NewEvent
from handrail.domain.words import ConsentRoute, Role, Seriousness
from handrail.exchange import workbook_file
from handrail.journey import consent, deliver, enrol, refer, screen
from handrail.records.allocation import facts as allocation
from handrail.records.concern import actions as concerns
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import actions as followup
from handrail.records.people import actions as people_actions
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.records.safety import actions as safety
from handrail.records.workbook import actions as workbook
from handrail.records.workbook import planning
from tests import synthetic
from tests.river import UNSAID

LONG_AGO = timedelta(days=112)  # the interview at four months is open, and meetings have some days left
LATELY, YESTERDAY = timedelta(days=6), timedelta(days=1)
MOST_ENTRIES = 14  # more than two whole blocks: both arms come up
SURNAMES = {"phone": "Phonemoor", "desk": "Desklea"}  # made up, and telling which width somebody is for
_serials = count(501)


@dataclass(frozen=True)
class Somebody:
    """One person of a lot, with what a story needs to find them."""

    name: str
    email: str
    person_id: UUID
    referral_id: UUID
    registration_id: UUID | None = None
    entry_id: UUID | None = None
    study_number: str = ""


@dataclass(frozen=True)
class Lot:
    """One width's people, at one team."""

    protocol: Protocol
    cast: Cast
    width: str
    team_code: str
    now: datetime
    pick: Random = field(default_factory=lambda: Random(5))

    def referred(self, given_name: str, *, at: datetime) -> Somebody:
        """Somebody whom the crisis team has referred."""
        serial, day = next(_serials), at.date()
        surname = SURNAMES[self.width]
        email = f"{given_name}.{surname}@example.org".lower().replace(" ", ".")
        contact = Contact(email, "020 7946 0000", "1 Made Up Street", "ZZ99 3CZ")
        new = synthetic.referral(serial, team_code=self.team_code)
        new = replace(
            new,
            person=replace(new.person, given_name=given_name, surname=surname, contact=contact),
            caseload_from=day - timedelta(days=14),
            discharged_on=day - timedelta(days=4),
        )
        by = self.cast.crisis_team(self.team_code)
        made = refer.receive(new, under=self.protocol, pick=self.pick.choice, by=by, at=at)
        row = referrals.referral(made)
        return Somebody(f"{given_name} {surname}", email, row.person_id, made)

    def consented(self, given_name: str, *, at: datetime) -> Somebody:
        """Somebody who has been screened and said yes to everything."""
        found, by = self.referred(given_name, at=at), self.cast.researcher(0)
        answers = synthetic.eligible_answers(self.protocol)
        screen.record(found.referral_id, answers, under=self.protocol, by=by, at=at)
        registration_id = consent.give(
            found.referral_id,
            synthetic.yes_to_all(self.protocol),
            form_version=self.protocol.consent_forms[0].version,
            capacity_confirmed=True,
            how=ConsentRoute.ON_PAPER,
            contact=people.person(found.person_id).contact,
            under=self.protocol.consent_forms,
            pick=self.pick.choice,
            by=by,
            at=at,
        )
        number = enrolment.registration(registration_id).study_number
        return replace(found, registration_id=registration_id, study_number=number)

    def ready(self, given_name: str, *, at: datetime) -> Somebody:
        """Somebody whose baseline is done."""
        found = self.consented(given_name, at=at)
        assert found.registration_id
        under, by = self.protocol.schedule, self.cast.researcher(0)
        followup.record_baseline(found.registration_id, UNSAID, {}, under=under, by=by, at=at)
        return found

    def entered(self, given_name: str, *, at: datetime) -> Somebody:
        """Somebody in the trial."""
        found = self.ready(given_name, at=at)
        assert found.registration_id
        by, key = self.cast.trial_manager, f"stage {found.study_number}"
        entry_id = enrol.randomise(found.registration_id, request_key=key, under=self.protocol, by=by, at=at)
        people_actions.change_contact(found.person_id, people.person(found.person_id).contact, by=by, at=at)
        return replace(found, entry_id=entry_id)

    def one_of_each(self, *, at: datetime) -> dict[str, Somebody]:
        """Three people whom a peer worker is offered to, and one whom the post is: as the list has it."""
        wanted = {True: ["waiting", "paired", "begins"], False: ["posted"]}
        found: dict[str, Somebody] = {}
        for given_name in _given_names():
            if not any(wanted.values()):
                return found
            one = self.entered(given_name, at=at)
            arm = allocation.offer(_known(one.registration_id), under=self.protocol.arms)
            places = wanted[arm is not None and arm.peer_sessions is not None]
            if places:
                found[places.pop(0)] = one
        raise RuntimeError("the list has given one arm only")

    def pair(self, one: Somebody) -> None:
        """A peer worker, and a meeting that was planned for yesterday."""
        worker, yesterday = self.cast.peer_worker(self.team_code, 0), self.now - YESTERDAY
        by = self.cast.peer_supervisor(self.team_code)
        under, entry_id = self.protocol, _known(one.entry_id)
        deliver.pair(entry_id, worker, under=under, by=by, at=self.now - LATELY)
        planned_at = moment(yesterday.date(), "14:30")
        deliver.plan_session(entry_id, planned_at=planned_at, under=under, by=worker, at=self.now - LATELY)

    def write(self, one: Somebody) -> None:
        """Two people in the workbook, one of whom is in the plan too."""
        entry_id = _known(one.entry_id)
        offer = self.protocol.arm(allocation.arm_of(entry_id)).workbook
        acting = {"parts": workbook_file.load(), "offer": offer, "by": one.person_id, "at": self.now - LATELY}
        numbers = {name: uuid5(entry_id, name) for name in ("Synthetic Jo", "Synthetic Ade")}
        for name, number in numbers.items():
            workbook.keep_card(entry_id, number, "people_places", "people", {"who": (name,)}, **acting)
        planning.bring(entry_id, numbers["Synthetic Jo"], "people_to_ask", **acting)

    def order(self, one: Somebody) -> None:
        """A workbook that is still to be posted."""
        deliver.order_workbook(
            _known(one.entry_id), under=self.protocol, by=self.cast.trial_manager, at=self.now
        )

    def worry(self, one: Somebody) -> None:
        """A worry that nobody has taken up."""
        urgency = Urgency.CRISIS_TEAM if self.width == "phone" else Urgency.SUPERVISOR
        words = NewConcern(
            urgency, f"Has not slept, says {one.name}.", "A call tonight", has_told_person=True
        )
        worker = self.cast.peer_worker(self.team_code, 0)
        concerns.raise_concern(one.person_id, words, by=worker, at=self.now)

    def harm(self, one: Somebody, *, is_reviewed: bool) -> None:
        """A serious event; one that a masked colleague has answered for goes on to the office."""
        day = (self.now - timedelta(days=10)).date()
        harm = NewEvent(
            onset_on=day,
            aware_on=day,
            kind="psychiatric_admission",
            seriousness=frozenset({Seriousness.HOSPITAL_STAY}),
            how_found=HowFound.INTERVIEW,
            narrative="Synthetic: some nights on a ward.",
        )
        by, under = self.cast.researcher(0), self.protocol.safety
        event_id = safety.record_event(_known(one.registration_id), harm, under=under, by=by, at=self.now)
        if is_reviewed:
            reviewer = self.cast.one(Role.SAFETY_REVIEWER)
            safety.review(event_id, could_be_related=True, by=reviewer, at=self.now)

    def fill(self) -> dict[str, Somebody]:
        """Everything that waits, by what it waits for."""
        found = {
            "screening": self.referred("Sanjay", at=self.now - LATELY),
            "asking": self.referred("Asha", at=self.now - LATELY),
            "baseline": self.consented("Bola", at=self.now - LATELY),
            "entry": self.ready("Esther", at=self.now - LATELY),
            "interview": self.entered("Ines", at=self.now - LONG_AGO),
            "decision": self.entered("Devon", at=self.now - LONG_AGO),
        }
        found |= self.one_of_each(at=self.now - LATELY)
        self.pair(found["paired"])
        self.write(found["paired"])
        self.order(found["posted"])
        self.worry(found["paired"])
        self.harm(found["interview"], is_reviewed=False)
        self.harm(found["decision"], is_reviewed=True)
        return found


def extract(path: Path, people: list[Somebody], *, now: datetime) -> Path:
    """A hospital's file whose rows cannot say how people's first episode ended; one row is wrong."""
    rows = ["person_id,service,provider,start,end"]
    for one in people:
        before, after = now - LONG_AGO - timedelta(days=5), now - timedelta(days=40)
        rows += [f"{one.study_number},crisis-team,trust-1,{before.date()},"]
        rows += [f"{one.study_number},ward,trust-1,{after.date()},{after.date() + timedelta(days=9)}"]
    rows += [f"{people[0].study_number},ambulance,trust-1,{now.date() - timedelta(days=30)},"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _given_names() -> Iterator[str]:
    names = ("Rowan", "Saffron", "Hazel", "Linden", "Juniper", "Heather", "Jasmine")
    return iter([f"{name}{mark}" for mark in ("", " Ann") for name in names][:MOST_ENTRIES])


def _known(found: UUID | None) -> UUID:
    if found is None:
        raise RuntimeError("this person has not come so far")
    return found
