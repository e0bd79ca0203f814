"""What is told of a fault: where it is, in words that a terminal shows and does not obey."""

from __future__ import annotations

import pytest

from handrail.domain.refusal import Fault, visible


@pytest.mark.parametrize(
    ("file", "place"), [("spells.csv", "spells.csv line 3"), ("Spells.PARQUET", "Spells.PARQUET row 3")]
)
def test_a_fault_names_a_line_or_where_there_are_none_a_row(file: str, place: str) -> None:
    assert str(Fault(file, 3, "end", "is wrong")) == f"{place}: end: is wrong"


@pytest.mark.parametrize(
    ("sign", "code"),
    [("\x1b", "\\x1b"), ("\x07", "\\x07"), ("\n", "\\n"), ("\u202e", "\\u202e"), ("\x9b", "\\x9b")],
)
def test_what_a_terminal_would_obey_is_written_as_its_code(sign: str, code: str) -> None:
    said = str(Fault(f"a{sign}.csv", 1, f"b{sign}", f"found {sign}[31m", f"Not {sign}"))
    assert said == f"a{code}.csv line 1: b{code}: found {code}[31m. Not {code}"


def test_what_can_be_read_stays_as_it_is() -> None:
    assert visible("Zoë’s “café” – 東京, £5 \\ 7%") == "Zoë’s “café” – 東京, £5 \\ 7%"
