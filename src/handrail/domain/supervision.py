"""Time with a supervisor: what is talked about, when it is due, and training. Sealed: only peers have it.

Everything is coded, so that nobody's story can be written here. Nothing here judges a worker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.domain.dates import add_months, in_words, working_days_after
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Role, Worded

LONGEST_NOTE = 5000


class SupervisionKind(Worded):
    """What kind of time with a supervisor, or with other peers, it was."""

    CASE = "case", "Supervision"
    GROUP = "group", "Peer-led group"
    DEBRIEF = "debrief", "Debrief after a worry was passed on"
    AFTER_HARM = "after_harm", "One to one after a death or serious harm"


class Theme(Worded):
    """What was talked about, in general: never whom."""

    GOING_WELL = "going_well", "What goes well"
    ROLE = "role", "Being clear about the role"
    BOUNDARIES = "boundaries", "Boundaries"
    SHARING = "sharing", "Sharing one’s own experience"
    ENDINGS = "endings", "Endings"
    TEAM = "team", "Working with the crisis team"
    SAFETY = "safety", "Keeping safe at work"
    WORKLOAD = "workload", "How much work there is"
    WELLBEING = "wellbeing", "The worker’s own wellbeing"
    LEARNING = "learning", "Learning and training"


class Agreed(Worded):
    """What the two agreed to do next."""

    LIGHTER = "lighter", "Make the next week lighter"
    TOGETHER = "together", "Go to a meeting together"
    HAND_OVER = "hand_over", "Look at who supports whom"
    TALK_TO_TEAM = "talk_to_team", "Talk with the crisis team"
    TRAIN = "train", "Book training or a top-up"
    READ_UP = "read_up", "Read a procedure together"
    REST = "rest", "Take leave that is due"


class Training(Worded):
    """The days of training that a peer worker has: five, two top-ups, and a visit."""

    DAY_1 = "day_1", "Day 1"
    DAY_2 = "day_2", "Day 2"
    DAY_3 = "day_3", "Day 3"
    DAY_4 = "day_4", "Day 4"
    DAY_5 = "day_5", "Day 5"
    TOP_UP_1 = "top_up_1", "First top-up day"
    TOP_UP_2 = "top_up_2", "Second top-up day"
    PEER_VISIT = "peer_visit", "Visit from an experienced peer worker"


BEFORE_PAIRING = (Training.DAY_1, Training.DAY_2, Training.DAY_3, Training.DAY_4, Training.DAY_5)


@dataclass(frozen=True)
class Rhythm:
    """How often. The one place where a service changes it: agreed locally, since evidence is thin."""

    first_days: int = 7  # supervision, at first every so many days,
    settled_after_months: int = 3  # and after so many months
    settled_days: int = 14  # every so many
    group_months: int = 1
    after_harm_working_days: int = 2
    worker_told_after_days: int = 7  # the supervisor is prompted first; so much later the worker is told too


AS_AGREED = Rhythm()


@dataclass(frozen=True)
class Talk:
    """One line of the log."""

    kind: SupervisionKind
    held_on: date
    themes: tuple[Theme, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True)
class Due:
    """A talk that is to be held by a day."""

    kind: SupervisionKind
    due_on: date

    def is_overdue(self, on: date) -> bool:
        """Whether that day has passed."""
        return self.due_on < on


def due(
    talks: Iterable[Talk], *, since: date, deaths: Iterable[date] = (), under: Rhythm = AS_AGREED
) -> tuple[Due, ...]:
    """What is due, the earliest first, for a worker who has supported people ``since`` a day.

    A day that the two agreed stands in place of the rhythm. ``deaths``: of people they supported.
    """
    rows = sorted(talks, key=lambda one: one.held_on)
    found = [
        _next(SupervisionKind.CASE, rows, since, under),
        _next(SupervisionKind.GROUP, rows, since, under),
    ]
    cared_for = [one.held_on for one in rows if one.kind is SupervisionKind.AFTER_HARM]
    found += [
        Due(SupervisionKind.AFTER_HARM, working_days_after(day, under.after_harm_working_days))
        for day in deaths
        if not any(held >= day for held in cared_for)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.kind)))


def _next(kind: SupervisionKind, rows: list[Talk], since: date, under: Rhythm) -> Due:
    last = next((one for one in reversed(rows) if one.kind is kind), None)
    if last is not None and last.next_on is not None:
        return Due(kind, last.next_on)
    start = last.held_on if last else since
    if kind is SupervisionKind.GROUP:
        return Due(kind, add_months(start, under.group_months))
    is_settled = start >= add_months(since, under.settled_after_months)
    return Due(kind, start + timedelta(days=under.settled_days if is_settled else under.first_days))


def told_to_worker(dues: Iterable[Due], *, on: date, under: Rhythm = AS_AGREED) -> tuple[Due, ...]:
    """What the worker is told is late: some days after the supervisor was."""
    late = timedelta(days=under.worker_told_after_days)
    return tuple(one for one in dues if one.due_on + late < on)


def why_not_log(talk: Talk, *, role: Role, on: date) -> Reasons:
    """Reasons why a talk cannot be logged: it has been held, with a peer worker, and the next comes later."""
    return only(
        (role is not Role.PEER_WORKER, Because.NOT_A_PEER_WORKER),
        (talk.held_on > on, Reason(Because.DAY_TO_COME, in_words(talk.held_on))),
        (
            talk.next_on is not None and talk.next_on <= talk.held_on,
            Reason(Because.DATES_SWAPPED, in_words(talk.next_on or talk.held_on)),
        ),
    )


def why_not_train(what: Training, done: Iterable[Training], *, role: Role, day: date, on: date) -> Reasons:
    """Reasons why a day of training cannot be recorded: it has been held, and is recorded once."""
    return only(
        (role is not Role.PEER_WORKER, Because.NOT_A_PEER_WORKER),
        (day > on, Reason(Because.DAY_TO_COME, in_words(day))),
        (what in set(done), Reason(Because.ON_RECORD, what.sentence)),
    )


def why_not_reflect(words: str, *, role: Role) -> Reasons:
    """Reasons why a worker's own note cannot be kept: only missing or too many words."""
    return only(
        (role is not Role.PEER_WORKER, Because.NOT_A_PEER_WORKER),
        (not words.strip(), Because.TEXT_MISSING),
        (len(words) > LONGEST_NOTE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_NOTE))),
    )


def training_missing(done: Iterable[Training]) -> tuple[Training, ...]:
    """Which of the five days are not on record. It is said at a pairing, and refuses nothing."""
    known = set(done)
    return tuple(one for one in BEFORE_PAIRING if one not in known)
