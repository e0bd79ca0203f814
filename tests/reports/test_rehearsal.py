"""The report of a rehearsal says nothing that is only true of the true arms, or of no data at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handrail.analysis.findings import REHEARSAL, AnalysisResult
from handrail.analysis.populations import scrambled_arms
from handrail.analysis.tables import read
from handrail.analysis.trial import Arms, analyse
from handrail.reports import outcomes
from tests.analysis import synthetic


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> AnalysisResult:
    locked = read(synthetic.write(tmp_path_factory.mktemp("rehearsed") / "lock", synthetic.rows()))
    dealt = scrambled_arms(locked.tables["entries"], synthetic.protocol().arms, 11)
    return analyse(locked, Arms(dealt, source="dealt", seed=11), synthetic.protocol())


@pytest.fixture(scope="module")
def plain(rehearsed: AnalysisResult, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return outcomes.make(rehearsed, synthetic.protocol(), tmp_path_factory.mktemp("report")).as_plain()


def texts(plain: dict[str, Any], section: str) -> str:
    (found,) = (each for each in plain["sections"] if each["code"] == section)
    return " ".join(block["text"] for block in found["blocks"] if "text" in block)


def test_what_follows_from_the_arm_is_said_not_to_be_shown(plain: dict[str, Any]) -> None:
    assert "not shown in a rehearsal" in texts(plain, "delivery")
    assert "Relatedness of the events: not shown in a rehearsal" in texts(plain, "harms")
    assert "hold no such records" not in str(plain)
    assert "not known" not in str([s for s in plain["sections"] if s["code"] == "delivery"])


def test_nobody_is_said_to_have_been_randomised_as_they_were_dealt(plain: dict[str, Any]) -> None:
    summary = texts(plain, "summary")
    assert "For this rehearsal they were dealt again, at random" in summary
    assert not re.search(r"were randomised: \d+ to", summary)
    assert "In this rehearsal, on arms dealt at random: " in texts(plain, "primary")


def test_every_table_and_drawing_of_the_results_says_so_in_its_title(plain: dict[str, Any]) -> None:
    results = [s for s in plain["sections"] if s["title"].startswith("Results")]
    titles = [b["title"] for s in results for b in s["blocks"] if b["kind"] in {"table", "figure"}]
    assert len(titles) > 15
    assert [title for title in titles if title.count(REHEARSAL) != 1] == []
    assert ("Arms", "dealt at random for a rehearsal, from seed 11") in plain["colophon"]


def test_the_flow_says_that_what_was_received_is_not_shown(plain: dict[str, Any]) -> None:
    rows = [
        b["rows"] for s in plain["sections"] for b in s["blocks"] if b.get("code") == "flow" and "rows" in b
    ]
    (received,) = (row for row in rows[0] if row[0] == "What was received")
    assert received[1:] == ("", "not shown in a rehearsal", "not shown in a rehearsal")
