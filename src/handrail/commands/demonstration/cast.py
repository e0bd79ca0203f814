"""The staff of a demonstration: every role, each an account of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.commands.demonstration.biographies import WORKERS_PER_TEAM
from handrail.domain.protocol import Programme
from handrail.domain.words import Role
from handrail.records.accounts import actions

AGENT = "demonstration"
RESEARCHERS = 3
# One account each, but for the roles below that have one for each team or more.
SINGLE_ROLES = (
    Role.ADMINISTRATOR,
    Role.TRIAL_MANAGER,
    Role.DATA_DESK,
    Role.ADJUDICATOR,
    Role.SAFETY_REVIEWER,
    Role.STATISTICIAN,
    Role.SERVICE_MANAGER,
)
TEAM_ROLES = (Role.CRISIS_TEAM, Role.PEER_SUPERVISOR, Role.DUTY_CLINICIAN)
NAMES = {
    Role.ADMINISTRATOR: "Ada",
    Role.TRIAL_MANAGER: "Tomasz",
    Role.PEER_SUPERVISOR: "Sunita",
    Role.DUTY_CLINICIAN: "Dela",
    Role.DATA_DESK: "Dan",
    Role.ADJUDICATOR: "Adjoa",
    Role.SAFETY_REVIEWER: "Saoirse",
    Role.STATISTICIAN: "Stella",
    Role.SERVICE_MANAGER: "Morwenna",
    Role.RESEARCHER: "Ren",
    Role.CRISIS_TEAM: "Cai",
    Role.PEER_WORKER: "Pat",
}
SURNAME = "Synthetic"


@dataclass(frozen=True)
class Post:
    """One account to make."""

    email: str
    name: str
    role: Role
    team_code: str = ""


@dataclass(frozen=True)
class Cast:
    """Who acts in the play: account ids by role."""

    posts: tuple[tuple[Post, UUID], ...]

    def _of(self, role: Role, team_code: str = "") -> list[UUID]:
        return [
            account for post, account in self.posts if post.role is role and team_code in ("", post.team_code)
        ]

    def crisis_team(self, team_code: str) -> UUID:
        """The member of this crisis team who refers people."""
        return self._of(Role.CRISIS_TEAM, team_code)[0]

    def peer_supervisor(self, team_code: str) -> UUID:
        """Whoever pairs this team's people with peer workers."""
        return self._of(Role.PEER_SUPERVISOR, team_code)[0]

    def duty_clinician(self, team_code: str) -> UUID:
        """Whoever answers worries about this team's people."""
        return self._of(Role.DUTY_CLINICIAN, team_code)[0]

    def peer_worker(self, team_code: str, place: int) -> UUID:
        """One of this team's peer workers, counted from 0."""
        return self._of(Role.PEER_WORKER, team_code)[place]

    def researcher(self, number: int) -> UUID:
        """The researcher who looks after this person."""
        researchers = self._of(Role.RESEARCHER)
        return researchers[number % len(researchers)]

    def one(self, role: Role) -> UUID:
        """The first account of a role."""
        return self._of(role)[0]

    @property
    def trial_manager(self) -> UUID:
        """The unmasked data manager."""
        return self.one(Role.TRIAL_MANAGER)


def posts(programme: Programme) -> Iterator[Post]:
    """Every account that a demonstration has."""
    for role in SINGLE_ROLES:
        yield _post(role)
    for number in range(1, RESEARCHERS + 1):
        yield _post(Role.RESEARCHER, str(number))
    for team in programme.teams:
        for role in TEAM_ROLES:
            yield _post(role, team.code, team.code)
        for number in range(1, WORKERS_PER_TEAM + 1):
            yield _post(Role.PEER_WORKER, f"{team.code}-{number}", team.code)


def _post(role: Role, mark: str = "", team_code: str = "") -> Post:
    place = "-".join(part for part in (role.value, mark) if part).replace("_", "-")
    name = " ".join(part for part in (NAMES[role], SURNAME, mark.replace("_", " ")) if part)
    return Post(f"{place}@example.org", name, role, team_code)


def engage(programme: Programme, *, at: datetime) -> Cast:
    """Make the accounts, the administrator first, who invites the others."""
    found: list[tuple[Post, UUID]] = []
    for post in posts(programme):
        account = actions.invite(
            post.email,
            post.name,
            post.role,
            post.team_code,
            under=programme,
            by=found[0][1] if found else None,
            at=at,
            agent="" if found else AGENT,
        )
        found.append((post, account))
    return Cast(tuple(found))
