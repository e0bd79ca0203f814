"""Locked tables as text: one form for each kind of value, rows in order, nothing askew."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.extract import Column, Kind, Table
from handrail.exchange.files import csv_text, table_entries

TABLE = Table(
    "made_up",
    "row",
    False,
    (
        Column("name", Kind.TEXT, "", ""),
        Column("day", Kind.DATE, "", ""),
        Column("count", Kind.WHOLE, "", ""),
        Column("total", Kind.NUMBER, "", ""),
        Column("is_so", Kind.YES_NO, "", ""),
    ),
)


def test_each_kind_of_value_has_one_form_and_unknown_is_blank() -> None:
    text = csv_text(
        TABLE,
        [
            ("b", date(2014, 6, 2), 0, 15.0, True),
            ("a", None, None, 15.25, False),
            ("c", None, None, None, None),
        ],
    )
    assert text == "name,day,count,total,is_so\na,,,15.25,0\nb,2014-06-02,0,15,1\nc,,,,\n"


def test_rows_come_in_one_order_whatever_order_they_were_given_in() -> None:
    rows = [("b", None, 1, None, None), ("a", None, 2, None, None), ("a", None, 1, None, None)]
    assert csv_text(TABLE, rows) == csv_text(TABLE, reversed(rows))


def test_a_comma_or_a_quote_in_a_value_stays_in_its_cell() -> None:
    assert csv_text(TABLE, [('a "b", c', None, None, None, None)]).splitlines()[1] == '"a ""b"", c",,,,'


def test_a_row_that_does_not_fit_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        csv_text(TABLE, [("a", None)])


def test_the_manifest_counts_rows_not_lines() -> None:
    text = csv_text(TABLE, [("two\nlines", None, None, None, None)])
    entry = table_entries({"made_up": text})["made_up"]
    assert (entry["file"], entry["row_count"], len(entry["sha256"])) == ("made_up.csv", 1, 64)
