"""The methods sections claim no more than the protocol says."""

from __future__ import annotations

from dataclasses import replace

from handrail.domain.protocol import DerivedRule, Protocol
from handrail.reports import methods
from handrail.reports.document import Grid


def told(protocol: Protocol) -> str:
    """All the methods sections, as text."""
    return str(methods.sections(protocol))


def test_a_rule_that_only_warns_is_not_told_as_a_bar(protocol: Protocol) -> None:
    strict = replace(protocol, eligibility=replace(protocol.eligibility, date_rules=DerivedRule.REFUSE))
    assert "the person could still enter" in told(protocol)
    assert "the person could still enter" not in told(strict)


def test_each_questionnaire_is_told_with_its_range_its_direction_and_whether_it_is_confirmed(
    protocol: Protocol,
) -> None:
    (table,) = (
        block
        for section in methods.sections(protocol)
        for block in section.blocks
        if isinstance(block, Grid) and block.code == "instruments"
    )
    rows = {row[0].split(",")[0]: row[1:] for row in table.rows[:5]}
    assert rows["UCLA Loneliness Scale"] == ("8, each 1 to 4", "8 to 32", "worse", "not yet", "between arms")
    assert rows["EQ-5D-3L"] == ("5, each 1 to 3", "5 to 15", "worse", "yes", "described only")


def test_a_direction_that_the_protocol_does_not_state_is_not_made_up(protocol: Protocol) -> None:
    silent = tuple(replace(one, higher_is=None) for one in protocol.schedule.instruments)
    older = replace(protocol, schedule=replace(protocol.schedule, instruments=silent))
    assert "'not stated'" in told(older)
    assert "'not stated'" not in told(protocol)


def test_the_protocols_dates_of_recruitment_are_told_as_a_plan(protocol: Protocol) -> None:
    assert "Recruitment was planned from 12 March 2014 to 3 July 2015" in told(protocol)


def test_a_gap_of_its_own_after_the_index_episode_is_told(protocol: Protocol) -> None:
    wider = replace(protocol, outcome=replace(protocol.outcome, index_gap_days=14))
    assert "A spell that starts at most 14 days after it ends is part of it. The day" in told(wider)
    assert "after it ends" not in told(protocol)
