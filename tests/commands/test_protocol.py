"""`handrail protocol check` and `handrail protocol show`, as somebody types them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from handrail.commands import console
from handrail.exchange import protocol_file, protocol_text
from tests.exchange.protocols import CORE, spoil


def test_a_sound_protocol_has_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    status = console.main(["protocol", "check", str(CORE)])

    assert (status, capsys.readouterr().out) == (0, "core.toml: no faults\n")


def test_a_spoilt_protocol_stops_with_every_fault_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line = spoil(CORE.read_text(), "horizon_days = 365 ", 'horizon_days = "a year" ')
    text, _ = spoil(text, "minimum_age = 18 ", "minimum_age = 1800 ")
    path = tmp_path / "core.toml"
    path.write_text(text)

    status = console.main(["protocol", "check", str(path)])

    printed = capsys.readouterr()
    sentence = f'core.toml line {line}: outcome.horizon_days must be a whole number of days; found "a year"'
    assert (status, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 2
    assert printed.err.splitlines()[1].startswith(sentence)


def test_a_protocol_is_shown_as_a_person_would_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    status = console.main(["protocol", "show", str(CORE)])

    shown = " ".join(capsys.readouterr().out.split())
    protocol = protocol_file.load(CORE)
    assert status == 0
    for expected in (
        protocol.programme.title,
        "Recruits from 12 March 2014 to 3 July 2015",
        "up to 10, of 60 minutes, within 4 months",
        "Workbook: by post, within 5 working days; not online.",
        "Days 1 to 365 count.",
        "sponsor of a serious event: 1 working day.",
        "0.66 (0.43 to 0.99), p = 0.0438",
        *[statement.text for statement in protocol.consent_forms[0].statements],
        *[criterion.question for criterion in protocol.eligibility.criteria],
        *protocol.analysis.limits,
    ):
        assert expected in shown


def test_what_a_protocol_leaves_out_is_said_too() -> None:
    protocol = protocol_file.load(CORE)
    bare = replace(protocol.arms[0], peer_sessions=None, workbook=None)

    shown = protocol_text.as_text(replace(protocol, arms=(bare, protocol.arms[1]), published=()))

    assert "No meetings with a peer support worker." in shown
    assert "No workbook." in shown
    assert shown.count("  - ") > 0 and "None." in shown


def test_a_gap_of_its_own_after_the_index_episode_is_said() -> None:
    protocol = protocol_file.load(CORE)
    wider = replace(protocol, outcome=replace(protocol.outcome, index_gap_days=14))
    said = "starts at most 14 days after that episode ends is part of it."

    shown, plain = (" ".join(protocol_text.as_text(each).split()) for each in (wider, protocol))

    assert said in shown
    assert said not in plain


def test_checking_a_protocol_loads_neither_django_nor_numpy() -> None:
    code = (
        "import sys; from handrail.commands.console import main; "
        f"main(['protocol', 'check', {str(CORE)!r}]); "
        "sys.exit(any(name in sys.modules for name in ('django', 'numpy', 'pydantic')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
