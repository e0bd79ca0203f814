"""What may stand in a cell of a spells file or a cohort."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.analysis.acutecare.cells import Field, Kind, shown, whole_date, why_not

DAY, MAYBE = Field("start", Kind.DAY), Field("end", Kind.DAY_OR_EMPTY)
NAME, YES_NO = Field("person_id", Kind.NAME), Field("consented", Kind.YES_NO)


def test_a_whole_date_is_read() -> None:
    assert whole_date("2024-02-29") == date(2024, 2, 29)
    assert why_not(DAY, "2024-02-29") is None


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-05", "24-01-05", "20240105", "05/01/2024",
        "2024-01-05T00:00", "2024-01-05 00:00:00", " 2024-01-05", "2024-01-05 ", "2024-01-0_", "2_24-01-05",
        "+024-01-05", "-024-01-05", "٢٠٢٤-٠١-٠٥", "２０２４-01-05", "2024‑01‑05", "2024-W01-1", "1_0",
        "2024-01-05\x00", "0000-01-01", "a year",
    ],
)  # fmt: skip
def test_anything_else_is_not_a_date(text: str) -> None:
    assert whole_date(text) is None
    why = why_not(DAY, text)
    assert why is not None
    assert "is not a date" in why[0]


@pytest.mark.parametrize("text", ["1899-12-31", "9999-12-31", "2101-01-01"])
def test_a_date_that_stands_for_something_else_is_refused(text: str) -> None:
    why = why_not(MAYBE, text)
    assert why is not None
    assert "outside the years 1900 to 2100" in why[0]
    assert "leave an end empty" in why[1]


def test_only_an_end_may_be_empty() -> None:
    assert why_not(MAYBE, "") is None
    assert [bool(why_not(field, "")) for field in (DAY, NAME, YES_NO)] == [True, True, True]


@pytest.mark.parametrize("text", [" P1", "P1 ", "P1\t", "P1\u00a0"])
def test_a_name_with_a_space_around_it_would_match_nobody(text: str) -> None:
    why = why_not(NAME, text)
    assert why is not None
    assert "space before or after" in why[0]
    assert "P1" not in why[0] + why[1]  # a message never repeats whose row it is


@pytest.mark.parametrize("text", ["P\x001", "P\n1", "P\x7f1", "P\u200b1"])
def test_a_name_that_cannot_be_printed_is_refused(text: str) -> None:
    why = why_not(NAME, text)
    assert why is not None
    assert "cannot be printed" in why[0]


@pytest.mark.parametrize("text", ["P1", "999 000 0018", "Ødegård", "=1+1", "'); DROP TABLE spells; --"])
def test_a_name_may_be_any_printable_text(text: str) -> None:
    assert why_not(NAME, text) is None


@pytest.mark.parametrize(("text", "is_read"), [("1", True), ("0", True), ("yes", False), ("2", False)])
def test_consent_is_1_or_0(text: str, is_read: bool) -> None:
    assert (why_not(YES_NO, text) is None) is is_read


def test_an_unknown_service_is_not_a_fault_of_the_file() -> None:
    assert why_not(Field("service", Kind.WORD), "liaison") is None


def test_a_long_or_odd_cell_is_shown_short_and_plain() -> None:
    assert shown("x" * 100) == repr("x" * 40 + "...")
    assert shown("é\x1b[31m") == r"'\xe9\x1b[31m'"
