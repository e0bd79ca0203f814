"""The CONSORT flow diagram: where the boxes stand, what is in them, and the same numbers as a table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from handrail.analysis.findings import Flow, FlowArm
from handrail.analysis.wording import NOT_SHOWN
from handrail.reports import plots
from handrail.reports.document import Figure, Grid

FILE = "plots/flow.svg"
NOTE = "People, from the first referral to the lock. Counts: no interval."
STOPPED = "Stopped the programme"
SIDE_WIDTH = 0.46
ROW_TOP, ROW_GAP = 0.575, 0.04  # of the arms' boxes: where the first begins, and the least between two


def draw(flow: Flow, folder: Path) -> tuple[Figure, Grid]:
    """Draw the diagram into the folder and return it with its table."""
    excluded = sum(count.count for count in flow.excluded)
    out = [f"Left before entry (n={excluded})", *(f"  {row.label}: {row.count}" for row in flow.excluded)]
    out += [f"Still on the way at the lock: {flow.pending}"] if flow.pending else []
    side = plots.wrapped(out, SIDE_WIDTH)
    down = max(0.0, 0.026 * (len(side) - 9))  # a long list of reasons moves what stands below it
    randomised, beside = 0.66 - down, 0.83 - down / 2
    boxes = [
        plots.Box((f"Referred (n={flow.assessed})",), 0.3, 0.965, 0.34, 0.055),
        plots.Box(side, 0.76, beside, SIDE_WIDTH, 0.045 + 0.026 * len(side)),
        plots.Box((f"Randomised (n={flow.randomised})",), 0.3, randomised, 0.34, 0.055),
    ]
    joins = [(0.3, 0.9375, 0.3, randomised + 0.0275), (0.3, beside, 0.53, beside)]
    for column in _columns(flow, ROW_TOP - down):
        joins += [(0.3, randomised - 0.0275, column[0].x, _top(column[0]))]
        joins += [(one.x, _foot(one), two.x, _top(two)) for one, two in pairwise(column)]
        boxes += column
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    plots.flow(path, boxes, joins)
    return _figure(flow), _grid(flow)


def _columns(flow: Flow, top: float) -> list[list[plots.Box]]:
    """Each arm's boxes one below the other from ``top``; those of one row are as high as its most lines."""
    step = 1 / len(flow.arms)
    width = 0.94 * step
    words = [[plots.wrapped(lines, width) for lines in _lines(arm)] for arm in flow.arms]
    heights = [0.035 + 0.026 * max(map(len, row)) for row in zip(*words, strict=True)]
    gap = max(ROW_GAP, (top - 0.02 - sum(heights)) / (len(heights) - 1))
    middles = [top - sum(heights[:row]) - row * gap - height / 2 for row, height in enumerate(heights)]
    return [
        [
            plots.Box(lines, step * (index + 0.5), middle, width, height)
            for lines, middle, height in zip(column, middles, heights, strict=True)
        ]
        for index, column in enumerate(words)
    ]


def _lines(arm: FlowArm) -> tuple[tuple[str, ...], ...]:
    """What stands in one arm's three boxes: allocated, followed up, analysed."""
    lost = sum(count.count for count in arm.lost)
    reasons = (f"  {row.label}: {row.count}" for row in arm.lost)
    stopped = f"{STOPPED}: {NOT_SHOWN}" if arm.stopped is None else f"{STOPPED} (n={arm.stopped})"
    return (
        (arm.title, f"Allocated (n={arm.allocated})", *_received(arm)),
        (stopped, f"Outcome not known (n={lost})", *reasons),
        (arm.analysed_label, f"(n={arm.analysed})"),
    )


def _received(arm: FlowArm) -> list[str]:
    """Who received what the arm offers, and of how many that is not known."""
    if arm.received is None:
        return [f"{arm.received_label}: {NOT_SHOWN}"]
    unknown = [f"  Not known: {arm.received_unknown}"] if arm.received_unknown else []
    return [f"{arm.received_label}: {arm.received}", *unknown]


def _top(box: plots.Box) -> float:
    return box.y + box.height / 2


def _foot(box: plots.Box) -> float:
    return box.y - box.height / 2


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
    rows += [*_received_rows(flow), _stopped_row(flow)]
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


def _stopped_row(flow: Flow) -> tuple[str, ...]:
    """Who stopped the programme; in all only where it is shown of every arm."""
    counts = [arm.stopped for arm in flow.arms if arm.stopped is not None]
    total = str(sum(counts)) if len(counts) == len(flow.arms) else NOT_SHOWN
    return STOPPED, total, *(NOT_SHOWN if arm.stopped is None else str(arm.stopped) for arm in flow.arms)


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
