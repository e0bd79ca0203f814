"""What people received: meetings with a peer worker, and workbooks by post. Unknown is never zero."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from handrail.analysis import means, wording
from handrail.analysis.findings import DisplayTable, Finding, Frame
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.protocol import Arm, PeerSessions, Protocol
from handrail.domain.protocol_words import WorkbookRoute

OUTCOME = "Meetings with a peer worker"


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
    offer, known = own.offer, own.known
    window = f"{offer.within_months} months from entry"
    framed = dataclasses.replace(
        frame, outcome=OUTCOME, population="Everyone offered meetings", window=window, reference=""
    )
    enough, every = (sum(c >= least for c in known) for least in (offer.adherent_count, offer.maximum_count))
    arm, percent = own.arm.code, "per cent"
    shares = (
        (
            f"sessions_adherent.{arm}",
            f"At least {offer.adherent_count} meetings, of all offered",
            enough,
            len(own.held),
        ),
        (
            f"sessions_adherent_known.{arm}",
            f"At least {offer.adherent_count} meetings, of those known",
            enough,
            len(known),
        ),
        (f"sessions_all.{arm}", f"All {offer.maximum_count} meetings, of those known", every, len(known)),
    )
    counted = [
        framed.finding(
            name, title, "count", percent, estimate=100 * count / n if n else None, n=n, events=count, arm=arm
        )
        for name, title, count, n in shares
    ]
    numbers = {"estimate": means.mean(known), "se": _se(known), "n": len(known), "events": sum(known)}
    note = (
        ""
        if not known
        else f"Of {len(own.held)} offered; events are meetings held; {own.worker_count} peer workers."
    )
    mean = framed.finding(
        f"sessions_mean.{arm}", "Mean meetings", "mean", "meetings", arm=arm, note=note, **numbers
    )
    return (mean, *counted)


def _se(values: list[int]) -> float | None:
    spread = means.spread(values)
    return None if spread is None else float(spread / len(values) ** 0.5)


def sessions_table(offered: tuple[Meetings, ...]) -> DisplayTable:
    """How many people met a peer worker how often; those not known are a row of their own."""
    rows = []
    for own in offered:
        all_offered, known, offer = len(own.held), own.known, own.offer
        for name, count in _groups(known, offer):
            rows.append((name, wording.count_of(count, all_offered), wording.count_of(count, len(known))))
        unknown = all_offered - len(known)
        rows.append(("Not known", wording.count_of(unknown, all_offered), wording.NONE))
        enough = sum(count >= offer.adherent_count for count in known)
        name = f"At least {offer.adherent_count}"
        rows.append((name, wording.count_of(enough, all_offered), wording.count_of(enough, len(known))))
        rows.append(("Mean (SD)", wording.NONE, wording.mean_sd(known)))
    titles = " and ".join(own.arm.title for own in offered)
    sizes = [f"all offered (n = {len(own.held)})" for own in offered]
    known_sizes = [f"known (n = {len(own.known)})" for own in offered]
    columns = ("Meetings held", f"Of {' and '.join(sizes)}", f"Of those {' and '.join(known_sizes)}")
    offer = offered[0].offer
    note = f"{titles}. Up to {offer.maximum_count} meetings offered over {offer.within_months} months."
    return DisplayTable("sessions", "Meetings with a peer worker", columns, tuple(rows), note)


def _groups(known: list[int], offer: PeerSessions) -> tuple[tuple[str, int], ...]:
    """None; some; enough but not all; all."""
    some, most = offer.adherent_count - 1, offer.maximum_count
    return (
        ("None", sum(count == 0 for count in known)),
        (f"1 to {some}", sum(1 <= count <= some for count in known)),
        (f"{some + 1} to {most - 1}", sum(some < count < most for count in known)),
        (f"All {most}", sum(count >= most for count in known)),
    )


def received(population: Population, arm: Arm, delivery: LockedTable, post: LockedTable) -> tuple[int, str]:
    """How many in the arm received what it offers, and the words for it."""
    numbers = {person.study_number for person in population.people if person.arm == arm.code}
    if arm.peer_sessions:
        rows = zip(delivery.texts("study_number"), delivery.wholes("held_count"), strict=True)
        met = sum(number in numbers and (held or 0) > 0 for number, held in rows)
        return met, "Met a peer worker at least once"
    return len(_delivered(post) & numbers), "Sent the workbook, and it did not come back"


def _delivered(post: LockedTable) -> set[str]:
    """Those with at least one workbook posted that did not come back."""
    rows = zip(post.texts("study_number"), post.dates("posted_on"), post.dates("returned_on"), strict=True)
    return {number for number, posted, returned in rows if posted and not returned}


def workbook_table(population: Population, post: LockedTable, under: Protocol) -> DisplayTable:
    """Workbooks by post: ordered, posted, come back."""
    posted_to = [arm for arm in under.arms if arm.workbook and arm.workbook.route is WorkbookRoute.POST]
    rows: list[tuple[str, ...]] = []
    for arm in posted_to:
        numbers = {person.study_number for person in population.people if person.arm == arm.code}
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
        "People, of all in the arm. A workbook counts as delivered when it was posted and did not come back."
    )
    return DisplayTable("workbook", "Workbooks by post", ("", "People"), tuple(rows), note)
