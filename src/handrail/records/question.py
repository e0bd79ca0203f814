"""Questions that nearly every act asks: composed once, and asked again and again with other values.

To compose a query takes Django some ten times as long as the database takes to answer it with one row. What
is kept here is the text of a query, never its answer: every time, the database is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

Adapt = Callable[[Any], Any]
Row = tuple[Any, ...]
STAND_INS = tuple(UUID(int=0x7E57 << 112 | place) for place in range(1, 9))


@dataclass(frozen=True)
class Composed:
    """A query for one kind of database: its text, what fills each place in it, and how columns are read.

    ``places`` holds, in the order of the text, either which value goes there and how it is adapted, or a
    constant. ``converters`` are Django's own, by column.
    """

    text: str
    places: tuple[tuple[int | None, Any], ...]
    converters: dict[int, tuple[Sequence[Callable[..., Any]], Any]]
    has_lock: bool


class Question:
    """One query in ``values_list``, written as a function of the ids or texts that it asks about.

    The values must be known: a missing one asks another question (``IS NULL``), so nothing here takes it.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self._compose = compose
        self._composed: dict[str, Composed] = {}

    def rows(self, *values: UUID | str) -> list[Row]:
        """Every row that answers, as the columns were named.

        Raises:
            TransactionManagementError: when rows would be held outside a transaction.
        """
        database = connections[DEFAULT_DB_ALIAS]
        composed = self._composed.get(database.vendor) or self._compose_for(len(values), database)
        if composed.has_lock and not database.in_atomic_block:
            raise TransactionManagementError("rows are held in a transaction, or not at all")
        filled = [content if place is None else content(values[place]) for place, content in composed.places]
        with database.cursor() as cursor:
            cursor.execute(composed.text, filled)
            found = cursor.fetchall()
        return _read(found, composed, database) if composed.converters else found

    def row(self, *values: UUID | str) -> Row | None:
        """The first row that answers, or none: for questions that one row answers at most."""
        found = self.rows(*values)
        return found[0] if found else None

    def one(self, *values: UUID | str) -> Any:
        """The only column of that row, or none."""
        found = self.rows(*values)
        return found[0][0] if found else None

    def _compose_for(self, count: int, database: BaseDatabaseWrapper) -> Composed:
        query = self._compose(*STAND_INS[:count]).query
        compiler = query.get_compiler(connection=database)
        text, parameters = compiler.as_sql()
        places = tuple(_place(parameter, STAND_INS[:count]) for parameter in parameters)
        if {place for place, _ in places if place is not None} != set(range(count)):
            raise ValueError(f"not every value reaches the database: {text}")
        columns = [column for column, *_ in compiler.select]
        made = Composed(text, places, compiler.get_converters(columns), query.select_for_update)
        self._composed[database.vendor] = made
        return made


def _place(parameter: Any, stand_ins: Sequence[UUID]) -> tuple[int | None, Any]:
    """Which stand-in this is, and so how a value is adapted for this column; otherwise it is a constant."""
    for place, stand_in in enumerate(stand_ins):
        for adapt in (_hex, _itself, str):
            if type(parameter) is type(adapt(stand_in)) and parameter == adapt(stand_in):
                return place, adapt
    return None, parameter


def _hex(value: UUID) -> str:
    return value.hex


def _itself(value: UUID) -> UUID:
    return value


def _read(found: Sequence[Row], composed: Composed, database: BaseDatabaseWrapper) -> list[Row]:
    """The rows as Python has them, by the converters that Django would use."""
    read = [list(row) for row in found]
    for column, (converters, expression) in composed.converters.items():
        for row in read:
            for convert in converters:
                row[column] = convert(row[column], expression, database)
    return [tuple(row) for row in read]
