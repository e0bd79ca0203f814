"""Reading spells and cohorts: what is read, and how a faulty file is refused with every fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handrail.analysis.acutecare import csv_lines, readers, sources
from handrail.analysis.acutecare.cells import whole_date
from handrail.analysis.acutecare.columns import NO_DAY, NOT_IN_COHORT, UNKNOWN_SERVICE, number_of
from handrail.domain.refusal import BadFile
from tests.analysis.acutecare_files import COHORT, SPELLS, as_parquet, written

HEADER = "person_id,service,provider,start,end\n"
ROW = "P1,ward,RX1,2024-03-01,2024-03-11\n"


def day(text: str) -> int:
    found = whole_date(text)
    assert found is not None
    return number_of(found)


def read(folder: Path, spells: str | bytes | Path = SPELLS, cohort: str | bytes | Path = COHORT):
    """(cohort, spells, lines) of two files."""
    places = [
        text if isinstance(text, Path) else written(folder, name, text)
        for text, name in ((cohort, "cohort.csv"), (spells, "spells.csv"))
    ]
    with sources.engine() as con:
        people, found, table = readers.read_both(con, *(sources.source(place) for place in places))
        return people, found, table.lines(found.row.size)


def faults(
    folder: Path, spells: str | bytes | Path = SPELLS, cohort: str | bytes | Path = COHORT
) -> list[str]:
    """Each fault as ``file:line:column: problem``."""
    with pytest.raises(BadFile) as refused:
        read(folder, spells, cohort)
    assert all(fault.mend for fault in refused.value.faults)
    return [f"{each.file}:{each.line}:{each.column}: {each.problem}" for each in refused.value.faults]


def test_both_files_become_columns_of_numbers(tmp_path: Path) -> None:
    people, spells, lines = read(tmp_path)
    assert list(people.entry) == [day("2024-01-15"), day("2024-01-15"), day("2024-02-01")]
    assert list(people.died) == [NO_DAY, day("2024-09-01"), NO_DAY]
    assert list(people.observed_until) == [day("2025-03-31"), NO_DAY, NO_DAY]
    assert people.has_consent.all()
    order = np.argsort(spells.row)
    assert list(spells.person[order]) == [1, 0]
    assert list(spells.start[order]) == [day("2024-03-01"), day("2024-04-01")]
    assert list(spells.end[order]) == [day("2024-03-11"), NO_DAY]
    assert (spells.latest_day, list(lines)) == (day("2024-04-01"), [2, 3])


def test_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    text = 'end,note,start,"provider",service,person_id\n2024-03-11,"a, b",2024-03-01,RX1,ward,P1\n'
    _, spells, _ = read(tmp_path, text)
    assert (list(spells.person), list(spells.end)) == ([1], [day("2024-03-11")])


def test_strangers_and_unknown_services_are_read_to_be_counted_later(tmp_path: Path) -> None:
    _, spells, _ = read(
        tmp_path, HEADER + "P9,ward,RX1,2024-03-01,\nP1,Ward,RX1,2024-03-01,\nP1,,RX1,2024-03-01,\n"
    )
    order = np.argsort(spells.row)
    assert list(spells.person[order]) == [NOT_IN_COHORT, 1, 1]
    assert list(spells.service[order]) == [0, UNKNOWN_SERVICE, UNKNOWN_SERVICE]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_one_kind_of_line_ending_and_a_byte_order_mark_are_read(
    tmp_path: Path, end: str, mark: str
) -> None:
    _, spells, lines = read(tmp_path, mark + SPELLS.replace("\n", end))
    assert (spells.row.size, list(lines)) == (2, [2, 3])


def test_the_line_of_each_row_is_right_where_a_row_is_not_a_line(tmp_path: Path) -> None:
    text = "note," + HEADER + f'"two\nlines",{ROW}\n\nx,{ROW}"""quoted""",{ROW.rstrip()}'
    _, spells, lines = read(tmp_path, text)
    assert list(lines[np.sort(spells.row)]) == [2, 6, 7]


def test_the_rows_of_a_large_file_keep_their_lines(tmp_path: Path) -> None:
    starts = np.datetime64("2000-01-01") + np.arange(8000)
    text = HEADER + "".join(f"P{i},ward,RX1,{starts[i % 8000]},\n" for i in range(200_000))
    _, spells, lines = read(tmp_path, text)
    first = day("2000-01-01")
    assert (spells.start == first + spells.row % 8000).all()
    assert list(lines[[0, 199_999]]) == [2, 200_001]


def test_parquet_is_read_with_dates_as_dates_or_text(tmp_path: Path) -> None:
    days = "DATE '2024-03-01' AS start, NULL::DATE AS \"end\""
    query = f"SELECT 'P1' AS person_id, 'ward' AS service, 7 AS provider, {days}"
    _, spells, lines = read(tmp_path, as_parquet(tmp_path, "spells.parquet", query))
    assert (list(spells.start), list(spells.end), list(lines)) == ([day("2024-03-01")], [NO_DAY], [1])


def test_an_empty_file_of_spells_has_no_latest_day(tmp_path: Path) -> None:
    _, spells, lines = read(tmp_path, HEADER)
    assert (spells.row.size, spells.latest_day, lines.size) == (0, None, 0)


def test_a_path_is_never_taken_for_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "k=v" / "it's [odd]*?"
    folder.mkdir(parents=True)
    written(tmp_path, "spells.csv", HEADER)
    _, spells, _ = read(folder)
    assert spells.row.size == 2


def test_a_consented_column_says_who_did_not(tmp_path: Path) -> None:
    people, _, _ = read(tmp_path, cohort="person_id,entry_date,consented\nP1,2024-01-15,0\nP2,2024-01-15,1\n")
    assert list(people.has_consent) == [False, True]


def test_every_fault_of_both_files_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    spells = (
        HEADER
        + "P1,ward,RX1,01/03/2024,2024-03-11\n,ward,RX1,2024-03-01,1_0\nP1,ward,RX1\n P1,ward,,2024-03-01,\n"
    )
    cohort = "person_id,entry_date,death_date\nP1,,\nP1,2024-01-15,2024-01-14\n"
    assert faults(tmp_path, spells, cohort) == [
        "cohort.csv:2:entry_date: is empty",
        "cohort.csv:3:person_id: is on line 2 too",
        "cohort.csv:3:death_date: is before entry_date",
        "spells.csv:2:start: '01/03/2024' is not a date",
        "spells.csv:3:person_id: is empty",
        "spells.csv:3:end: '1_0' is not a date",
        "spells.csv:4:: has 3 fields; the header has 5",
        "spells.csv:5:person_id: has a space before or after it",
        "spells.csv:5:provider: is empty",
    ]


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ("", ["spells.csv:0:: is empty"]),
        ("person_id,service,provider,begin,end\n", ["spells.csv:1:start: column is missing"]),
        ("person_id;service;provider;start;end\n", ["spells.csv:1:: is split by semicolons, not by commas"]),
        ("person;case\n", [f"spells.csv:1:{name}: column is missing" for name in
                           ("person_id", "service", "provider", "start", "end")]),
        ("end," + HEADER, ["spells.csv:1:end: column is there more than once"]),
        (HEADER + '"P"' + ROW, ["spells.csv:2:: cannot be split into fields: ',' expected after '\"'"]),
        (HEADER + '"P1,ward\n', ["spells.csv:2:: cannot be split into fields: unexpected end of data"]),
        (HEADER.encode() + b"P\xff,ward,RX1,2024-03-01,\n", ["spells.csv:2:person_id: is not UTF-8 text"]),
        (SPELLS.encode("utf-16"), ["spells.csv:0:: is UTF-16 text"]),
        (HEADER + "P\x00" + ROW, ["spells.csv:2:person_id: holds a character that cannot be printed"]),
        (HEADER + ROW.rstrip() + "\r\n" + ROW, ["spells.csv:0:: has line endings of more than one kind"]),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path: Path, spells, expected: list[str]) -> None:
    assert faults(tmp_path, spells) == expected


@pytest.mark.parametrize("column", ["person_id", "entry_date"])
def test_a_cohort_without_a_column_it_needs_is_refused(tmp_path: Path, column: str) -> None:
    cohort = COHORT.replace(column, "other")
    assert faults(tmp_path, cohort=cohort) == [f"cohort.csv:1:{column}: column is missing"]


def test_consent_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    cohort = "person_id,entry_date,consented\nP1,2024-01-15,maybe\nP2,2024-01-15,\n"
    assert faults(tmp_path, cohort=cohort) == [
        "cohort.csv:2:consented: is 'maybe'",
        "cohort.csv:3:consented: is empty",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("1.5 AS person_id, DATE '2024-03-01' AS start", "person_id: column is stored as DECIMAL(2,1)"),
        ("'P1' AS person_id, TIMESTAMP '2024-03-01' AS start", "start: column is stored as TIMESTAMP"),
        ("'P1' AS person_id, '2024-3-1' AS start", "'2024-3-1' is not a date"),
    ],
)
def test_parquet_is_read_without_guessing(tmp_path: Path, query: str, expected: str) -> None:
    query = f"SELECT {query}, 'ward' AS service, 'RX1' AS provider, NULL::VARCHAR AS \"end\""
    found = faults(tmp_path, as_parquet(tmp_path, "spells.parquet", query))
    assert len(found) == 1
    assert expected in found[0]


def test_a_file_that_is_only_called_parquet_is_refused(tmp_path: Path) -> None:
    place = written(tmp_path, "spells.parquet", SPELLS)
    assert faults(tmp_path, place) == ["spells.parquet:0:: is not a Parquet file that can be read"]


def test_parquet_without_a_column_is_refused(tmp_path: Path) -> None:
    place = as_parquet(tmp_path, "spells.parquet", "SELECT 'P1' AS person_id")
    assert faults(tmp_path, place)[0] == "spells.parquet:0:service: column is missing"


@pytest.mark.parametrize("name", ["spells.txt", "spells", "spells.csv.gz", "absent.csv"])
def test_a_file_that_is_absent_or_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    if "absent" not in name:
        written(tmp_path, name, SPELLS)
    assert len(faults(tmp_path, place)) == 1


@pytest.mark.parametrize(
    "row", ["P1,ward,RX1,2024-03-01,2024-03-11,,\n", '"P1",ward,RX1,2024-03-01,2024-03-11,,\n']
)
def test_empty_fields_too_many_at_the_end_of_a_row_are_not_overlooked(tmp_path: Path, row: str) -> None:
    assert faults(tmp_path, HEADER + ROW + row) == ["spells.csv:3:: has 7 fields; the header has 5"]


def test_what_only_the_fast_reading_finds_is_said_in_its_words(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, HEADER + 'P1, "ward,RX1,2024-03-01,\n')
    assert found.startswith("spells.csv:0:: Invalid Input Error: CSV Error on Line: 2")


def test_lines_are_refused_where_the_two_readings_see_different_rows(tmp_path: Path) -> None:
    place = written(tmp_path, "spells.csv", SPELLS)
    with pytest.raises(BadFile, match="told apart in two ways"):
        csv_lines.lines_of(sources.Source(place), 5)


def test_an_interruption_that_the_engine_hides_is_an_interruption_again() -> None:
    with pytest.raises(KeyboardInterrupt), sources.engine():
        raise RuntimeError("Query interrupted")
    with pytest.raises(RuntimeError, match="something else"), sources.engine():
        raise RuntimeError("something else")


def test_after_a_thousand_faults_the_rest_are_counted(tmp_path: Path) -> None:
    found = faults(tmp_path, HEADER + "P1,ward,RX1,never,ever\n" * 600)
    assert len(found) == 1001
    assert found[-1] == "spells.csv:0:: has 200 more faults (start 100, end 100)"


def test_what_only_the_fast_reading_minds_is_still_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, HEADER + "P1" + "x" * 3_000_000 + ",ward,RX1,2024-03-01,\n")
    assert len(found) == 1
