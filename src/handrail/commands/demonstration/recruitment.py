"""When people are referred, screened, asked and entered; and who leaves on the way, where and why.

Of the real trial only the dates, the teams and the number entered are known. How many were referred,
and why some did not enter, is invented here: about 700 people for 441 entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handrail.commands.demonstration.lives import Path
from handrail.commands.demonstration.stream import Stream
from handrail.domain.protocol import Eligibility, Programme
from handrail.domain.words import Exit

TEAM_SHARES = (0.200, 0.180, 0.170, 0.165, 0.150, 0.135)  # teams are not of one size; cycled if more
OTHERS_PER_ENTRANT = 0.6
EXITS = {
    Exit.INELIGIBLE: 0.38,
    Exit.DECLINED: 0.33,
    Exit.NOT_REACHED: 0.17,
    Exit.WINDOW_PASSED: 0.05,
    Exit.WITHDREW_BEFORE_ENTRY: 0.04,
    Exit.LOST_CAPACITY: 0.02,
    Exit.OTHER: 0.01,
}
AFTER_CONSENT = (Exit.WITHDREW_BEFORE_ENTRY, Exit.LOST_CAPACITY)
BEFORE_SCREENING = (Exit.NOT_REACHED, Exit.WINDOW_PASSED)
FIRST_SAID_NO = 0.015  # of entrants: not eligible at first, eligible some days later
LATEST_ENTRY_DAYS = 28  # from discharge to entry


@dataclass(frozen=True)
class Calendar:
    """The working days on which people may enter."""

    days: tuple[date, ...]

    @classmethod
    def of(cls, programme: Programme) -> Calendar:
        """Monday to Friday, from the first day of recruitment to the last."""
        span = (programme.recruits_until - programme.recruits_from).days
        each = (programme.recruits_from + timedelta(days=day) for day in range(span + 1))
        return cls(tuple(day for day in each if day.weekday() < 5))

    def drawn(self, count: int, stream: Stream) -> list[date]:
        """So many days in order; the first and the last day of recruitment are always among them."""
        ends = [self.days[0], self.days[-1]][:count]
        slow_start = 60  # working days in which the teams find their feet
        days = list(ends)
        while len(days) < count:
            place = stream.whole(0, len(self.days) - 1)
            if place >= slow_start or stream.chance((place + 20) / (slow_start + 20)):
                days.append(self.days[place])
        return sorted(days)


def team_sizes(count: int, teams: Sequence[str]) -> dict[str, int]:
    """How many enter at each team, adding up to ``count``."""
    shares = [TEAM_SHARES[place % len(TEAM_SHARES)] for place in range(len(teams))]
    exact = [count * share / sum(shares) for share in shares]
    sizes = [int(part) for part in exact]
    by_rest = sorted(range(len(teams)), key=lambda place: sizes[place] - exact[place])
    for place in by_rest[: count - sum(sizes)]:
        sizes[place] += 1
    return dict(zip(teams, sizes, strict=True))


def entrants(count: int, programme: Programme, stream: Stream) -> list[tuple[str, date]]:
    """Team and day of entry of each who enters, in the order of entry."""
    codes = [team.code for team in programme.teams]
    sizes = team_sizes(count, codes)
    teams = stream.shuffled([code for code in codes for _ in range(sizes[code])])
    return list(zip(teams, Calendar.of(programme).drawn(count, stream), strict=True))


def path_to_entry(
    team_code: str, entered_on: date, programme: Programme, rules: Eligibility, stream: Stream
) -> Path:
    """A way from the crisis team to entry on this day, within a month of discharge."""
    first = programme.recruits_from

    def earlier(day: date, least: int, most: int) -> date:
        return max(day - timedelta(days=stream.whole(least, most)), first)

    baseline_on = earlier(entered_on, 0, 3)
    consented_on = earlier(baseline_on, 0, 4)
    screened_on = earlier(consented_on, 0, 4)
    said_no = stream.chance(FIRST_SAID_NO) and screened_on - timedelta(days=4) >= first
    first_screened_on = screened_on - timedelta(days=4) if said_no else None
    received_on = earlier(first_screened_on or screened_on, 0, 3)
    discharged_on = min(
        received_on + timedelta(days=stream.whole(-7, 2)),
        entered_on - timedelta(days=2),
    )
    discharged_on = max(discharged_on, entered_on - timedelta(days=LATEST_ENTRY_DAYS))
    return Path(
        team_code=team_code,
        caseload_from=_caseload_from(discharged_on, rules, stream),
        discharged_on=discharged_on,
        received_on=received_on,
        first_screened_on=first_screened_on,
        screened_on=screened_on,
        failed="",
        consented_on=consented_on,
        baseline_on=baseline_on,
        entered_on=entered_on,
        exit=None,
        left_on=None,
    )


def _caseload_from(discharged_on: date, rules: Eligibility, stream: Stream) -> date:
    return discharged_on - timedelta(days=rules.minimum_caseload_days + stream.whole(2, 46))


def path_out(team_code: str, programme: Programme, rules: Eligibility, stream: Stream) -> Path:
    """A way from the crisis team to one of the exits before entry."""
    calendar = Calendar.of(programme).days
    received_on = calendar[stream.whole(0, max(len(calendar) - 20, 0))]
    screened_on = received_on + timedelta(days=stream.whole(1, 4))
    discharged_on = received_on + timedelta(days=stream.whole(-5, 3))
    path = Path(
        team_code=team_code,
        caseload_from=_caseload_from(min(discharged_on, received_on), rules, stream),
        discharged_on=discharged_on,
        received_on=received_on,
        first_screened_on=None,
        screened_on=screened_on,
        failed="",
        consented_on=None,
        baseline_on=None,
        entered_on=None,
        exit=stream.weighted(EXITS),
        left_on=screened_on + timedelta(days=stream.whole(0, 6)),
    )
    return _left(path, rules, stream)


def _left(path: Path, rules: Eligibility, stream: Stream) -> Path:
    """The same way, cut off where its exit cuts it off."""
    if path.exit is Exit.INELIGIBLE:
        return replace(path, failed=stream(rules.criteria).code)
    if path.exit in BEFORE_SCREENING:
        return replace(
            path, screened_on=None, left_on=path.received_on + timedelta(days=stream.whole(14, 30))
        )
    if path.exit in AFTER_CONSENT and path.screened_on is not None:
        consented_on = path.screened_on + timedelta(days=stream.whole(0, 3))
        return replace(
            path, consented_on=consented_on, left_on=consented_on + timedelta(days=stream.whole(1, 5))
        )
    return path
