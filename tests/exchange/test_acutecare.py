"""What the check of an extract wrote is taken in whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from handrail.analysis.acutecare import checking, sources
from handrail.domain.refusal import BadFile
from handrail.domain.words import SetAside, Setting
from handrail.exchange.acutecare import AcceptedRow, CheckedFile, RefusedRow, read

EXTRACT = """person_id,service,provider,start,end
P1,ward,RX1,2024-03-01,
P1,liaison,RX1,2024-03-01,2024-03-02
P2,ward,RX1,2024-05-10,2024-05-01
P1,ward,RX1,2024-03-01,2024-03-11
P2,day-unit,RX2,2024-04-01,
P2,day-unit,RX2,2024-12-01,
"""


def checked(folder: Path, text: str = EXTRACT, covers_until: date | None = None) -> Path:
    extract, out = folder / "extract.csv", folder / "checked.jsonl"
    extract.write_text(text)
    checking.check(sources.source(extract, "March.csv"), out, covers_until=covers_until)
    return out


def refused(line: int, rule: SetAside, column: str, person: str) -> RefusedRow:
    return RefusedRow(line, rule, column, rule.sentence, person)


def test_what_the_check_accepts_and_refuses_comes_through(tmp_path: Path) -> None:
    found = read(checked(tmp_path, covers_until=date(2024, 6, 30)))
    assert found == CheckedFile(
        name="March.csv",
        sha256=hashlib.sha256(EXTRACT.encode()).hexdigest(),
        covers_until=date(2024, 6, 30),
        accepted=(
            AcceptedRow(5, "P1", Setting.WARD, "RX1", date(2024, 3, 1), date(2024, 3, 11)),
            AcceptedRow(6, "P2", Setting.DAY_UNIT, "RX2", date(2024, 4, 1), None),
        ),
        refused=(
            refused(2, SetAside.DUPLICATE, "start", "P1"),
            refused(3, SetAside.UNKNOWN_SERVICE, "service", "P1"),
            refused(4, SetAside.ENDS_BEFORE_START, "end", "P2"),
            refused(7, SetAside.STARTS_IN_FUTURE, "start", "P2"),
        ),
    )


def test_without_a_date_a_file_covers_the_latest_day_in_it(tmp_path: Path) -> None:
    found = read(checked(tmp_path))
    assert found.covers_until == date(2024, 12, 1)
    assert SetAside.STARTS_IN_FUTURE not in {row.rule for row in found.refused}


def test_a_file_without_rows_has_no_last_day_unless_it_is_told(tmp_path: Path) -> None:
    header = EXTRACT.splitlines()[0] + "\n"
    with pytest.raises(BadFile, match="no rows"):
        checked(tmp_path, header)
    assert read(checked(tmp_path, header, date(2024, 6, 30))).accepted == ()


def spoil_last(lines: list[str]) -> list[str]:
    return lines[:-1]


def spoil_middle(lines: list[str]) -> list[str]:
    return lines[:2] + lines[3:]


def spoil_heading(lines: list[str]) -> list[str]:
    return [json.dumps({"form": 1}), *lines[1:]]


def spoil_form(lines: list[str]) -> list[str]:
    return [lines[0].replace('"form":1', '"form":2'), *lines[1:]]


def spoil_json(lines: list[str]) -> list[str]:
    return [*lines[:3], lines[3][:-4], *lines[4:]]


def spoil_kind(lines: list[str]) -> list[str]:
    return [*lines[:3], "[]", *lines[4:]]


def spoil_accepted(lines: list[str]) -> list[str]:
    return [line.replace("day-unit", "tea-room") for line in lines]


def spoil_refused(lines: list[str]) -> list[str]:
    return [line.replace("unknown_service", "disliked") for line in lines]


def spoil_all(lines: list[str]) -> list[str]:
    return []


@pytest.mark.parametrize(
    ("spoil", "line", "problem"),
    [
        (spoil_last, 7, "cut short"),
        (spoil_middle, 7, "cut short"),
        (spoil_all, 0, "cut short"),
        (spoil_heading, 1, "no proper heading"),
        (spoil_form, 1, "has form 2; this Handrail reads form 1"),
        (spoil_json, 4, "not JSON"),
        (spoil_kind, 4, "not a JSON object"),
        (spoil_accepted, 6, "not an accepted row"),
        (spoil_refused, 3, "not a refused row"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, spoil, line: int, problem: str) -> None:
    place = checked(tmp_path, covers_until=date(2024, 6, 30))
    place.write_text("".join(f"{each}\n" for each in spoil(place.read_text().splitlines())))
    with pytest.raises(BadFile) as bad:
        read(place)
    (fault,) = bad.value.faults
    assert fault.line == line
    assert problem in fault.problem
