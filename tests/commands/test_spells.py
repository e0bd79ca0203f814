"""``handrail spells``: a spells file checked on its own, for the site to take in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from handrail.commands.console import main
from handrail.exchange.acutecare import read
from tests.analysis.acutecare_files import SPELLS, written


def test_what_is_accepted_is_written_and_counted(tmp_path: Path, capsys) -> None:
    spells, out = written(tmp_path, "spells.csv", SPELLS + "P1,spa,RX1,2024-03-01,\n"), tmp_path / "out.jsonl"
    assert main(["spells", str(spells), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "2 of 3 rows accepted; unknown_service 1, ends_before_start 0" in said
    assert "Complete to 2024-04-01" in said
    assert [row.line for row in read(out).accepted] == [2, 3]


def test_counts_come_as_json_and_the_file_may_be_called_something_else(tmp_path: Path, capsys) -> None:
    spells, out = written(tmp_path, "spells.csv", SPELLS), tmp_path / "out.jsonl"
    words = ["--out", str(out), "--json", "--covers-until", "2024-03-31", "--name", "March.csv"]
    assert main(["spells", str(spells), *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["covers_until"], found["rows"], found["accepted"]) == ("2024-03-31", 2, 1)
    assert found["refused"]["starts_in_future"] == 1
    assert (read(out).name, read(out).covers_until) == ("March.csv", date(2024, 3, 31))


def test_a_malformed_file_is_refused_with_every_fault_and_nothing_is_written(tmp_path: Path, capsys) -> None:
    spells = written(tmp_path, "spells.csv", SPELLS.replace("2024-", "24-"))
    out = tmp_path / "out.jsonl"
    assert main(["spells", str(spells), "--out", str(out)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert main(["spells", str(spells), "--out", str(out), "--json", "--name", "March.csv"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(fault["file"], fault["line"], fault["column"]) for fault in faults] == [
        ("March.csv", 2, "start"),
        ("March.csv", 2, "end"),
        ("March.csv", 3, "start"),
    ]
    assert list(tmp_path.iterdir()) == [spells]
