"""Drawings for the report: matplotlib to SVG files, the same bytes every time, each with a table beside it.

Letters are drawn as outlines, so that a page and a PDF show the same shapes on any machine. The two
line styles differ in dash as well as in colour, so that the plots read in black and white.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

FONT = "DejaVu Sans"
FLOW_INCHES, FLOW_LETTERS = 7.2, 7.6  # a flow diagram's width, and the size of its letters in points
FLOW_MARGIN = 0.012  # of the whole width, between a box's edge and its words
AXES_SHARE = 0.775  # of a drawing's width lies between the ends of its axis
TICK_ROOM = 0.09  # of the axis for each number under it, so that no two touch
INK = "#212b32"
GREY = "#768692"
COLOURS = ("#005eb8", "#ae2573", "#00703c", "#b26200")
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), "-.", ":")
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "handrail",
    "svg.fonttype": "path",
    "font.family": FONT,
    "font.size": 9,
    "figure.subplot.left": 0.125,
    "figure.subplot.right": 0.125 + AXES_SHARE,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
}


@dataclass(frozen=True)
class StepLine:
    """One arm's curve: share (0 to 1) from each day on, with its limits, and the number still at risk."""

    title: str
    days: tuple[float, ...]
    share: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    at_risk: tuple[int, ...]


@dataclass(frozen=True)
class EstimateLine:
    """One estimate with its interval, in words and as a point on the ratio scale."""

    title: str
    estimate: float
    lower: float
    upper: float
    words: str
    is_ours: bool


@dataclass(frozen=True)
class Box:
    """One box of a flow diagram: its lines of text, and the centre, width and height on a unit square."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@contextmanager
def _drawing(path: Path, width: float, height: float) -> Iterator[tuple[Drawing, Axes]]:
    with mpl.rc_context(STYLE):
        drawing, axes = plt.subplots(figsize=(width, height))
        try:
            yield drawing, axes
            drawing.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})
        finally:
            plt.close(drawing)


def survival(path: Path, lines: Sequence[StepLine], *, ticks: Sequence[int], vertical: str) -> None:
    """Kaplan–Meier curves with their bands, and the numbers at risk under the axis at each tick."""
    with _drawing(path, 6.8, 4.4) as (_, axes):
        for index, line in enumerate(lines):
            colour, dash = COLOURS[index % 4], DASHES[index % 4]
            axes.fill_between(
                line.days, line.lower, line.upper, step="post", color=colour, alpha=0.12, linewidth=0
            )
            axes.step(line.days, line.share, where="post", color=colour, linestyle=dash, label=line.title)
        axes.set_xlim(0, max(ticks))
        axes.set_ylim(0, 1.0)
        axes.set_xticks(list(ticks))
        axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0], ["0%", "20%", "40%", "60%", "80%", "100%"])
        axes.set_xlabel("Days since entry")
        axes.set_ylabel(vertical)
        axes.grid(axis="y", color="#d8dde0", linewidth=0.6)
        axes.legend(loc="lower left", frameon=False)
        _numbers_at_risk(axes, lines, ticks)


def _numbers_at_risk(axes: Axes, lines: Sequence[StepLine], ticks: Sequence[int]) -> None:
    row = axes.get_xaxis_transform()
    axes.text(0, -0.21, "Number at risk", transform=row, fontsize=8, fontweight="bold", ha="left")
    for index, line in enumerate(lines):
        height = -0.27 - 0.13 * index
        axes.text(
            0, height, line.title, transform=row, fontsize=8, color=COLOURS[index % 4], ha="left", va="center"
        )
        for tick, count in zip(ticks, line.at_risk, strict=True):
            axes.text(tick, height - 0.055, str(count), transform=row, fontsize=8, ha="center", va="center")


def estimates(path: Path, lines: Sequence[EstimateLine], *, horizontal: str) -> None:
    """Estimates with their intervals on a ratio scale, no difference marked by a line at one."""
    with _drawing(path, 6.8, 0.8 + 0.42 * len(lines)) as (_, axes):
        for index, line in enumerate(lines):
            height = len(lines) - index
            colour = COLOURS[0] if line.is_ours else GREY
            axes.plot([line.lower, line.upper], [height, height], color=colour, linewidth=1.6)
            axes.plot(line.estimate, height, marker="s" if line.is_ours else "D", color=colour, markersize=6)
        axes.axvline(1, color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
        axes.set_xscale("log")
        axes.set_ylim(0.4, len(lines) + 0.6)
        axes.set_yticks(
            [len(lines) - index for index in range(len(lines))],
            [f"{line.title}\n{line.words}" for line in lines],
        )
        low, high = _ends(lines)
        marks = ratio_marks(low, high)
        axes.set_xlim(low, high)
        axes.set_xticks(marks, [f"{mark:g}" for mark in marks])
        axes.minorticks_off()
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(horizontal)


def _ends(lines: Sequence[EstimateLine]) -> tuple[float, float]:
    """The ends of the axis: every limit and no difference, with a twentieth of the way to spare."""
    limits = [1.0, *(value for line in lines for value in (line.lower, line.upper))]
    spare = max(max(limits) / min(limits), 1.5) ** 0.05
    return min(limits) / spare, max(limits) * spare


def ratio_marks(low: float, high: float) -> list[float]:
    """Round numbers for an axis of ratios from ``low`` to ``high``, as many as fit without touching."""
    room = TICK_ROOM * log10(high / low)
    best = [1.0]
    for numbers in _round_numbers(low, high):
        if all(log10(two / one) >= room for one, two in pairwise(numbers)) and len(numbers) > len(best):
            best = numbers
    return best


def _round_numbers(low: float, high: float) -> Iterator[list[float]]:
    """Ways to number such an axis, 1 among each: 1, 2, 5, 10 …, powers of ten alone, or equal steps."""
    first, last = floor(log10(low)), ceil(log10(high))
    powers = [float(f"1e{power}") for power in range(first, last + 1)]
    ways = [[float(f"{digit}e{power}") for power in range(first, last + 1) for digit in (1, 2, 5)]]
    ways += [[power for power in powers if round(log10(power)) % every == 0] for every in (1, 2, 4, 8)]
    if high / low < 10:  # further apart, equal steps crowd at one end
        steps = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
        ways += [[round(i * step, 2) for i in range(1, ceil(high / step))] for step in steps]
    for numbers in ways:
        yield [number for number in numbers if low <= number <= high]


def wrapped(lines: Iterable[str], width: float) -> tuple[str, ...]:
    """The lines broken so that each, as drawn, fits a flow diagram's box so wide; further ones indented."""
    room = (width - 2 * FLOW_MARGIN) * FLOW_INCHES * AXES_SHARE * 72
    return tuple(part for line in lines for part in _broken(line, room))


