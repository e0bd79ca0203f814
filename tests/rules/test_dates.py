"""Days as people read them, in every reason that names one."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import handrail
from handrail.domain.dates import in_words
from handrail.domain.protocol import PeerSessions
from handrail.domain.support import Supported, why_not_plan

SOURCES = Path(handrail.__file__).parent


def worded_otherwise(source: str) -> list[int]:
    """The lines of a source on which a reason takes a day that is not told in words."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    reasons = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "Reason"]
    return [one.lineno for one in reasons if any(_writes_a_day(part) for part in ast.walk(one))]


def _writes_a_day(part: ast.AST) -> bool:
    """By a method or a format of dates, or as the bare text of one."""
    if isinstance(part, ast.Attribute):
        return part.attr in ("isoformat", "strftime")
    if isinstance(part, ast.FormattedValue):
        return part.format_spec is not None and "%" in ast.unparse(part.format_spec)
    is_text = isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "str"
    return is_text and ast.unparse(part).endswith(("_on)", "day)", "last)", "_until)", "_from)"))


def test_a_day_is_told_without_a_nought_and_with_its_months_name() -> None:
    assert in_words(date(2015, 7, 2)) == "2 July 2015"
    assert in_words(date(2015, 12, 31)) == "31 December 2015"


def test_a_reason_tells_its_day_in_words() -> None:
    offer = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)
    person = Supported(UUID(int=1), "HR-00001-A", date(2015, 3, 12), offer, UUID(int=7), None, None)
    late = datetime(2015, 7, 13, 10, tzinfo=UTC)
    (reason,) = why_not_plan(person, planned_at=late, on=date(2015, 7, 1))
    assert reason.sentence == "Sessions end on 12 July 2015."


def test_no_reason_tells_a_day_in_any_other_way() -> None:
    planted = ("day.isoformat()", "str(last)", 'f"{day:%d %B}"', "str(one.found_on)")
    assert [worded_otherwise(f"Reason(Because.X, {text})") for text in planted] == [[1]] * 4
    assert worded_otherwise("Reason(Because.X, in_words(day)); day.isoformat(); Reason(X, str(most))") == []
    found = {path: worded_otherwise(path.read_text("utf-8")) for path in SOURCES.rglob("*.py")}
    assert len(found) > 200
    assert {path: lines for path, lines in found.items() if lines} == {}
