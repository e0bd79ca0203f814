"""Spoil any one key of the shipped protocol, in any way: the fault names that key and that line."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.exchange.protocol_sheet import name_of
from tests.exchange.protocols import CORE, faults_of

LINES = CORE.read_text().splitlines()
ENTRY = re.compile(r"^([a-z_0-9]+) = (.+?)\s*(#.*)?$")
UNFIT = st.sampled_from(["{ odd = 1 }", "07:30:00", "1979-05-27T07:32:00Z"])  # right for no key


def _keys() -> list[tuple[int, str]]:
    """Each one-line key of the file with its full name, worked out apart from the code under test."""
    found: list[tuple[int, str]] = []
    header: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(LINES, 1):
        if line.startswith("["):
            path: tuple[str | int, ...] = ()
            for part in line.split("#")[0].strip().strip("[]").split("."):
                path = (*path, part)
                if line.startswith("[[") and line.strip("[]").endswith(part):
                    counts[path] = counts.get(path, 0) + 1
                if path in counts:
                    path = (*path, counts[path] - 1)
            header = path
        elif (match := ENTRY.match(line)) and match[2] != "[":
            found.append((number, name_of((*header, match[1]))))
    return found


KEYS = _keys()


def _refused(line: int, text: str) -> list[tuple[str, int]]:
    spoilt = [*LINES[: line - 1], text, *LINES[line:]]
    with tempfile.TemporaryDirectory() as folder:
        return [(fault.column, fault.line) for fault in faults_of(Path(folder), "\n".join(spoilt))]


def test_the_file_has_keys_enough_to_spoil() -> None:
    assert len(KEYS) > 250


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(key=st.sampled_from(KEYS), value=UNFIT)
def test_a_value_of_the_wrong_kind_is_told_at_its_key_and_line(key: tuple[int, str], value: str) -> None:
    line, name = key

    faults = _refused(line, f"{name.rsplit('.', 1)[-1]} = {value}")

    assert faults == [(name, line)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(key=st.sampled_from(KEYS))
def test_a_misspelt_key_is_told_at_its_line_and_only_once(key: tuple[int, str]) -> None:
    line, name = key
    section, _, last = name.rpartition(".")
    value = LINES[line - 1].split(" = ", 1)[1]

    faults = _refused(line, f"{last}x = {value}")

    assert faults[0] == (f"{section}.{last}x", line)
    assert {column for column, _ in faults[1:]} <= {"consent_forms[1].statements"}  # a scope left out