def _broken(line: str, room: float) -> Iterator[str]:
    """One line in parts of at most ``room`` points; a word that is longer stands alone."""
    indent = " " * (len(line) - len(line.lstrip()))
    words = line.split()
    part = indent + words[0]
    for word in words[1:]:
        if _reach(f"{part} {word}") > room:
            yield part
            part = f"{indent}  {word}"
        else:
            part = f"{part} {word}"
    yield part


def _reach(text: str) -> float:
    """How far a flow diagram's text reaches from its start, in points, spaces before it included."""
    drawn = TextPath((0, 0), text, size=FLOW_LETTERS, prop=FontProperties(family=FONT))
    return float(drawn.get_extents().x1)


def flow(path: Path, boxes: Sequence[Box], joins: Sequence[tuple[float, float, float, float]]) -> None:
    """A CONSORT flow diagram: boxes on a unit square, or further down, and the arrows that join them."""
    foot = min(0.0, *(box.y - box.height / 2 - 0.01 for box in boxes))
    with _drawing(path, FLOW_INCHES, 7.4 * (1 - foot)) as (_, axes):
        axes.set_xlim(0, 1)
        axes.set_ylim(foot, 1)
        axes.axis("off")
        for from_x, from_y, to_x, to_y in joins:
            if from_x != to_x and from_y != to_y:  # down, across, and down again
                middle = (from_y + to_y) / 2
                axes.plot([from_x, from_x, to_x], [from_y, middle, middle], color=INK, linewidth=0.9)
                from_x, from_y = to_x, middle
            axes.annotate(
                "",
                xy=(to_x, to_y),
                xytext=(from_x, from_y),
                arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
            )
        for box in boxes:
            left, bottom = box.x - box.width / 2, box.y - box.height / 2
            axes.add_patch(
                plt.Rectangle(
                    (left, bottom), box.width, box.height, facecolor="white", edgecolor=INK, linewidth=0.9
                )
            )
            words, start = "\n".join(box.lines), left + FLOW_MARGIN
            axes.text(start, box.y, words, fontsize=FLOW_LETTERS, va="center", linespacing=1.45)
