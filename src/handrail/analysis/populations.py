"""Who is analysed: the people of a lock, each with an arm, true or shuffled.

What the tables say of one person must agree between tables. Anything that does not is a fault at its line,
and the lock is refused; nobody is dropped quietly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from handrail.analysis.findings import ArmName
from handrail.analysis.locked_table import MEND_LOCK, LockedTable
from handrail.domain.protocol import Arm, Protocol
from handrail.domain.refusal import BadFile, Fault, Reason, Reasons
from handrail.domain.words import Because, OutcomeStatus

TIMED = (
    OutcomeStatus.READMITTED,
    OutcomeStatus.NOT_READMITTED,
    OutcomeStatus.DIED,
    OutcomeStatus.CENSORED,
)


@dataclass(frozen=True)
class Participant:
    """One person entered, with the outcome of the records. Days count from entry as day 0."""

    study_number: str
    team: str
    stratum: str
    arm: str
    status: OutcomeStatus
    readmitted: int | None
    day: int | None
    first_service: str
    nights: int | None
    calendar_days: int | None
    followed_days: int

    @property
    def is_timed(self) -> bool:
        """Whether it is known for at least a day whether and when the person was readmitted."""
        return self.status in TIMED and (self.day or self.followed_days) >= 1


@dataclass(frozen=True)
class Population:
    """Everybody entered, by study number, and the two arms: the one described and the reference."""

    people: tuple[Participant, ...]
    arm: ArmName
    reference: ArmName

    @property
    def arms(self) -> tuple[ArmName, ArmName]:
        """Both arms, the reference last."""
        return self.arm, self.reference

    def of(self, arm: ArmName) -> tuple[Participant, ...]:
        """The people allocated to one arm."""
        return tuple(person for person in self.people if person.arm == arm.code)

    @property
    def known(self) -> tuple[Participant, ...]:
        """The people whose readmission is known, yes or no."""
        return tuple(person for person in self.people if person.readmitted is not None)


def why_not_two_arms(arms: tuple[Arm, ...]) -> Reasons:
    """Why the arms cannot be compared pair by pair: this analysis compares one arm with one reference."""
    if len(arms) != 2:
        return (Reason(Because.NOT_TWO_ARMS, str(len(arms))),)
    return ()


def true_arms(sealed: Mapping[str, LockedTable]) -> dict[str, str]:
    """Study number → arm, from the opened arm file."""
    arms = sealed["arms"]
    return dict(zip(arms.texts("study_number"), arms.texts("arm"), strict=True))


def scrambled_arms(entries: LockedTable, arms: tuple[Arm, ...], seed: int) -> dict[str, str]:
    """Study number → an arm dealt at random within the stratum, in the protocol's ratio.

    Nothing of the true arms goes in, so a rehearsal cannot show them. The same seed deals the same arms.
    """
    stream = np.random.default_rng(seed)
    strata = entries.texts("stratum")
    numbers = np.array(entries.texts("study_number"))
    dealt: dict[str, str] = {}
    for stratum in sorted(set(strata)):
        members = numbers[[own == stratum for own in strata]]
        pack = [arm.code for arm in arms for _ in range(arm.share)]
        packs = -(-len(members) // len(pack))
        labels = [pack[i] for _ in range(packs) for i in np.argsort(stream.random(len(pack)), kind="stable")]
        order = np.argsort(stream.random(len(members)), kind="stable")
        dealt |= {str(members[i]): label for i, label in zip(order, labels, strict=False)}
    return dealt


def population(
    tables: Mapping[str, LockedTable], arms: Mapping[str, str], *, under: Protocol, arm_file: str
) -> Population:
    """Everybody entered, with arm and outcome. Faults of the arms are put down to ``arm_file``.

    Raises:
        BadFile: with every disagreement between the tables, the arms and the protocol.
    """
    faults = [
        *_faults_of_entries(tables["entries"], under),
        *_faults_of_numbers(tables),
        *_faults_of_arms(tables["entries"], arms, under, arm_file),
        *_faults_of_outcomes(tables["outcomes"], under),
    ]
    if faults:
        raise BadFile(tuple(faults))
    people = tuple(_participants(tables["entries"], tables["outcomes"], arms))
    described = next(arm for arm in under.arms if not arm.is_reference)
    return Population(people, _arm_name(described, people), _arm_name(under.reference_arm, people))


def _arm_name(arm: Arm, people: tuple[Participant, ...]) -> ArmName:
    count = sum(person.arm == arm.code for person in people)
    return ArmName(arm.code, arm.title, arm.is_reference, count)


def _participants(
    entries: LockedTable, outcomes: LockedTable, arms: Mapping[str, str]
) -> Iterator[Participant]:
    rows = {number: i for i, number in enumerate(outcomes.texts("study_number"))}
    status, services = outcomes.texts("status"), outcomes.texts("first_service")
    readmitted, days = outcomes.wholes("readmitted"), outcomes.wholes("day")
    nights, dates = outcomes.wholes("nights"), outcomes.wholes("calendar_days")
    followed = outcomes.wholes("followed_days")
    teams, strata = entries.texts("team"), entries.texts("stratum")
    for entry, number in enumerate(entries.texts("study_number")):
        row = rows[number]
        yield Participant(
            study_number=number,
            team=teams[entry],
            stratum=strata[entry],
            arm=arms[number],
            status=OutcomeStatus(status[row]),
            readmitted=readmitted[row],
            day=days[row],
            first_service=services[row],
            nights=nights[row],
            calendar_days=dates[row],
            followed_days=followed[row] or 0,
        )


def _faults_of_entries(entries: LockedTable, under: Protocol) -> Iterator[Fault]:
    teams = {team.code for team in under.programme.teams}
    for line, team in zip(entries.lines, entries.texts("team"), strict=True):
        if team not in teams:
            yield Fault(entries.file, line, "team", f'"{team}" is not a team of the protocol', MEND_LOCK)
    if not len(entries):
        yield Fault(entries.file, 0, "", "has nobody in it", "Lock the trial after people have entered it")


def _faults_of_numbers(tables: Mapping[str, LockedTable]) -> Iterator[Fault]:
    """Study numbers that nobody entered under, and people without an outcome row."""
    entered = set(tables["entries"].texts("study_number"))
    for name in ("baseline", "outcomes", "followup", "adverse_events", "participation"):
        table = tables[name]
        for line, number in zip(table.lines, table.texts("study_number"), strict=True):
            if number and number not in entered:
                yield Fault(table.file, line, "study_number", f"{number} is not in entries.csv", MEND_LOCK)
    for number in sorted(entered - set(tables["outcomes"].texts("study_number"))):
        yield Fault("outcomes.csv", 0, "study_number", f"{number} of entries.csv is missing", MEND_LOCK)


def _faults_of_arms(
    entries: LockedTable, arms: Mapping[str, str], under: Protocol, file: str
) -> Iterator[Fault]:
    entered, codes = set(entries.texts("study_number")), {arm.code for arm in under.arms}
    for number in sorted(entered - set(arms)):
        yield Fault(file, 0, "arm", f"{number} of entries.csv has no arm", MEND_LOCK)
    for number in sorted(set(arms) - entered):
        yield Fault(file, 0, "arm", f"{number} is not in entries.csv", MEND_LOCK)
    for number, code in sorted(arms.items()):
        if code not in codes:
            yield Fault(file, 0, "arm", f'{number} has "{code}", which is no arm of the protocol', MEND_LOCK)


def _faults_of_outcomes(outcomes: LockedTable, under: Protocol) -> Iterator[Fault]:
    statuses = {status.value for status in OutcomeStatus}
    columns = (outcomes.texts("status"), outcomes.wholes("readmitted"), outcomes.wholes("day"))
    for line, status, readmitted, day in zip(outcomes.lines, *columns, strict=True):
        if status not in statuses:
            yield Fault(outcomes.file, line, "status", f'"{status}" is not an outcome status', MEND_LOCK)
            continue
        for column, problem in _contradictions(OutcomeStatus(status), readmitted, day, under):
            yield Fault(outcomes.file, line, column, problem, MEND_LOCK)


def _contradictions(
    status: OutcomeStatus, readmitted: int | None, day: int | None, under: Protocol
) -> Iterator[tuple[str, str]]:
    """Column and problem, for an outcome that does not agree with itself."""
    meant = {OutcomeStatus.READMITTED: 1, OutcomeStatus.NOT_READMITTED: 0, OutcomeStatus.DIED: 0}.get(status)
    if readmitted != meant:
        yield "readmitted", f"does not agree with the status {status.value}"
    if (day is not None) != (status is OutcomeStatus.READMITTED):
        yield "day", "must be there for those readmitted and for nobody else"
    elif day is not None and day < 1:
        yield "day", Reason(Because.EVENT_ON_DAY_ZERO, f"day {day}").sentence
    elif day is not None and day > under.outcome.horizon_days:
        yield "day", f"is after the window of {under.outcome.horizon_days} days"
