"""Fields of forms: what they take, what they refuse, and how they show."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from handrail.domain.refusal import Reason
from handrail.domain.words import Because
from handrail.web.shared.forms import (
    AnyOf,
    Attached,
    Day,
    Email,
    Form,
    Line,
    Listed,
    OneOf,
    Tick,
    Whole,
    Words,
    YesNo,
)
from handrail.web.shared.jinja import field, problems

TWO = [("a", "First"), ("b", "Second")]


class Everything(Form):
    """One of each field."""

    name = Line("Your name", missing="Enter your name", hint="As on letters")
    email = Email("Your e-mail address", required=False)
    note = Words("A note", required=False)
    sessions = Whole("How many", at_least=1, at_most=10)
    choice = OneOf("Which one", TWO)
    is_well = YesNo("Are you well?", required=False)
    several = AnyOf("Which ones", TWO, required=False)
    agreed = Tick("I agree", missing="Tick the box")
    team = Listed("Team", TWO, required=False)
    held_on = Day("Date of the meeting")


GOOD: dict[str, Any] = {
    "name": "Sam",
    "sessions": "3",
    "choice": "a",
    "is_well": "no",
    "several": ["a", "b"],
    "agreed": "on",
    "held_on-day": "29",
    "held_on-month": "2",
    "held_on-year": "2024",
}


def test_good_answers_become_values() -> None:
    form = Everything(GOOD)
    assert form.is_valid(), form.errors
    cleaned = form.cleaned_data
    assert cleaned["sessions"] == 3
    assert cleaned["is_well"] is False
    assert cleaned["held_on"] == date(2024, 2, 29)
    assert cleaned["several"] == ["a", "b"]


@pytest.mark.parametrize(
    ("changes", "faulty", "words"),
    [
        ({"name": ""}, "name", "Enter your name"),
        ({"sessions": "1_0"}, "sessions", "whole number from 1 to 10"),
        ({"sessions": "٣"}, "sessions", "whole number from 1 to 10"),
        ({"sessions": "11"}, "sessions", "whole number from 1 to 10"),
        ({"sessions": "1e1"}, "sessions", "whole number from 1 to 10"),
        ({"choice": "c"}, "choice", "valid choice"),
        ({"agreed": ""}, "agreed", "Tick the box"),
        ({"held_on-day": "30"}, "held_on", "must be a real date"),
        ({"held_on-day": ""}, "held_on", "must include a day"),
        ({"held_on-day": "", "held_on-year": ""}, "held_on", "a day and a year"),
        ({"held_on-year": "24"}, "held_on", "year in four digits"),
        ({"held_on-day": "٢"}, "held_on", "must be a real date"),
        ({"email": "nonsense"}, "email", "name@example.com"),
    ],
)
def test_a_faulty_answer_is_refused_in_plain_words(changes: dict[str, str], faulty: str, words: str) -> None:
    form = Everything(GOOD | changes)
    assert not form.is_valid()
    assert list(form.errors) == [faulty]
    assert words in str(form.errors[faulty])


def test_every_line_of_the_summary_leads_to_an_input_that_is_there() -> None:
    form = Everything({})
    shown = "".join(str(field(bound)) for bound in form)
    targets = [line["href"].removeprefix("#") for line in problems(form)]
    assert targets == ["id_name", "id_sessions", "id_choice", "id_agreed", "id_held_on-day"]
    assert [target for target in targets if f'id="{target}"' not in shown] == []


def test_every_visible_input_has_a_label_or_a_legend() -> None:
    shown = "".join(str(field(bound)) for bound in Everything())
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', shown)) - {"id_request_key"}
    labelled = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', shown))
    assert ids
    assert ids - labelled == set()


def test_what_was_typed_is_shown_back_escaped_in_every_field() -> None:
    nasty = "\"><script>alert('x')</script>"
    form = Everything({name: nasty for name in [*Everything.base_fields, "held_on-day"]})
    form.is_valid()
    shown = "".join(str(field(bound)) for bound in form)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_rule_s_reasons_become_errors_beside_their_field() -> None:
    form = Everything(GOOD)
    form.is_valid()
    form.refuse((Reason(Because.NAME_MISSING), Reason(Because.HAS_DIED)), {"name_missing": "name"})
    assert form.errors["name"] == [Because.NAME_MISSING.sentence]
    assert form.non_field_errors() == [Because.HAS_DIED.sentence]
    assert {"text": Because.HAS_DIED.sentence} in problems(form)


def test_each_form_has_a_key_of_its_own_that_stays_when_it_comes_back() -> None:
    first, second = Everything(), Everything()
    assert first["request_key"].value() != second["request_key"].value()
    assert Everything({"request_key": "kept"})["request_key"].value() == "kept"


class Upload(Form):
    """A file."""

    file = Attached("The file", largest_megabytes=1, missing="Choose a file")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "Choose a file"), (b"", "empty"), (b"x" * 1_000_001, "smaller than 1 MB")]
)
def test_a_file_is_asked_for_and_limited(content: bytes | None, words: str) -> None:
    files = {} if content is None else {"file": SimpleUploadedFile("a.csv", content)}
    form = Upload({}, files)
    assert not form.is_valid()
    assert words in str(form.errors["file"])


def test_a_whole_form_shows_the_summary_before_the_fields() -> None:
    page = render_to_string("tests/form.html", {"form": Everything({})})
    assert page.index("nhsuk-error-summary") < page.index("<form")
    assert 'name="request_key"' in page
    assert "novalidate" in page


@pytest.fixture(autouse=True)
def _a_template_of_our_own(settings: Any, tmp_path: Any) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    text = '{% from "components/form.html" import whole_form with context %}{{ whole_form(form) }}'
    (folder / "form.html").write_text("{% set csrf_input = '' %}" + text)
    ours = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [ours | {"DIRS": [tmp_path, *ours["DIRS"]]}, settings.TEMPLATES[1]]
