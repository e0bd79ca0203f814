"""A worker leaves or falls ill: one page for their whole caseload, on which nobody can be skipped."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.dates import LONDON
from handrail.domain.ending import LONGEST_MESSAGE, Placing, WhyLeft
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import handover as journey
from handrail.records.accounts import facts as accounts
from handrail.records.accounts.facts import AccountFacts
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.support import facts as support
from handrail.records.support import partings
from handrail.web.peer.meeting_forms import Clock
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Day, Form, OneOf, Words
from handrail.web.shared.layout import say


class HandOver(Form):
    """Why, and then for each person: what they are told, by whom they are met, and a meeting."""

    why = OneOf("Why can they not go on?", [(one.value, one.sentence) for one in WhyLeft])

    def __init__(
        self, *args: Any, people: dict[UUID, PersonFacts], workers: list[AccountFacts], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.people = people
        choices = [*((str(one.id), one.name) for one in workers), ("later", "Still to find")]
        for entry_id, person in people.items():
            name = f"{person.given_name} {person.surname}"
            self.fields[f"words_{entry_id}"] = Words(
                f"What do you tell {name}?",
                hint="In your own name. They read it on their own page.",
                max_length=LONGEST_MESSAGE,
                missing=f"Write to {name}",
            )
            self.fields[f"worker_{entry_id}"] = OneOf(
                f"Who will meet {name} from now on?", choices, missing=f"Say who will meet {name}"
            )
            self.fields[f"day_{entry_id}"] = Day(
                f"On which day do you offer {name} a meeting?", required=False
            )
            self.fields[f"clock_{entry_id}"] = Clock(
                "At what time?", hint="For example, 14:30", width=5, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A meeting has a day and a time, or neither."""
        said = super().clean() or {}
        for entry_id in self.people:
            if bool(said.get(f"day_{entry_id}")) != bool(said.get(f"clock_{entry_id}")):
                self.add_error(f"clock_{entry_id}", "Give the meeting a day and a time, or neither")
        return said

    def placings(self) -> list[Placing]:
        """What each person is told and offered."""
        return [self._placing(entry_id) for entry_id in self.people]

    def _placing(self, entry_id: UUID) -> Placing:
        said = self.cleaned_data
        worker, day = said[f"worker_{entry_id}"], said[f"day_{entry_id}"]
        meeting_at = None
        if day:
            hour, minute = said[f"clock_{entry_id}"]
            meeting_at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
        words = said[f"words_{entry_id}"]
        return Placing(entry_id, words, None if worker == "later" else UUID(worker), meeting_at)


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def hand_over(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """Hand over everybody whom one worker supports."""
    leaving = accounts.account(worker_id)
    if leaving.role is not Role.PEER_WORKER or not request.viewer.sees(leaving.team_code):
        raise NotFound("worker")
    form = HandOver(request.POST or None, people=_people(worker_id), workers=_others(leaving))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, worker_id, form)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Everybody was told on their own page. Now telephone each of them.")
            return redirect("peer:pairs")
    return render(request, "peer/hand-over.html", {"leaving": leaving, "form": form, "people": form.people})


def _keep(request: PageRequest, worker_id: UUID, form: HandOver) -> None:
    why, by, at = WhyLeft(form.cleaned_data["why"]), request.viewer.id, clock.now()
    journey.hand_over(worker_id, why, form.placings(), under=settings.PROTOCOL, by=by, at=at)


def _people(worker_id: UUID) -> dict[UUID, PersonFacts]:
    entries = {one: enrolment.entry(one).person_id for one in whom(worker_id)}
    known = people.people(entries.values())
    return {entry_id: known[person_id] for entry_id, person_id in entries.items()}


def _others(leaving: AccountFacts) -> list[AccountFacts]:
    workers = accounts.accounts(role=Role.PEER_WORKER, is_active=True)
    return [one for one in workers if one.team_code == leaving.team_code and one.id != leaving.id]


def whom(worker_id: UUID) -> tuple[UUID, ...]:
    """The entries of everybody whom this worker still supports: none of them can be skipped."""
    arms = allocation.offers(under=settings.PROTOCOL.arms, entry_ids=support.caseload(worker_id))
    offers = {entry_id: arm.peer_sessions for entry_id, arm in arms.items() if arm.peer_sessions}
    return partings.to_hand_over(worker_id, offers=offers, at=clock.now())
