"""The methods sections claim no more than the protocol says."""

from __future__ import annotations

from dataclasses import replace

from handrail.domain.protocol import DerivedRule, Protocol
from handrail.reports import methods


def told(protocol: Protocol) -> str:
    """All the methods sections, as text."""
    return str(methods.sections(protocol))


def test_a_rule_that_only_warns_is_not_told_as_a_bar(protocol: Protocol) -> None:
    strict = replace(protocol, eligibility=replace(protocol.eligibility, date_rules=DerivedRule.REFUSE))
    assert "the person could still enter" in told(protocol)
    assert "the person could still enter" not in told(strict)


def test_the_protocols_dates_of_recruitment_are_told_as_a_plan(protocol: Protocol) -> None:
    assert "Recruitment was planned from 12 March 2014 to 3 July 2015" in told(protocol)
