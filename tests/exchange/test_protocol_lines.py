"""Every key of a TOML file is found on its own line, however the file is laid out."""

from __future__ import annotations

import tomllib

import pytest

from handrail.exchange.protocol_lines import lines_of

AWKWARD = '''# a comment with = and [brackets]
plain = 1 # "not a string
"quoted key" = "a # and a \\" inside"
a.b . c = 'x'

[table] # header
text = """
[not.a.header]
key = 1 \\""" still inside ""\"""
literal = \'\'\'
it's "fine" ]
\'\'\'
list = [ # first
  1, "two, ]", # second
  { x = 1, y = [
    2, 3 ] },
]
after = true
empty = ""
[[table.rows]]
name = "first"
[table.rows.inner]
deep = 1
[[table.rows]]
name = "second"
'inner' = { deep = 2 }
[outer.middle.leaf]
last = 2014-03-12'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("plain",), 2),
        (("quoted key",), 3),
        (("a", "b", "c"), 4),
        (("table",), 6),
        (("table", "text"), 7),
        (("table", "literal"), 10),
        (("table", "list"), 13),
        (("table", "list", 0), 14),
        (("table", "list", 1), 14),
        (("table", "list", 2, "x"), 15),
        (("table", "list", 2, "y", 0), 16),
        (("table", "after"), 18),
        (("table", "empty"), 19),
        (("table", "rows"), 20),
        (("table", "rows", 0, "name"), 21),
        (("table", "rows", 0, "inner", "deep"), 23),
        (("table", "rows", 1), 24),
        (("table", "rows", 1, "name"), 25),
        (("table", "rows", 1, "inner", "deep"), 26),
        (("outer",), 27),
        (("outer", "middle", "leaf", "last"), 28),
    ],
)
def test_a_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert tomllib.loads(AWKWARD)  # the reader of record accepts it
    assert lines_of(AWKWARD)[path] == line


def test_line_ends_of_windows_count_once() -> None:
    assert lines_of(AWKWARD.replace("\n", "\r\n")) == lines_of(AWKWARD)


def test_every_key_that_the_reader_sees_has_a_line() -> None:
    lines = lines_of(AWKWARD)

    assert set(_paths(tomllib.loads(AWKWARD), ())) <= set(lines)


def _paths(value: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path] + [found for part, each in inside for found in _paths(each, (*path, part))]
