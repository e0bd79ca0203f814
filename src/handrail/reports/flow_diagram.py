"""The CONSORT flow diagram: where the boxes stand, what is in them, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

from handrail.analysis.findings import Flow, FlowArm
from handrail.reports import plots
from handrail.reports.document import Figure, Grid

FILE = "plots/flow.svg"
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
        joins += [(0.3, 0.6325, x, 0.565), (x, 0.415, x, 0.36), (x, 0.2, x, 0.125)]
        boxes += _column(arm, x, step * 0.94)
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    plots.flow(path, boxes, joins)
    return _figure(flow), _grid(flow)


def _column(arm: FlowArm, x: float, width: float) -> list[plots.Box]:
    received = "not known" if arm.received is None else str(arm.received)
    lost = sum(count.count for count in arm.lost)
    lines = [f"Outcome not known (n={lost})", *(f"  {row.label}: {row.count}" for row in arm.lost)]
    allocated = (arm.title, f"Allocated (n={arm.allocated})", f"{arm.received_label}: {received}")
    analysed = (arm.analysed_label, f"(n={arm.analysed})")
    letters = int(width * LETTERS_ACROSS)
    return [
        plots.Box(_wrapped(allocated, letters), x, 0.49, width, 0.15),
        plots.Box(_wrapped(lines, letters), x, 0.28, width, 0.16),
        plots.Box(_wrapped(analysed, letters), x, 0.08, width, 0.09),
    ]


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
    received = tuple("not known" if arm.received is None else str(arm.received) for arm in flow.arms)
    labels = " / ".join(dict.fromkeys(arm.received_label for arm in flow.arms))
    rows += [(labels, "", *received)]
    reasons = dict.fromkeys(row.label for arm in flow.arms for row in arm.lost)
    for reason in reasons:
        counts = [sum(row.count for row in arm.lost if row.label == reason) for arm in flow.arms]
        rows += [(f"Outcome not known: {reason}", str(sum(counts)), *(str(count) for count in counts))]
    analysed = [arm.analysed for arm in flow.arms]
    rows += [("Analysed for the primary outcome", str(sum(analysed)), *(str(count) for count in analysed))]
    columns = ("Step", "All", *(arm.title for arm in flow.arms))
    return Grid("flow", "Flow of people, in numbers", columns, tuple(rows), "", tuple(range(1, len(columns))))
