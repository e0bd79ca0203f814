"""Serious adverse events, deviations, and people who say no to something later on.

The published trial had two deaths, both in the reference arm. They are told here as deaths and no
more: what happened to two people is not replayed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from handrail.commands.demonstration.figures import ArmFigures, Figures
from handrail.commands.demonstration.lives import Departure, Entrant, Fate, Harm, NoMore, Spell
from handrail.commands.demonstration.stream import Stream
from handrail.domain.protocol import Safety
from handrail.domain.safety import OTHER_KIND, HowFound
from handrail.domain.words import DeviationKind, Scope, Seriousness, Setting

ADMISSION_KIND, ILLNESS_KIND = "psychiatric_admission", "physical_admission"
ADMISSIONS = 0.6  # of the events: admissions that the records hold too
EVENTS_PER_PERSON = 71 / 441
OBSERVED_DAYS = 540
NO_INTERVIEWS, NO_RECONTACT = 0.035, 0.03
COULD_BE_RELATED = 0.14
FINDERS = {HowFound.RECORDS: 0.35, HowFound.STAFF: 0.3, HowFound.INTERVIEW: 0.2, HowFound.PERSON: 0.15}
DEPARTURES = {
    DeviationKind.UNMASKED: (
        0.012,
        "The person mentioned what they were offered; another interviewer took over.",
    ),
    DeviationKind.CONSENT_WRONG: (0.004, "One statement was ticked in the wrong place; signed again."),
    DeviationKind.OTHER: (0.008, "The baseline was held in two sittings."),
}

Harms = dict[int, list[Harm]]


def harms(
    entrants: Sequence[Entrant],
    fates: Mapping[int, Fate],
    spells: Mapping[int, tuple[Spell, ...]],
    *,
    figures: Figures | None,
    under: Safety,
    stream: Stream,
) -> Harms:
    """Serious adverse events by person: the published counts by arm, or about as many by chance."""
    found: Harms = {entrant.number: [] for entrant in entrants}
    for is_supported in (True, False):
        members = [entrant for entrant in entrants if entrant.is_supported == is_supported]
        count = _count(members, figures, is_supported, stream)
        for entrant, harm in _of_arm(members, fates, spells, count, under, stream):
            found[entrant.number].append(harm)
    return {number: sorted(events, key=lambda harm: harm.onset_on) for number, events in found.items()}


def _count(members: Sequence[Entrant], figures: Figures | None, is_supported: bool, stream: Stream) -> int:
    if figures is None:
        return sum(stream.chance(EVENTS_PER_PERSON) for _ in members)
    arm: ArmFigures = figures.supported if is_supported else figures.reference
    return arm.serious_events


def _of_arm(
    members: Sequence[Entrant],
    fates: Mapping[int, Fate],
    spells: Mapping[int, tuple[Spell, ...]],
    count: int,
    under: Safety,
    stream: Stream,
) -> list[tuple[Entrant, Harm]]:
    """Deaths first, since none goes unreported; then admissions that the records hold; then the rest."""
    found = [(one, _death(one, fates[one.number])) for one in members if fates[one.number].died_day]
    wards = [
        (one, spell.start_on)
        for one in members
        for spell in spells[one.number]
        if spell.service is Setting.WARD and 0 < (spell.start_on - one.entered_on).days <= OBSERVED_DAYS
    ]
    admitted = round((count - len(found)) * ADMISSIONS)
    for one, day in stream.some(wards, admitted):
        found.append((one, _harm(day, ADMISSION_KIND, under, stream)))
    while len(found) < count and members:
        one = stream(members)
        last = _last_day(fates[one.number])
        day = one.entered_on + timedelta(days=stream.whole(3, last))
        found.append((one, _harm(day, stream.weighted({ILLNESS_KIND: 0.7, OTHER_KIND: 0.3}), under, stream)))
    return found[:count] if count >= len(found) else found


def _last_day(fate: Fate) -> int:
    """The last day on which an event can befall somebody who is still followed."""
    ends = [day - 1 for day in (fate.died_day, fate.lost_day) if day is not None]
    return min([*ends, OBSERVED_DAYS])


def _death(one: Entrant, fate: Fate) -> Harm:
    day = one.entered_on + timedelta(days=fate.died_day or 0)
    return Harm(
        onset_on=day,
        aware_on=day + timedelta(days=6),
        kind=OTHER_KIND,
        seriousness=(Seriousness.DEATH,),
        how_found=HowFound.RECORDS,
        narrative="A synthetic death. Nothing more is told.",
        could_be_related=False,
    )


def _harm(day: date, kind: str, under: Safety, stream: Stream) -> Harm:
    is_listed = kind in {code for code, _ in under.expected_events}
    stay = kind in (ADMISSION_KIND, ILLNESS_KIND)
    seriousness = Seriousness.HOSPITAL_STAY if stay else Seriousness.MEDICALLY_SIGNIFICANT
    return Harm(
        onset_on=day,
        aware_on=day + timedelta(days=stream.whole(0, 21)),
        kind=kind if is_listed else OTHER_KIND,
        seriousness=(seriousness,),
        how_found=stream.weighted(FINDERS),
        narrative="A synthetic event, made for the demonstration.",
        could_be_related=stream.chance(COULD_BE_RELATED),
    )


def no_more(entrant: Entrant, fate: Fate, *, allows_recontact: bool, stream: Stream) -> tuple[NoMore, ...]:
    """What a person says no to after entry: records for those who are lost that way, interviews for a few."""
    found = []
    if fate.lost_day is not None and not fate.has_moved:
        day = entrant.entered_on + timedelta(days=fate.lost_day)
        found.append(NoMore(Scope.RECORDS, day, "Please leave my health records alone from now on."))
    elif fate.died_day is None and stream.chance(NO_INTERVIEWS):
        day = entrant.entered_on + timedelta(days=stream.whole(20, 400))
        found.append(NoMore(Scope.INTERVIEWS, day, "No more questionnaires, please."))
    elif fate.died_day is None and allows_recontact and stream.chance(NO_RECONTACT):
        day = entrant.entered_on + timedelta(days=stream.whole(20, 400))
        found.append(NoMore(Scope.RECONTACT, day, ""))
    return tuple(found)


def departures(entrant: Entrant, stream: Stream) -> tuple[Departure, ...]:
    """What was not done as the protocol says, but for late interviews: the product finds those itself."""
    return tuple(
        Departure(entrant.entered_on + timedelta(days=stream.whole(1, 150)), kind, note)
        for kind, (probability, note) in DEPARTURES.items()
        if stream.chance(probability)
    )
