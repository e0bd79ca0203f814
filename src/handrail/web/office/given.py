"""How much was given, by team: meetings with a peer worker, and workbooks by post. Counts, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handrail.domain.protocol import Protocol, Team
from handrail.domain.support import UNKNOWN_DOSE, dose, is_adherent
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.post import facts as post
from handrail.records.support import facts as support

ALL_TEAMS = "All teams"


@dataclass(frozen=True)
class MeetingsGiven:
    """Meetings with a peer worker in one team. Those whose attendance is not known count for nothing else."""

    team: str
    offered: int = 0
    not_known: int = 0
    met: int = 0
    met_enough: int = 0
    held: int = 0

    def __add__(self, other: MeetingsGiven) -> MeetingsGiven:
        return MeetingsGiven(
            self.team,
            self.offered + other.offered,
            self.not_known + other.not_known,
            self.met + other.met,
            self.met_enough + other.met_enough,
            self.held + other.held,
        )


@dataclass(frozen=True)
class WorkbooksGiven:
    """Workbooks by post in one team."""

    team: str
    ordered: int = 0
    posted: int = 0
    returned: int = 0

    def __add__(self, other: WorkbooksGiven) -> WorkbooksGiven:
        return WorkbooksGiven(
            self.team,
            self.ordered + other.ordered,
            self.posted + other.posted,
            self.returned + other.returned,
        )


def meetings(teams: Sequence[Team], *, under: Protocol) -> list[MeetingsGiven]:
    """Each team's meetings, and the sum of these teams'."""
    offers = allocation.offers(under=under.arms)
    told, lost = support.meetings_by_entry(), support.attendance_unknown()
    found = {team.code: MeetingsGiven(team.name) for team in teams}
    for entry in enrolment.entries():
        offer = offers[entry.id].peer_sessions if entry.id in offers else None
        if offer is None or entry.team_code not in found:
            continue
        received = UNKNOWN_DOSE if entry.id in lost else dose(told.get(entry.id, ()))
        found[entry.team_code] += MeetingsGiven(
            "",
            offered=1,
            not_known=int(received.held_count is None),
            met=int(bool(received.held_count)),
            met_enough=int(bool(is_adherent(received, under=offer))),
            held=received.held_count or 0,
        )
    return [*found.values(), sum(found.values(), MeetingsGiven(ALL_TEAMS))]


def workbooks(teams: Sequence[Team]) -> list[WorkbooksGiven]:
    """Each team's workbooks by post, and the sum of these teams'."""
    found = {team.code: WorkbooksGiven(team.name) for team in teams}
    team_of = _teams()
    for one in post.parcels():
        if team_of[one.entry_id] in found:
            found[team_of[one.entry_id]] += WorkbooksGiven(
                "", 1, int(one.posted_on is not None), int(one.returned_on is not None)
            )
    return [*found.values(), sum(found.values(), WorkbooksGiven(ALL_TEAMS))]


def _teams() -> dict[UUID, str]:
    return {entry.id: entry.team_code for entry in enrolment.entries()}
