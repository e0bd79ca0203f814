"""Whoever is signed in, as a frozen value, and where each role begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from handrail.domain.account import Appointment, sees_team
from handrail.domain.words import Role

# Names of pages, not imports: no audience knows another.
HOME: dict[Role, str] = {
    Role.PERSON: "person:today",
    Role.PEER_WORKER: "peer:today",
    Role.PEER_SUPERVISOR: "peer:today",
    Role.CRISIS_TEAM: "team:today",
    Role.DUTY_CLINICIAN: "duty:today",
    Role.RESEARCHER: "assessor:today",
    Role.DATA_DESK: "assessor:today",
    Role.ADJUDICATOR: "assessor:today",
    Role.SAFETY_REVIEWER: "assessor:today",
    Role.SERVICE_MANAGER: "assessor:today",
    Role.TRIAL_MANAGER: "office:today",
    Role.STATISTICIAN: "entrance:files",
    Role.ADMINISTRATOR: "accounts:today",
}


@dataclass(frozen=True)
class Viewer:
    """Whoever is signed in: a person in the programme, or an account of staff.

    ``id`` is what an action takes as ``by``. ``team_code`` is empty for roles that have no team, ``name``
    for a person, whose name stands on no page furniture. ``is_enrolling``: staff who have given their
    password and have yet to add a second factor; no page but that one is theirs. ``hides_offer``: a person
    who came in with a code that masked staff may have read; what they are offered stays out of sight.
    """

    id: UUID
    kind: Literal["person", "account"]
    role: Role
    team_code: str = ""
    name: str = ""
    is_enrolling: bool = False
    hides_offer: bool = False

    def sees(self, team_code: str) -> bool:
        """Whether this team's people are this viewer's to see, where the role sees people at all."""
        return sees_team(Appointment(self.role, self.team_code), team_code)

    @property
    def home(self) -> str:
        """The address where this viewer begins."""
        return reverse("entrance:enrol" if self.is_enrolling else HOME[self.role])


class PageRequest(HttpRequest):
    """A request as a page of one audience gets it: somebody of that audience is signed in."""

    viewer: Viewer
