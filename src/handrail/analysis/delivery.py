"""What people received: meetings with a peer worker, and workbooks by post. Unknown is never zero."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.analysis import means, proportions, wording
from handrail.analysis.findings import DisplayTable, Finding, Frame
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.protocol import Arm, PeerSessions, Protocol
from handrail.domain.protocol_words import WorkbookRoute

OUTCOME = "Meetings with a peer worker"
OFFERED = "Everyone offered meetings"
LEVEL = 0.95


@dataclass(frozen=True)
class Meetings:
    """The meetings held with the people of one arm; none where it is not known how many."""

    arm: Arm
    offer: PeerSessions
    held: tuple[int | None, ...]
    worker_count: int

    @property
    def known(self) -> list[int]:
        """The counts that are known."""
        return sorted(count for count in self.held if count is not None)


def meetings(population: Population, delivery: LockedTable, under: Protocol) -> tuple[Meetings, ...]:
    """For each arm that offers meetings, what is known of everybody in it."""
    columns = (delivery.texts("study_number"), delivery.wholes("is_known"), delivery.wholes("held_count"))
    held = {number: count if known else None for number, known, count in zip(*columns, strict=True)}
    workers = dict(zip(delivery.texts("study_number"), delivery.texts("peer_worker"), strict=True))
    found = []
    for arm in under.arms:
        if arm.peer_sessions:
            numbers = [person.study_number for person in population.people if person.arm == arm.code]
            own = {workers.get(number, "") for number in numbers} - {""}
            counts = tuple(held.get(number) for number in numbers)
            found.append(Meetings(arm, arm.peer_sessions, counts, len(own)))
    return tuple(found)


def findings(offered: tuple[Meetings, ...], frame: Frame) -> tuple[Finding, ...]:
    """Mean meetings among those known; the share with enough, of all offered and of those known; with all."""
    return tuple(finding for own in offered for finding in _of(own, frame))


def _of(own: Meetings, frame: Frame) -> tuple[Finding, ...]:
    offer, known, offered = own.offer, own.known, len(own.held)
    window = f"{offer.within_months} months from entry"
    everyone = dataclasses.replace(frame, outcome=OUTCOME, population=OFFERED, window=window, reference="")
    counted = dataclasses.replace(everyone, population="Those offered meetings whose number is known")
    enough, every = (sum(c >= least for c in known) for least in (offer.adherent_count, offer.maximum_count))
    least, unknown = f"At least {offer.adherent_count} meetings", offered - len(known)
    unsure = f"The {unknown} whose number is not known count as having had fewer." if unknown else ""
    shares = (
        ("sessions_adherent", f"{least}, of all offered", everyone, enough, offered, unsure),
        ("sessions_adherent_known", f"{least}, of those known", counted, enough, len(known), ""),
        (
            "sessions_all",
            f"All {offer.maximum_count} meetings, of those known",
            counted,
            every,
            len(known),
            "",
        ),
    )
    arm, share = own.arm.code, proportions.SHARE
    return (
        _mean(own, counted),
        *(
            framed.finding(
                f"{name}.{arm}", title, share, "per cent", arm=arm, note=note,
                **proportions.per_cent(count, n, frame.level),
            )
            for name, title, framed, count, n, note in shares
        ),
    )  # fmt: skip


def _mean(own: Meetings, frame: Frame) -> Finding:
    known = own.known
    mean, spread = means.mean(known), means.spread(known)
    se = None if spread is None else spread / len(known) ** 0.5
    lower, upper = means.t_limits(mean, se, len(known) - 1, frame.level)
    numbers = {"estimate": mean, "se": se, "lower": lower, "upper": upper, "se_scale": "meetings"}
    said = f"Of {len(own.held)} offered; events are meetings held; {own.worker_count} peer workers."
    more = {"n": len(known), "events": sum(known), "arm": own.arm.code, "note": said if known else ""}
    name = f"sessions_mean.{own.arm.code}"
    return frame.finding(name, "Mean meetings", "mean; t limits", "meetings", **(numbers | more))


def sessions_table(offered: tuple[Meetings, ...], found: Mapping[str, Finding]) -> DisplayTable:
    """How many people met a peer worker how often; those not known are a row of their own."""
    rows = [row for own in offered for row in _rows(own, found)]
    titles = " and ".join(own.arm.title for own in offered)
    sizes = [f"all offered (n = {len(own.held)})" for own in offered]
    known_sizes = [f"known (n = {len(own.known)})" for own in offered]
    columns = ("Meetings held", f"Of {' and '.join(sizes)}", f"Of those {' and '.join(known_sizes)}")
    offer = offered[0].offer
    note = (
        f"{titles}. Up to {offer.maximum_count} meetings offered in the {offer.within_months} months from "
        "entry. Limits: Wilson's of a share, t of a mean; the other shares describe and have none."
    )
    return DisplayTable("sessions", "Meetings with a peer worker", columns, tuple(rows), note)


def _rows(own: Meetings, found: Mapping[str, Finding]) -> Iterator[tuple[str, str, str]]:
    everyone, known, offer, arm = len(own.held), own.known, own.offer, own.arm.code
    for name, count in _groups(known, offer):
        yield name, wording.count_of(count, everyone), wording.count_of(count, len(known))
    yield "Not known", wording.count_of(everyone - len(known), everyone), wording.NONE
    enough = sum(count >= offer.adherent_count for count in known)
    least = f"At least {offer.adherent_count}"
    yield least, wording.count_of(enough, everyone), wording.count_of(enough, len(known))
    shares = [found[f"{name}.{arm}"] for name in ("sessions_adherent", "sessions_adherent_known")]
    level = wording.level_name(shares[0].level or shares[1].level or LEVEL)
    yield f"{least}: {level}, per cent", wording.interval(shares[0], 1), wording.interval(shares[1], 1)
    yield "Mean (SD)", wording.NONE, wording.mean_sd(known)
    yield f"Mean: {level}", wording.NONE, wording.interval(found[f"sessions_mean.{arm}"], 1)


def _groups(known: list[int], offer: PeerSessions) -> tuple[tuple[str, int], ...]:
    """None; some; enough but not all; all."""
    some, most = offer.adherent_count - 1, offer.maximum_count
    return (
        ("None", sum(count == 0 for count in known)),
        (f"1 to {some}", sum(1 <= count <= some for count in known)),
        (f"{some + 1} to {most - 1}", sum(some < count < most for count in known)),
        (f"All {most}", sum(count >= most for count in known)),
    )


def received(
    population: Population, arm: Arm, delivery: LockedTable, post: LockedTable
) -> tuple[int, int, str]:
    """How many in the arm received what it offers, of how many that is not known, and the words for it."""
    numbers = {person.study_number for person in population.people if person.arm == arm.code}
    if arm.peer_sessions:
        columns = (
            delivery.texts("study_number"),
            delivery.wholes("held_count"),
            delivery.wholes("is_known"),
        )
        own = [(held or 0, known) for number, held, known in zip(*columns, strict=True) if number in numbers]
        unknown = sum(not known and not held for held, known in own)
        return sum(held > 0 for held, _ in own), unknown, "Met a peer worker at least once"
    return len(_delivered(post) & numbers), 0, "Sent the workbook, and it did not come back"


def _delivered(post: LockedTable) -> set[str]:
    """Those with at least one workbook posted that did not come back."""
    rows = zip(post.texts("study_number"), post.dates("posted_on"), post.dates("returned_on"), strict=True)
    return {number for number, posted, returned in rows if posted and not returned}


def workbook_table(population: Population, post: LockedTable, under: Protocol) -> DisplayTable:
    """Workbooks by post: ordered, posted, come back."""
    posted_to = [arm for arm in under.arms if arm.workbook and arm.workbook.route is WorkbookRoute.POST]
    rows: list[tuple[str, ...]] = []
    sizes = []
    for arm in posted_to:
        numbers = {person.study_number for person in population.people if person.arm == arm.code}
        sizes.append(str(len(numbers)))
        for title, column in (
            ("Ordered", "ordered_on"),
            ("Posted", "posted_on"),
            ("Came back", "returned_on"),
        ):
            dates = zip(post.texts("study_number"), post.dates(column), strict=True)
            people = {number for number, day in dates if day} & numbers
            rows.append((f"{arm.title}: {title.lower()}", wording.count_of(len(people), len(numbers))))
        sent = _delivered(post) & numbers
        rows.append((f"{arm.title}: delivered, as far as known", wording.count_of(len(sent), len(numbers))))
    note = (
        f"People, of all in the arm (n = {' and '.join(sizes)}), from entry to the lock. A workbook counts "
        f"as delivered when it was posted and did not come back. {wording.ONLY_COUNTED}"
    )
    return DisplayTable("workbook", "Workbooks by post", ("", "People"), tuple(rows), note)
