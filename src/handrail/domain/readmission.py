"""One person's entry and spells → was this person readmitted, when, to what, and for how long.

Day 0 is the day of entry; follow-up is days 1 to the horizon (365 in CORE), by whole local dates.

* The **index episode** is any episode that starts on or before day 0, whatever its end. It is never a
  readmission, and a spell that joins it is part of it. Where the protocol gives a gap of its own for it
  (``index_gap_days``), whoever comes back within so many days of its end has not been readmitted.
* A **readmission** is the first episode that starts on days 1 to the horizon. Its services are those of
  the spells that start it, joined with ``+`` in alphabetical order.
* **Nights and calendar days** are counted over days 1 to the horizon, index episode included. The night of
  entry does not count, nor do nights in a gap.
* **Followed days** run from entry to the earliest of the horizon, the death and the records' cut-off;
  never fewer than 0. A readmission does not end them, since nights go on being counted.

**Status.** The first of these that holds:

1. ``not_consented``: no consent to the use of records. Everything else is blank.
2. ``index_end_unknown``: a spell that started by day 0 has no end, and another starts after day 0. One
   missing end would swallow a real readmission, so the outcome is blank and the person is adjudicated.
   Only followed days are given.
3. ``readmitted``: 1, with its day. A death afterwards does not change it.
4. ``died``: death came on or before the horizon and the cut-off, without readmission first: 0. This holds
   even where the person has no row at all, for death is known from elsewhere.
5. ``no_records``: the spells file has no row of any kind for this person, so that it is not even known
   whether the person was looked for. Everything else is blank.
6. ``censored``: the records end before the horizon. Whether readmitted is blank; nights and calendar days
   are those seen.
7. ``not_readmitted``: followed to the horizon: 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handrail.domain import acutecare
from handrail.domain.acutecare import Episode, IndexGap, Spell
from handrail.domain.dates import days_between
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.words import OutcomeStatus


@dataclass(frozen=True)
class Outcome:
    """What the records say of one person. None is blank: not known, or not applicable.

    ``day`` counts from entry as day 0. ``day_from_index_end``: for a person readmitted whose index episode
    was still going on at entry, days from its end to the readmission; a second clock, never the main one.
    """

    status: OutcomeStatus
    readmitted: bool | None = None
    day: int | None = None
    first_service: str = ""
    nights: int | None = None
    calendar_days: int | None = None
    followed_days: int | None = None
    day_from_index_end: int | None = None


@dataclass(frozen=True)
class _Story:
    """One person's records, cleaned and merged, beside the days that bound them."""

    entry: date
    last_on: date
    observed_until: date
    died_on: date | None
    has_rows: bool
    spells: tuple[Spell, ...]
    episodes: tuple[Episode, ...]

    @property
    def close_on(self) -> date:
        """The last day on which anything can be known: the earlier of the cut-off and death."""
        return _close_on(self.observed_until, self.died_on)

    @property
    def index(self) -> Episode | None:
        """The last episode that started by the day of entry."""
        return next((each for each in reversed(self.episodes) if each.start_on <= self.entry), None)

    @property
    def readmission(self) -> Episode | None:
        """The first episode that started after the day of entry, by the horizon."""
        return next((each for each in self.episodes if self.entry < each.start_on <= self.last_on), None)


def outcome(
    entry: date,
    spells: Iterable[Spell],
    *,
    under: OutcomeDefinition,
    observed_until: date,
    died_on: date | None = None,
    has_consent: bool = True,
    has_other_rows: bool = False,
) -> Outcome:
    """The outcome of one person.

    ``observed_until`` is the cut-off: the last day up to which this person's records are known to be
    complete. ``has_other_rows`` says that the file holds rows for this person that could not even be made
    into spells (an unknown service), so that an empty list does not mean that nothing was found.
    """
    if not has_consent:
        return Outcome(OutcomeStatus.NOT_CONSENTED)
    rows = tuple(spells)
    cleaned = acutecare.clean(rows, settings=under.settings, observed_until=observed_until, died_on=died_on)
    close_on = _close_on(observed_until, died_on)
    story = _Story(
        entry=entry,
        last_on=entry + timedelta(days=under.horizon_days),
        observed_until=observed_until,
        died_on=died_on,
        has_rows=bool(rows) or has_other_rows,
        spells=cleaned.spells,
        episodes=episodes_of(cleaned.spells, entry, under=under, close_on=close_on),
    )
    return _told(_status(story), story)


def episodes_of(
    cleaned: Iterable[Spell], entry: date, *, under: OutcomeDefinition, close_on: date
) -> tuple[Episode, ...]:
    """The episodes that somebody's cleaned spells make; ``close_on`` as in ``acutecare.episodes``."""
    gap_days = under.merge_gap_days
    index_gap = IndexGap(entry, under.gap_after_index(gap_days))
    return acutecare.episodes(cleaned, gap_days=gap_days, close_on=close_on, index_gap=index_gap)


def has_unknown_index_end(entry: date, spells: Iterable[Spell]) -> bool:
    """Whether a cleaned spell that started by entry has no end while another starts after entry."""
    cleaned = tuple(spells)
    is_open = any(spell.start_on <= entry and spell.end_on is None for spell in cleaned)
    return is_open and any(spell.start_on > entry for spell in cleaned)


def _close_on(observed_until: date, died_on: date | None) -> date:
    return observed_until if died_on is None else min(observed_until, died_on)


def _status(story: _Story) -> OutcomeStatus:
    """Statuses 2 to 7, in their order."""
    if has_unknown_index_end(story.entry, story.spells):
        return OutcomeStatus.INDEX_END_UNKNOWN
    if story.readmission is not None:
        return OutcomeStatus.READMITTED
    if story.died_on is not None and story.died_on <= min(story.last_on, story.observed_until):
        return OutcomeStatus.DIED
    if not story.has_rows:
        return OutcomeStatus.NO_RECORDS
    if story.observed_until < story.last_on:
        return OutcomeStatus.CENSORED
    return OutcomeStatus.NOT_READMITTED


def _told(status: OutcomeStatus, story: _Story) -> Outcome:
    """What the status allows to be said, and blanks for the rest."""
    if status is OutcomeStatus.NO_RECORDS:
        return Outcome(status)
    followed = Outcome(
        status, followed_days=max(0, days_between(story.entry, min(story.last_on, story.close_on)))
    )
    if status is OutcomeStatus.INDEX_END_UNKNOWN:
        return followed
    counted = _with_time_in_care(followed, story)
    if story.readmission is not None:
        return _with_readmission(counted, story, story.readmission)
    return counted if status is OutcomeStatus.CENSORED else replace(counted, readmitted=False)


def _with_time_in_care(known: Outcome, story: _Story) -> Outcome:
    held = tuple(acutecare.held_to(spell, story.close_on) for spell in story.spells)
    first_on = story.entry + timedelta(days=1)
    return replace(
        known,
        nights=acutecare.nights(held, first_on=first_on, last_on=story.last_on),
        calendar_days=acutecare.calendar_days(held, first_on=first_on, last_on=story.last_on),
    )


def _with_readmission(known: Outcome, story: _Story, readmission: Episode) -> Outcome:
    index, began_on = story.index, readmission.start_on
    was_open = index is not None and index.end_on >= story.entry
    return replace(
        known,
        readmitted=True,
        day=days_between(story.entry, began_on),
        first_service="+".join(readmission.first_services),
        day_from_index_end=days_between(index.end_on, began_on) if index and was_open else None,
    )
