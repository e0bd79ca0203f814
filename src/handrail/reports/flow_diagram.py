"""The CONSORT flow diagram: where the boxes stand, what is in them, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

from handrail.analysis.findings import Flow, FlowArm
from handrail.reports import plots
from handrail.reports.document import Figure, Grid

FILE = "plots/flow.svg"
NOT_SHOWN = "not shown in a rehearsal"
NOTE = "People, from the first referral to the lock. Counts: no interval."
LETTERS_ACROSS = 100  # about how many letters fit across the whole drawing


def draw(flow: Flow, folder: Path) -> tuple[Figure, Grid]:
    """Draw the diagram into the folder and return it with its table."""
    excluded = sum(count.count for count in flow.excluded)
    out = [f"Left before entry (n={excluded})", *(f"  {row.label}: {row.count}" for row in flow.excluded)]
    out += [f"Still on the way at the lock: {flow.pending}"] if flow.pending else []
    side = 0.045 + 0.026 * len(out)
    boxes = [
        plots.Box((f"Referred (n={flow.assessed})",), 0.3, 0.965, 0.34, 0.055),
        plots.Box(_wrapped(out, int(0.46 * LETTERS_ACROSS)), 0.76, 0.83, 0.46, side),
        plots.Box((f"Randomised (n={flow.randomised})",), 0.3, 0.66, 0.34, 0.055),
    ]
    joins = [(0.3, 0.9375, 0.3, 0.6875), (0.3, 0.83, 0.53, 0.83)]
    step = 1 / len(flow.arms)
    for index, arm in enumerate(flow.arms):
        x = step * (index + 0.5)
        column = _column(arm, x, step * 0.94)
        joins += [(0.3, 0.6325, x, _top(column[0]))]
        joins += [(x, _foot(one), x, _top(two)) for one, two in pairwise(column)]
        boxes += column
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    plots.flow(path, boxes, joins)
    return _figure(flow), _grid(flow)


def _column(arm: FlowArm, x: float, width: float) -> list[plots.Box]:
    """One arm's boxes, each as high as its lines."""
    lost = sum(count.count for count in arm.lost)
    lines = [f"Outcome not known (n={lost})", *(f"  {row.label}: {row.count}" for row in arm.lost)]
    allocated = (arm.title, f"Allocated (n={arm.allocated})", *_received(arm))
    analysed = (arm.analysed_label, f"(n={arm.analysed})")
    letters = int(width * LETTERS_ACROSS)
    return [
        _box(_wrapped(words, letters), x, y, width)
        for words, y in ((allocated, 0.49), (lines, 0.28), (analysed, 0.08))
    ]


def _received(arm: FlowArm) -> list[str]:
    """Who received what the arm offers, and of how many that is not known."""
    if arm.received is None:
        return [f"{arm.received_label}: {NOT_SHOWN}"]
    unknown = [f"  Not known: {arm.received_unknown}"] if arm.received_unknown else []
    return [f"{arm.received_label}: {arm.received}", *unknown]


def _box(lines: tuple[str, ...], x: float, y: float, width: float) -> plots.Box:
    return plots.Box(lines, x, y, width, 0.035 + 0.026 * len(lines))


def _top(box: plots.Box) -> float:
    return box.y + box.height / 2


def _foot(box: plots.Box) -> float:
    return box.y - box.height / 2


def _wrapped(lines: Iterable[str], letters: int) -> tuple[str, ...]:
    """The lines broken so that each fits its box, further lines indented."""
    return tuple(
        part for line in lines for part in wrap(line, letters, subsequent_indent="  ", drop_whitespace=False)
    )


def _figure(flow: Flow) -> Figure:
    arms = "; ".join(f"{arm.title}: {arm.allocated} allocated, {arm.analysed} analysed" for arm in flow.arms)
    words = f"Flow diagram. {flow.assessed} referred, {flow.randomised} randomised. {arms}."
    return Figure(
        "flow", "Flow of people through the trial", FILE, words, "The table below has every number."
    )


def _grid(flow: Flow) -> Grid:
    blanks = ("",) * len(flow.arms)
    rows = [("Referred", str(flow.assessed), *blanks)]
    rows += [(f"Left before entry: {row.label}", str(row.count), *blanks) for row in flow.excluded]
    rows += [("Still on the way at the lock", str(flow.pending), *blanks)]
    rows += [("Randomised", str(flow.randomised), *(str(arm.allocated) for arm in flow.arms))]
    rows += _received_rows(flow)
    reasons = dict.fromkeys(row.label for arm in flow.arms for row in arm.lost)
    for reason in reasons:
        counts = [sum(row.count for row in arm.lost if row.label == reason) for arm in flow.arms]
        rows += [(f"Outcome not known: {reason}", str(sum(counts)), *(str(count) for count in counts))]
    analysed = [arm.analysed for arm in flow.arms]
    rows += [("Analysed for the primary outcome", str(sum(analysed)), *(str(count) for count in analysed))]
    columns = ("Step", "All", *(arm.title for arm in flow.arms))
    return Grid(
        "flow", "Flow of people, in numbers", columns, tuple(rows), NOTE, tuple(range(1, len(columns)))
    )


def _received_rows(flow: Flow) -> list[tuple[str, ...]]:
    """A row for each thing that an arm offers, so that no count stands under another arm's words."""
    rows: list[tuple[str, ...]] = []
    for label in dict.fromkeys(arm.received_label for arm in flow.arms):
        own = [arm if arm.received_label == label else None for arm in flow.arms]
        rows += [(label, "", *(_count(arm) if arm else "" for arm in own))]
        if any(arm and arm.received_unknown for arm in own):
            unknown = (str(arm.received_unknown) if arm else "" for arm in own)
            rows += [(f"{label}: not known", "", *unknown)]
    return rows


def _count(arm: FlowArm) -> str:
    return NOT_SHOWN if arm.received is None else str(arm.received)
