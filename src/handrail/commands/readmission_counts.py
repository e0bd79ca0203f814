"""What ``handrail readmissions`` prints: rows in and out at each rule, people by status, first services."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.analysis.acutecare.columns import day_of, service_label
from handrail.analysis.acutecare.outcomes import Counted
from handrail.domain.protocol import OutcomeDefinition


@dataclass(frozen=True)
class Story:
    """What one run did. ``shown`` are the first rows that were set aside."""

    spells_name: str
    under: OutcomeDefinition
    counted: Counted
    latest_day: int | None
    lacks_cut_off: int
    shown: list[tuple[int, str]]

    @property
    def cut_off(self) -> date | None:
        """The cut-off of people without one of their own."""
        return None if self.latest_day is None else day_of(self.latest_day)

    @property
    def first_services(self) -> dict[str, int]:
        """People readmitted, by the service or services that their first readmission began with."""
        codes = Counter(int(code) for code in self.counted.outcomes.first_service if code)
        return {service_label(code): count for code, count in sorted(codes.items())}


def as_json(story: Story) -> str:
    """The counts for a program to read."""
    counted = story.counted
    return json.dumps(
        {
            "rows_read": counted.rows_read,
            "rows_set_aside": {rule.value: count for rule, count in counted.rows_set_aside.items()},
            "rows_kept": counted.rows_kept,
            "open_closed": counted.open_closed,
            "ends_held": counted.ends_held,
            "episodes": counted.episode_count,
            "cut_off": story.cut_off and story.cut_off.isoformat(),
            "people_without_cut_off_of_their_own": story.lacks_cut_off,
            "people": {status.value: count for status, count in counted.people_by_status.items()},
            "index_open_at_entry": counted.index_open_count,
            "first_services": story.first_services,
            "readmitted_by_merge_gap": counted.readmitted_by_gap,
            "sorted_by": counted.sorted_by,
        },
        indent=1,
    )


def as_text(story: Story) -> str:
    """The counts for a person to read."""
    parts = (_definition(story), _rows(story), _listed(story), _people(story))
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


def _definition(story: Story) -> Iterator[str]:
    under = story.under
    yield "What counts"
    yield f"  services            {', '.join(service.value for service in under.settings)}"
    yield f"  window              days 1 to {under.horizon_days} after entry (day 0)"
    yield f"  merge gap           {under.merge_gap_days} day" + ("s" if under.merge_gap_days != 1 else "")
    if under.index_gap_days:
        yield f"  after the index     {under.index_gap_days} day" + ("s" if under.index_gap_days != 1 else "")
    if story.lacks_cut_off:
        yield f"  cut-off             {story.cut_off}, the latest date in {story.spells_name}"
        yield f"                      ({story.lacks_cut_off:,} people have no observed_until of their own)"
    else:
        yield "  cut-off             each person's own observed_until"


def _rows(story: Story) -> Iterator[str]:
    counted = story.counted
    yield f"Rows of {story.spells_name}"
    yield _line("read", counted.rows_read)
    for rule, count in counted.rows_set_aside.items():
        yield _line(f"  {rule.value}", -count, f"  {rule.sentence}" if count else "")
    yield _line("kept", counted.rows_kept)
    yield _line("  open, closed", counted.open_closed, "  at the cut-off or death")
    yield _line("  end held back", counted.ends_held, "  to the cut-off or death")
    yield _line("episodes made", counted.episode_count)
    if counted.sorted_by == "two words":
        yield "  (too many to sort in one word of 64 bits: sorted in two, more slowly)"


def _listed(story: Story) -> Iterator[str]:
    aside = sum(story.counted.rows_set_aside.values())
    if not aside:
        return
    yield f"Rows set aside: the first {len(story.shown)} of {aside:,}" + (
        "; --audit FILE lists every row" if aside > len(story.shown) else ""
    )
    for line, rule in story.shown:
        yield f"  {story.spells_name} line {line}: {rule}"


def _people(story: Story) -> Iterator[str]:
    counted = story.counted
    yield "People"
    yield _line("in the cohort", sum(counted.people_by_status.values()))
    for status, count in counted.people_by_status.items():
        yield _line(f"  {status.value}", count)
    yield _line("index episode open", counted.index_open_count, "  at entry")
    if story.first_services:
        firsts = ", ".join(f"{service} {count:,}" for service, count in story.first_services.items())
        yield f"first readmission to  {firsts}"
    gaps = ", ".join(f"{gap}: {count:,}" for gap, count in counted.readmitted_by_gap.items())
    yield f"readmitted, by merge gap in days  {gaps}"


def _line(what: str, count: int, note: str = "") -> str:
    return f"{what:<22}{count:>12,}{note}"
