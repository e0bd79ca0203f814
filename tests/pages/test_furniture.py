"""The parts of pages: strict templates, dates as people read them, lists, lines for help in a crisis."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from handrail.domain.refusal import BadFile, Reason
from handrail.domain.words import Because
from handrail.exchange import crisis_file as crisis
from handrail.web.shared.jinja import clock, count, day, moment
from handrail.web.shared.parts import part
from tests.house.tree import ROOT
from tools import copy_frontend


def made(text: str, /, **context: object) -> str:
    """A template of a few words, rendered."""
    return str(engines["ours"].from_string(text).render(context))


def test_a_misspelt_name_in_our_own_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        made("{{ no_such_name }}")


def test_text_is_escaped() -> None:
    assert made("{{ text }}", text="<b>") == "&lt;b&gt;"


def test_a_macro_of_the_design_system_escapes_and_needs_no_more_than_it_is_given() -> None:
    shown = made('{{ nhs.button({"text": text}) }}', text="<b>")
    assert shown.startswith("<button")
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 5, 3), "3 May 2026"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),  # half past midnight in London
        (None, "–"),
    ],
)
def test_a_day_is_shown_as_people_write_it(value: date | None, shown: str) -> None:
    assert day(value) == shown


@pytest.mark.parametrize(
    ("hour", "minute", "shown"),
    [(0, 0, "midnight"), (12, 0, "midday"), (14, 0, "2pm"), (0, 5, "12:05am"), (9, 30, "9:30am")],
)
def test_a_time_is_shown_as_the_design_system_writes_it(hour: int, minute: int, shown: str) -> None:
    at = datetime(2026, 1, 5, hour, minute, tzinfo=UTC)
    assert clock(at) == shown
    assert moment(at) == f"5 January 2026 at {shown}"


def test_a_count_has_its_noun() -> None:
    assert [count(1, "person", "people"), count(2, "person", "people"), count(1200, "row")] == [
        "1 person",
        "2 people",
        "1,200 rows",
    ]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("1", 1, 50), ("3", 101, 120), ("99", 101, 120), ("0", 1, 50), ("x", 1, 50), ("٣", 1, 50)],
)
def test_a_long_list_comes_in_parts(rf: RequestFactory, asked: str, first: int, last: int) -> None:
    shown = part(rf.get("/", {"part": asked}), range(1, 121))
    assert (shown.first, shown.last, shown.total, shown.of) == (first, last, 120, 3)
    assert list(shown.rows) == list(range(first, last + 1))


def test_an_empty_list_has_one_empty_part(rf: RequestFactory) -> None:
    shown = part(rf.get("/"), [])
    assert (shown.first, shown.last, shown.of) == (0, 0, 1)


def test_reasons_stand_in_place_of_a_button() -> None:
    text = '{% from "components/furniture.html" import refusals %}{{ refusals(reasons) }}'
    assert Because.HAS_DIED.sentence in made(text, reasons=(Reason(Because.HAS_DIED),))
    assert made(text, reasons=()).strip() == ""


def test_a_table_marks_its_columns_of_numbers_and_says_when_it_is_empty() -> None:
    text = (
        '{% from "components/lists.html" import table %}'
        '{{ table("Things", ["Name", "#Count"], rows, none="No things.") }}'
    )
    full, empty = made(text, rows=[("a", 3)]), made(text, rows=[])
    assert full.count("--numeric") == 2
    assert 'scope="col"' in full
    assert "No things." in empty
    assert "<table" not in empty


GOOD = {
    "code": "x", "action": "Call 1", "title": "t", "when": "w", "link": "tel:1", "button": "b",
    "is_emergency": "true", "owner": "o", "checked_on": "2026-01-31", "review_on": "2027-01-31",
}  # fmt: skip


def crisis_file(folder: Path, **changes: str | None) -> Path:
    """A file of one line, with changes; None leaves a key out."""
    lines = ["[[line]]"]
    for name, value in (GOOD | changes).items():
        if value is not None:
            is_bare = name in ("is_emergency", "checked_on", "review_on")
            lines.append(f"{name} = {value}" if is_bare else f'{name} = "{value}"')
    path = folder / "crisis.toml"
    path.write_text("\n".join(lines))
    return path


def test_a_line_with_owner_and_dates_is_read(tmp_path: Path) -> None:
    (line,) = crisis.read(crisis_file(tmp_path))
    assert (line.owner, line.review_on) == ("o", date(2027, 1, 31))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"owner": None}, "owner"),
        ({"owner": ""}, "owner"),
        ({"checked_on": None}, "checked_on"),
        ({"review_on": None}, "review_on"),
        ({"review_on": '"soon"'}, "review_on"),
        ({"review_on": "2027-02-01"}, "review_on"),  # more than twelve months on
        ({"review_on": "2025-12-31"}, "review_on"),  # before the check
        ({"link": "javascript:alert(1)"}, "link"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_line_that_nobody_vouches_for_stops_the_start(
    tmp_path: Path, changes: dict[str, str | None], place: str
) -> None:
    with pytest.raises(BadFile) as refused:
        crisis.read(crisis_file(tmp_path, **changes))
    assert [fault.column.rpartition(".")[2] for fault in refused.value.faults] == [place]
    text = (tmp_path / "crisis.toml").read_text().splitlines()
    (line,) = [fault.line for fault in refused.value.faults]
    assert text[line - 1].startswith((place, "[[line]]"))


def test_a_line_that_only_the_makers_vouch_for_is_shown_and_told(tmp_path: Path) -> None:
    lines = crisis.read(crisis_file(tmp_path, owner=crisis.MAKERS))
    assert crisis.unchecked(lines) == lines
    assert crisis.unchecked(crisis.read(crisis_file(tmp_path))) == ()


def test_a_file_that_does_not_parse_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "crisis.toml"
    path.write_text('[[line]]\ncode = "x"\naction = call me\n')
    with pytest.raises(BadFile) as refused:
        crisis.read(path)
    assert [fault.line for fault in refused.value.faults] == [3]


def test_a_file_without_a_line_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "crisis.toml"
    path.write_text("")
    with pytest.raises(BadFile):
        crisis.read(path)


def test_the_shipped_lines_are_those_of_england_and_no_service_vouches_for_them() -> None:
    lines = crisis.read(ROOT / "src/handrail/config/crisis.toml")
    actions = [line.action for line in lines]
    assert actions == ["Call 999", "Call 111, option 2", "Call 116 123", "Text SHOUT to 85258"]
    assert crisis.unchecked(lines) == lines


def test_a_line_is_overdue_from_the_day_after_its_review(tmp_path: Path) -> None:
    lines = crisis.read(crisis_file(tmp_path))
    assert crisis.overdue(lines, on=date(2027, 1, 31)) == ()
    assert crisis.overdue(lines, on=date(2027, 2, 1)) == lines


class TestFrontEnd:
    """What is taken from the design system, and what is left out."""

    def test_the_licensed_font_and_addresses_outside_the_site_go(self) -> None:
        raw = (
            "@font-face{font-family:Frutiger W01;src:url(https://a.nhs.uk/x.woff2)}"
            "a{font-family:Frutiger W01,arial;background:url(/assets/images/i.svg)}"
            "/*# sourceMappingURL=x.map */"
        )
        clean = copy_frontend.clean_styles(raw)
        assert clean == "a{font-family:arial;background:url(images/i.svg)}\n"
        assert copy_frontend.why_not_clean(clean) == []
        assert copy_frontend.why_not_clean(raw) == ["Frutiger", "@font-face", "https://", "url(/"]

    def test_the_script_starts_itself(self) -> None:
        assert (
            copy_frontend.clean_script("function initAll(){}export{initAll,a as b};")
            == "function initAll(){}initAll();\n"
        )
        with pytest.raises(ValueError, match="one export"):
            copy_frontend.clean_script("nothing")

    def test_the_copy_in_use_is_clean_and_without_the_logo(self) -> None:
        built = ROOT / "web" / "build" / "nhsuk"
        assert copy_frontend.why_not_clean((built / "nhsuk.css").read_text(encoding="utf-8")) == []
        names = {path.name for path in (built / "images").iterdir()}
        assert names
        assert not [name for name in names if "logo" in name or "favicon" in name or name.endswith(".png")]

    def test_the_lock_file_holds_no_address_of_a_registry(self) -> None:
        text = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
        assert "://" not in text
        assert '"resolved"' not in text
