"""A cut-off after today is warned of, and one in the past is not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handrail.commands import starting
from handrail.commands.console import main
from tests.analysis.acutecare_files import COHORT, SPELLS, written

TYPO = SPELLS + "P1,ward,RX1,2099-02-09,\n"


@pytest.fixture(autouse=True)
def in_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "now", lambda: datetime(2025, 6, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize("verb", ["readmissions", "spells"])
@pytest.mark.parametrize(("spells", "is_ahead"), [(SPELLS, False), (TYPO, True)], ids=["past", "2099"])
def test_a_latest_date_after_today_is_warned_of_on_standard_error(
    verb: str, spells: str, is_ahead: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, out = written(tmp_path, "spells.csv", spells), str(tmp_path / "out.csv")
    words = [str(place)]
    if verb == "readmissions":
        words = ["--spells", str(place), "--cohort", str(written(tmp_path, "cohort.csv", COHORT))]
    assert main([verb, *words, "--out", out]) == 0
    warned = "spells.csv: the cut-off is 2099-02-09, which is after today, 2025-06-01"
    shown = capsys.readouterr()
    assert (warned in shown.err) == is_ahead, shown.err
    assert bool(shown.err) == is_ahead
    assert "warning" not in shown.out
