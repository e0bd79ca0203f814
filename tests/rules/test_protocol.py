"""The protocol's own look-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.domain.protocol import Protocol
from handrail.exchange import protocol_file
from tests.exchange.protocols import CORE


@pytest.fixture(scope="module")
def core() -> Protocol:
    return protocol_file.load(CORE)


def test_the_reference_arm_is_the_one_that_others_are_compared_with(core: Protocol) -> None:
    assert core.reference_arm.is_reference
    assert [arm for arm in core.arms if arm.is_reference] == [core.reference_arm]


def test_a_questionnaire_has_a_range_of_totals_and_a_short_title(core: Protocol) -> None:
    shown = {one.code: (one.short_title, one.total_range) for one in core.schedule.instruments}
    assert shown["csq_8"] == ("CSQ-8", (8, 32))
    assert shown["eq_vas"] == ("EQ-5D-3L, the scale from 0 to 100", (0, 100))


def test_an_arm_a_team_a_point_and_an_instrument_are_found_by_their_codes(core: Protocol) -> None:
    assert [core.arm(arm.code) for arm in core.arms] == list(core.arms)
    assert [core.team(team.code) for team in core.programme.teams] == list(core.programme.teams)
    assert [core.schedule.point(point.code) for point in core.schedule.points] == list(core.schedule.points)
    codes = [instrument.code for instrument in core.schedule.instruments]
    assert [core.schedule.instrument(code).code for code in codes] == codes


def test_a_code_that_does_not_exist_is_an_error(core: Protocol) -> None:
    for look_up in (core.arm, core.team, core.schedule.point, core.schedule.instrument):
        with pytest.raises(KeyError):
            look_up("nothing")


def test_the_consent_form_in_force_is_the_latest_that_has_begun(core: Protocol) -> None:
    first = core.consent_forms[0]
    second = replace(first, version="2", valid_from=first.valid_from + timedelta(days=100))
    both = replace(core, consent_forms=(first, second))

    assert both.consent_form(first.valid_from - timedelta(days=1)) is None
    assert both.consent_form(first.valid_from) == first
    assert both.consent_form(second.valid_from - timedelta(days=1)) == first
    assert both.consent_form(date(2030, 1, 1)) == second
