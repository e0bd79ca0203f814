"""Every composed question: it answers as its query would, holds what it must, and takes values as values."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from uuid import UUID, uuid4

import pytest
from django.db import connection

from handrail import records
from handrail.records.question import STAND_INS, Question

pytestmark = pytest.mark.django_db

HOLDING = {  # the ends of the queries by which acts wait for one another
    "handrail.records.allocation.facts._HOLD": "FOR UPDATE",
    "handrail.records.audit.actions._HEAD": "FOR UPDATE",
    "handrail.records.enrolment.facts._HOLD": 'FOR UPDATE OF "people_person"',
    "handrail.records.enrolment.facts._HOLD_ENTRANT": 'FOR UPDATE OF "people_person"',
    "handrail.records.people.facts._PERSON_HELD": "FOR UPDATE",
}
HOSTILE = ("' OR '1'='1", "x'; DROP TABLE people_person; --", "%s", "%", "?", ":a", "$1", "\\", "", "ſ’")


@cache
def everyone() -> dict[str, Question]:
    """Every question of every room, by its module and name."""
    modules = pkgutil.walk_packages(records.__path__, "handrail.records.")
    loaded = [importlib.import_module(one.name) for one in modules if ".migrations" not in one.name]
    return {
        f"{module.__name__}.{name}": value
        for module in loaded
        for name, value in vars(module).items()
        if isinstance(value, Question)
    }


def asked_of(question: Question) -> list[UUID]:
    """A value for each that it asks about."""
    return [uuid4() for _ in inspect.signature(question._compose).parameters]


def takes_text(question: Question, place: int) -> bool:
    """Whether the value at a place is compared as text, whatever it says."""
    composed = question._composed[connection.vendor]
    return all(adapt is str for where, adapt in composed.places if where == place)


def test_each_has_the_text_that_its_query_has_now_and_no_trace_of_the_stand_ins() -> None:
    assert len(everyone()) > 30
    for name, question in everyone().items():
        values = asked_of(question)
        question.rows(*values)
        composed = question._composed[connection.vendor]
        text, parameters = question._compose(*values).query.get_compiler(connection=connection).as_sql()
        filled = [held if place is None else held(values[place]) for place, held in composed.places]
        assert (composed.text, filled) == (text, list(parameters)), name
        kept = f"{composed.text} {[held for place, held in composed.places if place is None]}"
        assert not any(mark in kept for one in STAND_INS for mark in (one.hex, str(one))), name


def test_those_that_hold_rows_are_these_and_ask_for_it() -> None:
    for question in everyone().values():
        question.rows(*asked_of(question))
    composed = {name: one._composed[connection.vendor] for name, one in everyone().items()}
    assert {name for name, one in composed.items() if one.has_lock} == HOLDING.keys()
    if connection.features.has_select_for_update:
        assert all(composed[name].text.endswith(end) for name, end in HOLDING.items())


@pytest.mark.parametrize("text", [*HOSTILE, str(STAND_INS[0]), STAND_INS[0].hex])
def test_a_text_is_compared_and_nothing_else(text: str) -> None:
    tried = 0
    for name, question in everyone().items():
        values = asked_of(question)
        question.rows(*values)
        for place in range(len(values)):
            if takes_text(question, place):
                assert question.rows(*values[:place], text, *values[place + 1 :]) == [], name
                tried += 1
    assert tried > 5
