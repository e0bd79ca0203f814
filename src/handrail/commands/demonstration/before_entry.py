"""The steps from referral to allocation, or out: every one through the product's own journeys."""

from __future__ import annotations

from datetime import datetime

from handrail.commands.demonstration.lives import Life
from handrail.commands.demonstration.steps import Scene, Step, Trail
from handrail.domain.followup import Characteristics
from handrail.domain.person import Contact, NewPerson
from handrail.domain.referral import NewReferral
from handrail.domain.words import ConsentRoute, Scope
from handrail.journey import consent, enrol, follow, refer, screen
from handrail.records.people import actions as people_actions
from handrail.records.people import facts as people

ROUTES = {
    ConsentRoute.ON_PAPER: 0.6,
    ConsentRoute.ON_SCREEN: 0.3,
    ConsentRoute.BY_TELEPHONE: 0.1,
}
REFER, RANDOMISE = "referral", "randomise"


def steps(trail: Trail) -> list[Step]:
    """Every step of this life up to entry or exit."""
    path = trail.life.path
    found = [trail.step(REFER, path.received_on, "09:15", lambda at: receive(trail, at))]
    if path.first_screened_on is not None:
        found.append(
            trail.step("first screening", path.first_screened_on, "10:00", lambda at: say_no(trail, at))
        )
    if path.screened_on is not None:
        found.append(trail.step("screening", path.screened_on, "10:45", lambda at: assess(trail, at)))
    if path.consented_on is not None:
        found.append(trail.step("consent", path.consented_on, "11:30", lambda at: give(trail, at)))
    if path.baseline_on is not None:
        found.append(trail.step("baseline", path.baseline_on, "13:00", lambda at: answer(trail, at)))
    if path.entered_on is not None:
        found.append(trail.step(RANDOMISE, path.entered_on, "15:00", lambda at: enter(trail, at)))
    if path.left_on is not None:
        found.append(trail.step("exit", path.left_on, "17:00", lambda at: leave(trail, at)))
    return found


def receive(trail: Trail, at: datetime) -> None:
    """The crisis team refers the person."""
    life, scene = trail.life, trail.scene
    path = life.path
    new = NewReferral(
        person=new_person(life),
        team_code=path.team_code,
        caseload_from=path.caseload_from,
        discharged_on=path.discharged_on if path.discharged_on <= path.received_on else None,
        agreed_to_contact=True,
    )
    trail.referral_id = refer.receive(
        new,
        under=scene.protocol,
        pick=scene.dice("referral number", life.number),
        by=scene.cast.crisis_team(path.team_code),
        at=at,
    )
    trail.person_id = people.by_nhs_number(life.identity.nhs_number)


def new_person(life: Life) -> NewPerson:
    """The person as they are put on record."""
    who = life.identity
    return NewPerson(
        given_name=who.given_name,
        surname=who.surname,
        born_on=who.born_on,
        nhs_number=who.nhs_number,
        contact=Contact(who.email, who.telephone, who.address, who.postcode),
    )


def _answers(scene: Scene, failed: str) -> dict[str, bool]:
    return {
        item.code: item.eligible_answer is not (item.code == failed)
        for item in scene.protocol.eligibility.criteria
    }


def say_no(trail: Trail, at: datetime) -> None:
    """A first assessment that is not passed; some days later another one is."""
    first = trail.scene.protocol.eligibility.criteria[0].code
    _screen(trail, first, at)


def assess(trail: Trail, at: datetime) -> None:
    """The researcher records the screening answers."""
    _screen(trail, trail.life.path.failed, at)


def _screen(trail: Trail, failed: str, at: datetime) -> None:
    scene = trail.scene
    by = scene.cast.researcher(trail.life.number)
    screen.record(trail.referral, _answers(scene, failed), under=scene.protocol, by=by, at=at)


def give(trail: Trail, at: datetime) -> None:
    """The person consents, and gets a study number."""
    scene, life = trail.scene, trail.life
    form = scene.protocol.consent_form(at.date())
    if form is None:
        raise RuntimeError("the protocol has no consent form for this day")
    dice = scene.dice("consent", life.number)
    said = {
        statement.code: statement.scope is not Scope.RECONTACT or life.allows_recontact
        for statement in form.statements
    }
    trail.registration_id = consent.give(
        trail.referral,
        said,
        form_version=form.version,
        capacity_confirmed=True,
        how=dice.weighted(ROUTES),
        contact=new_person(life).contact,
        under=scene.protocol.consent_forms,
        pick=scene.dice("study number", life.number),
        by=scene.cast.researcher(life.number),
        at=at,
    )


def answer(trail: Trail, at: datetime) -> None:
    """The baseline interview."""
    who = trail.life.identity
    follow.record_baseline(
        trail.registration,
        Characteristics(who.gender, who.ethnic_group, who.housing, who.is_first_crisis),
        trail.life.baseline,
        under=trail.scene.protocol.schedule,
        by=trail.scene.cast.researcher(trail.life.number),
        at=at,
    )


def enter(trail: Trail, at: datetime) -> None:
    """The unmasked data manager asks for the allocation. The answer does not say which arm.

    Then they ring the person, and go through how they are reached: so a code sent there opens everything.
    """
    by = trail.scene.cast.trial_manager
    trail.entry_id = enrol.randomise(
        trail.registration,
        request_key=f"demonstration-{trail.life.number}",
        under=trail.scene.protocol,
        by=by,
        at=at,
    )
    people_actions.change_contact(trail.person, new_person(trail.life).contact, by=by, at=at)


def leave(trail: Trail, at: datetime) -> None:
    """The referral is closed before entry."""
    exit_word = trail.life.path.exit
    if exit_word is None:
        raise RuntimeError("nobody leaves without a reason")
    screen.depart(trail.referral, exit_word, by=trail.scene.cast.researcher(trail.life.number), at=at)
