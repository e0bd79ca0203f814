"""When it happened: first and last day of recruitment, of follow-up and of harms (CONSORT 2025, 23a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from handrail.analysis import wording
from handrail.analysis.findings import DisplayTable
from handrail.analysis.locked_table import LockedTable
from handrail.domain.dates import local_date
from handrail.domain.protocol import Protocol
from handrail.domain.protocol_words import FollowUpSource

Tables = Mapping[str, LockedTable]
Row = tuple[str, str, str, str]
NOTE = "Actual days, from the locked data. n: how many have such a day."


def entered(tables: Tables) -> tuple[str, str]:
    """The first and the last day of entry, ISO; blank of nobody."""
    days = [day for day in tables["entries"].dates("entered_on") if day]
    return (min(days).isoformat(), max(days).isoformat()) if days else ("", "")


def table(tables: Tables, under: Protocol, locked_at: str) -> DisplayTable:
    """First and last actual day of each part of the trial, and the day of the lock."""
    entries = tables["entries"]
    entry = dict(zip(entries.texts("study_number"), entries.dates("entered_on"), strict=True))
    horizon = timedelta(days=under.outcome.horizon_days)
    locked = wording.long_date(local_date(datetime.fromisoformat(locked_at)))
    rows = (
        _row("Referral received", tables["screening"].dates("referred_on")),
        _row("Entry into the trial (day 0)", entry.values()),
        *_interviews(tables["followup"], under),
        _row(
            f"End of the window for readmission (day {horizon.days})",
            (day + horizon for day in entry.values() if day),
        ),
        _row("Last day followed in the records", _followed(tables["outcomes"], entry)),
        _row("Onset of a serious adverse event", _onsets(tables["adverse_events"])),
        ("Data locked", wording.NONE, locked, wording.NONE),
    )
    return DisplayTable("dates", "Dates of recruitment and follow-up", ("", "First", "Last", "n"), rows, NOTE)


def _row(title: str, days: Iterable[date | None]) -> Row:
    given = [day for day in days if day]
    if not given:
        return title, wording.NONE, wording.NONE, "0"
    return title, wording.long_date(min(given)), wording.long_date(max(given)), str(len(given))


def _interviews(followup: LockedTable, under: Protocol) -> Iterable[Row]:
    """Each point with interviews; a person's interview counts once, however many questionnaires it had."""
    columns = (followup.texts("study_number"), followup.texts("point"), followup.dates("held_on"))
    held = {(number, point): day for number, point, day in zip(*columns, strict=True) if day}
    for point in under.schedule.points:
        if point.source is FollowUpSource.INTERVIEW:
            days = [day for (_, code), day in held.items() if code == point.code]
            yield _row(f"Interview held: {point.title.lower()}", days)


def _followed(outcomes: LockedTable, entry: Mapping[str, date | None]) -> Iterable[date]:
    columns = (outcomes.texts("study_number"), outcomes.wholes("followed_days"))
    for number, followed in zip(*columns, strict=True):
        began = entry.get(number)
        if began and followed is not None:
            yield began + timedelta(days=followed)


def _onsets(events: LockedTable) -> Iterable[date | None]:
    columns = (events.dates("onset_on"), events.texts("seriousness"))
    return [day for day, serious in zip(*columns, strict=True) if serious]
