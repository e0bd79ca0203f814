"""How soon a worry that waits rings on, where an installation says so: ``ladder.toml`` in its folder."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from handrail.domain.ladder import RUNGS, Ladder
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange.protocol_lines import lines_of

LONGEST_MINUTES = 24 * 60
AGAIN = "again_minutes"
SYNTAX_LINE = re.compile(r"at line (\d+)")


def read(path: Path) -> Ladder:
    """The installation's own ladder; what the file leaves out stays as shipped.

    Raises:
        BadFile: with every fault and its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        place = SYNTAX_LINE.search(str(wrong))
        raise BadFile((Fault(path.name, int(place[1]) if place else 0, "", str(wrong)),)) from wrong
    places = lines_of(text)
    faults = [
        Fault(path.name, places.get((key,), 0), key, problem, mend)
        for key, value in said.items()
        for problem, mend in _faults(key, value)
    ]
    if faults:
        raise BadFile(tuple(faults))
    read: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}
    return Ladder(**read)


def _faults(key: str, value: Any) -> list[tuple[str, str]]:
    if key not in {field.name for field in fields(Ladder)}:
        return [("is not known", "Take it out")]
    if key == AGAIN:
        fine = _is_minutes(value) and value > 0
        return [] if fine else [("must be whole minutes, from 1 to 1440", "Write it like 30")]
    fine = isinstance(value, list) and len(value) == len(RUNGS) and all(_is_minutes(one) for one in value)
    if fine and value == sorted(value):
        return []
    return [("must be three whole numbers of minutes, none before the last", "Write it like [0, 10, 20]")]


def _is_minutes(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LONGEST_MINUTES
