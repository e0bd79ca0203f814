"""The shipped protocol as text, and ways of spoiling it for a test."""

from __future__ import annotations

from pathlib import Path

import pytest

import handrail
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange import protocol_file

CORE = Path(handrail.__file__ or "").parent / "protocols" / "core.toml"


def spoil(text: str, old: str, new: str) -> tuple[str, int]:
    """Change the one place where ``old`` stands; gives the new text and the line of that place."""
    assert text.count(old) == 1, f"{old!r} must stand exactly once, and stands {text.count(old)} times"
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


def header_line(text: str, line: int) -> int:
    """The line of the section header at or above a line."""
    lines = text.splitlines()
    return next(number for number in range(line, 0, -1) if lines[number - 1].startswith("["))


def load(folder: Path, content: str | bytes) -> Protocol:
    """Write the content to a file and load it."""
    path = folder / "core.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return protocol_file.load(path)


def faults_of(folder: Path, content: str | bytes) -> tuple[Fault, ...]:
    """The faults for which the content is refused."""
    with pytest.raises(BadFile) as refused:
        load(folder, content)
    return refused.value.faults
