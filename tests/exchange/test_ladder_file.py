"""An installation's own ladder: its minutes, or every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.domain.ladder import LADDER
from handrail.domain.refusal import BadFile
from handrail.exchange import ladder_file


def test_what_the_file_says_counts_and_the_rest_stays_as_shipped(tmp_path: Path) -> None:
    file = tmp_path / "ladder.toml"
    file.write_text("crisis_team = [0, 3, 6]\nagain_minutes = 15\n")
    read = ladder_file.read(file)
    assert (read.crisis_team, read.again_minutes) == ((0, 3, 6), 15)
    assert (read.emergency, read.supervisor) == (LADDER.emergency, LADDER.supervisor)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("crisis_team = [0, 20, 10]", 2),
        ("crisis_team = [0, 10]", 2),
        ('crisis_team = "soon"', 2),
        ("again_minutes = 0", 2),
        ("when_words_say = [0, 0, 0]", 2),
        ("crisis_team = [", 0),
    ],
)
def test_what_cannot_be_right_stops_the_start_with_its_line(tmp_path: Path, line: str, place: int) -> None:
    file = tmp_path / "ladder.toml"
    file.write_text(f"# ours\n{line}\n")
    with pytest.raises(BadFile) as bad:
        ladder_file.read(file)
    (fault,) = bad.value.faults
    assert (fault.file, place in (0, fault.line)) == ("ladder.toml", True)
