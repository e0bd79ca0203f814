"""Where a person is on the journey, in stages that are the same for everybody."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.progress import JourneyFacts, Stage, follow_up_ends_on, interviews_ahead, stage
from handrail.domain.protocol import Protocol
from handrail.domain.words import Exit

ON = date(2014, 6, 2)
ENTERED = date(2013, 12, 2)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (JourneyFacts(), Stage.REFERRED),
        (JourneyFacts(is_eligible=False), Stage.NOT_ELIGIBLE),
        (JourneyFacts(is_eligible=True), Stage.ELIGIBLE),
        (JourneyFacts(is_eligible=True, is_consented=True), Stage.CONSENTED),
        (JourneyFacts(is_eligible=True, is_consented=True, is_baseline_done=True), Stage.READY),
        (JourneyFacts(is_eligible=False, exit=Exit.INELIGIBLE), Stage.LEFT),
        (JourneyFacts(is_eligible=True, is_consented=True, exit=Exit.LOST_CAPACITY), Stage.LEFT),
        (JourneyFacts(entered_on=ENTERED), Stage.FOLLOWED),
        (JourneyFacts(entered_on=date(2012, 12, 2)), Stage.FOLLOWED),  # 18 months to the day
        (JourneyFacts(entered_on=date(2012, 12, 1)), Stage.FINISHED),
        (JourneyFacts(entered_on=ENTERED, died_on=ON), Stage.DIED),
        (JourneyFacts(entered_on=ENTERED, died_on=date(2014, 6, 3)), Stage.FOLLOWED),
    ],
)
def test_the_stage_is_the_furthest_reached(core: Protocol, facts: JourneyFacts, expected: Stage) -> None:
    assert stage(facts, under=core.schedule, on=ON) is expected


def test_follow_up_ends_at_the_last_point(core: Protocol) -> None:
    assert follow_up_ends_on(ENTERED, under=core.schedule) == date(2015, 6, 2)


def test_the_interviews_ahead_are_those_after_today(core: Protocol) -> None:
    assert interviews_ahead(ENTERED, under=core.schedule, on=ON) == (("18 months", date(2015, 6, 2)),)
