"""What was given, as managers may see it: how many got how far, and workbooks by post. Nobody's name.

Every count has gone through ``domain.disclosure``: small ones are hidden, the rest rounded.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from handrail.domain.disclosure import Division, Release, Shown, release
from handrail.domain.measures import Step
from handrail.domain.protocol import Team
from handrail.records.enrolment import facts as enrolment
from handrail.records.post import facts as post

ALL = "Everybody"
BY_TEAM = "Team"
POSTED = ("Ordered", "Posted", "Came back")


@dataclass(frozen=True)
class Table:
    """One table to show: a row for each step, a column for each group and one for everybody."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(made: Release, teams: Sequence[Team]) -> list[Table]:
    """How many got how far, by team and by group of people. Of the teams only these have a column."""
    steps, names = [step.sentence for step in Step], [team.name for team in teams]
    return [_table(made, which, steps, names) for which in range(len(made.divisions))]


def workbooks(every_team: Sequence[Team], teams: Sequence[Team]) -> Table:
    """Workbooks by post, by team."""
    team_of = {entry.id: entry.team_code for entry in enrolment.entries()}
    found: Counter[tuple[str, str]] = Counter()
    for one in post.parcels():
        days = (one.ordered_on, one.posted_on, one.posted_on and one.returned_on)
        found.update((team_of[one.entry_id], step) for step, day in zip(POSTED, days, strict=True) if day)
    counts = tuple(tuple(found[team.code, step] for team in every_team) for step in POSTED)
    by_team = Division(BY_TEAM, tuple(team.name for team in every_team), counts)
    return _table(release([by_team], within=(None, 0, 1)), 0, POSTED, [team.name for team in teams])


def as_csv(made: Sequence[Table]) -> str:
    """The same tables as rows: table, step, group, what is shown."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("table", "step", "group", "shown"))
    for one in made:
        for step, *cells in one.rows:
            told = zip(one.columns, cells, strict=True)
            writer.writerows((one.title, step, group, cell) for group, cell in told)
    return text.getvalue()


def _table(made: Release, which: int, steps: Sequence[str], teams: Collection[str]) -> Table:
    title, groups, rows = made.divisions[which]
    shown = [place for place, group in enumerate(groups) if title != BY_TEAM or group in teams]
    columns = [[row[place] for row in rows] for place in shown] + [list(made.totals)]
    told = [list(_told(column, made.within)) for column in columns]
    return Table(
        title,
        (*(groups[place] for place in shown), ALL),
        tuple(zip(steps, *told, strict=True)),
    )


def _told(column: Sequence[Shown], within: Sequence[int | None]) -> Iterator[str]:
    """Each count with that of which it is a part."""
    for cell, outer in zip(column, within, strict=True):
        yield cell.words if outer is None else f"{cell.words} of {column[outer].words}"
