"""What a drawing shows, measured as drawn: no words over a box's edge, no two numbers touching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

from handrail.analysis.findings import Count, Flow, FlowArm
from handrail.reports import flow_diagram, plots

SENT = "Sent the workbook, and it did not come back"
REASONS = ("Records end before the window does", "Moved away", "Said no to the use of health records")
LOST = tuple(Count(label, label, 222) for label in REASONS)
LABEL = "In the main analysis: readmission known"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Drawing]]:
    """The drawings that are made, kept open until the test ends, and measured in points as SVG is."""
    kept: list[Drawing] = []
    close = plots.plt.close

    def keep(drawing: Drawing) -> None:
        drawing.set_dpi(72)
        kept.append(drawing)

    monkeypatch.setattr(plots.plt, "close", keep)
    yield kept
    for drawing in kept:
        close(drawing)


def flow_of(count: int, *, stopped: int | None = 222, reasons: int = 9) -> Flow:
    """A flow whose every number is the same; ``reasons`` to leave before entry."""
    arms = tuple(
        FlowArm(code, title, count, count, received, LOST, count, LABEL, count, stopped)
        for code, title, received in (
            ("one", "Workbook with a peer support worker", "Met a peer worker at least once"),
            ("two", "Workbook by post", SENT),
        )
    )
    left = tuple(Count(f"r{i}", "Lost capacity to consent before entry", count) for i in range(reasons))
    return Flow(count, left, count, count, arms)


def extents(drawing: Drawing) -> tuple[list[Bbox], list[Bbox], list[str]]:
    """Where the boxes and their words lie, in dots of the drawing, and the words."""
    axes = drawing.axes[0]
    texts = [text for text in axes.texts if text.get_text()]
    boxes = [box.get_window_extent() for box in axes.patches]
    return boxes, [text.get_window_extent() for text in texts], [text.get_text() for text in texts]


@pytest.mark.parametrize("count", [pytest.param(222, marks=pytest.mark.prove), 88888])
@pytest.mark.parametrize("stopped", [222, pytest.param(None, marks=pytest.mark.prove)])
def test_no_words_of_the_flow_diagram_reach_over_the_edge_of_their_box(
    drawn: list[Drawing], tmp_path: Path, count: int, stopped: int | None
) -> None:
    flow_diagram.draw(flow_of(count, stopped=stopped), tmp_path)
    boxes, words, said = extents(drawn[0])
    assert len(boxes) == len(words) == 9
    for box, text, lines in zip(boxes, words, said, strict=True):
        assert box.x0 < text.x0 and text.x1 < box.x1, lines
        assert box.y0 < text.y0 and text.y1 < box.y1, lines


@pytest.mark.parametrize(
    "reasons", [pytest.param(1, marks=pytest.mark.prove), pytest.param(9, marks=pytest.mark.prove), 20]
)
def test_no_box_of_the_flow_diagram_lies_over_another(
    drawn: list[Drawing], tmp_path: Path, reasons: int
) -> None:
    flow_diagram.draw(flow_of(222, reasons=reasons), tmp_path)
    boxes, _, _ = extents(drawn[0])
    assert [(one, two) for i, one in enumerate(boxes) for two in boxes[:i] if one.overlaps(two)] == []
    view = drawn[0].axes[0].get_window_extent()
    assert min(box.y0 for box in boxes) > view.y0


def test_a_line_that_is_too_long_goes_on_further_in() -> None:
    assert plots.wrapped([f"  {SENT}: 222"], 0.4) == (
        "  Sent the workbook, and it did not",
        "    come back: 222",
    )


def test_the_flow_diagram_and_its_table_say_who_stopped(drawn: list[Drawing], tmp_path: Path) -> None:
    flow = flow_of(222)
    flow = replace(flow, arms=(flow.arms[0], replace(flow.arms[1], stopped=7)))
    _, grid = flow_diagram.draw(flow, tmp_path)
    said = "\n".join(extents(drawn[0])[2])
    assert "Stopped the programme (n=222)" in said and "Stopped the programme (n=7)" in said
    assert ("Stopped the programme", "229", "222", "7") in grid.rows


def test_a_rehearsals_flow_diagram_and_table_do_not_show_who_stopped(
    drawn: list[Drawing], tmp_path: Path
) -> None:
    _, grid = flow_diagram.draw(flow_of(222, stopped=None), tmp_path)
    assert "Stopped the programme (n=" not in str(extents(drawn[0])[2])
    assert ("Stopped the programme", *["not shown in a rehearsal"] * 3) in grid.rows


RANGES = [(0.43, 0.99), (0.97, 1.03), (1.2, 3.4), (0.1, 9.0), (0.02, 60.0), (1e-6, 1e7), (1.0, 1.0)]


@pytest.mark.parametrize(("lower", "upper"), RANGES)
def test_the_numbers_under_the_ratios_are_within_what_is_drawn_and_do_not_touch(
    drawn: list[Drawing], tmp_path: Path, lower: float, upper: float
) -> None:
    line = plots.EstimateLine("Ours", (lower * upper) ** 0.5, lower, upper, "words", True)
    plots.estimates(tmp_path / "one.svg", [line], horizontal="Ratio")
    axes = drawn[0].axes[0]
    low, high = axes.get_xlim()
    assert low < min(lower, 1) and high > max(upper, 1)
    marks = axes.get_xticks()
    assert len(marks) >= 3 and 1.0 in marks
    assert all(low <= mark <= high for mark in marks)
    drawn[0].canvas.draw()
    places = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert all(one.x1 + 3 < two.x0 for one, two in pairwise(places))
