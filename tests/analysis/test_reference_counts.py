"""Acceptance cases 1 to 3: 64 of 218 against 83 of 216, with the values that R and Python gave."""

from __future__ import annotations

import pytest

from handrail.analysis import barnard, counts, exact
from handrail.analysis.findings import Finding, Frame
from handrail.analysis.proportions import TwoByTwo

FRAME = Frame("readmitted", "everybody", "365 days", "the other arm", 0.95)
CORE = TwoByTwo(64, 218, 83, 216)
IDS = [
    *("or_wald", "or_lr", "or_profile", "fisher", "mid_p", "yates", "barnard"),
    *("rd_wald", "rd_newcombe", "rr_log_wald"),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    return {finding.id: finding for finding in counts.findings(CORE, FRAME)}


def test_every_id_of_the_form_is_there_once_and_no_other(found: dict[str, Finding]) -> None:
    assert list(found) == IDS


@pytest.mark.parametrize(
    ("finding_id", "key", "expected", "tolerance"),
    [
        ("or_wald", "estimate", 0.6659364732, 1e-6),
        ("or_wald", "se", 0.2041701616, 1e-6),
        ("or_wald", "lower", 0.4463163097, 1e-6),
        ("or_wald", "upper", 0.9936257687, 1e-6),
        ("or_wald", "p", 0.0464495537, 1e-6),
        ("or_lr", "p", 0.0457328070, 1e-6),
        ("or_profile", "lower", 0.445338, 1e-6),
        ("or_profile", "upper", 0.992336, 1e-6),
        ("fisher", "estimate", 0.66656, 5e-6),
        ("fisher", "p", 0.0539137452, 1e-6),
        ("fisher", "lower", 0.4371712, 1e-6),
        ("fisher", "upper", 1.0131050, 1e-6),
        ("mid_p", "p", 0.0469103877, 1e-6),
        ("mid_p", "lower", 0.44560, 1e-5),
        ("mid_p", "upper", 0.99449, 1e-5),
        ("yates", "p", 0.0581748031, 1e-6),
        ("barnard", "p", 0.0466658, 1e-4),
        ("rd_wald", "estimate", -0.0906812776, 1e-6),
        ("rd_wald", "se", 0.0452406820, 1e-6),
        ("rd_newcombe", "lower", -0.1778039, 1e-6),
        ("rd_newcombe", "upper", -0.0016404, 1e-6),
        ("rr_log_wald", "estimate", 0.7640101691, 1e-6),
        ("rr_log_wald", "se", 0.1358543599, 1e-6),
    ],
)
def test_the_published_counts_give_the_reference_value(
    found: dict[str, Finding], finding_id: str, key: str, expected: float, tolerance: float
) -> None:
    assert getattr(found[finding_id], key) == pytest.approx(expected, abs=tolerance)


def test_the_standard_error_says_which_scale_it_is_on(found: dict[str, Finding]) -> None:
    scales = {found[i].se_scale for i in ("or_wald", "rd_wald", "rr_log_wald")}
    assert scales == {"log odds ratio", "risk difference", "log risk ratio"}


def test_every_finding_carries_its_people_and_events(found: dict[str, Finding]) -> None:
    assert {(finding.n, finding.events) for finding in found.values()} == {(434, 147)}


def test_fishers_note_gives_the_limits_that_exact_fractions_give(found: dict[str, Finding]) -> None:
    # Each tail at these limits is 0.025 to seven digits in exact rational arithmetic.
    assert "0.4371941 to 1.0131070" in found["fisher"].note


def test_barnards_note_gives_the_p_with_the_arms_sizes_fixed(found: dict[str, Finding]) -> None:
    # scipy 1.17.1, barnard_exact([[64, 83], [154, 133]]): its columns are the groups of fixed size.
    assert "p = 0.0489357" in found["barnard"].note


def test_barnards_p_with_the_arms_fixed_is_what_scipy_gives() -> None:
    assert barnard.barnard(64, 218, 83, 216)[1] == pytest.approx(0.0489357169, abs=1e-9)


def test_fishers_test_agrees_with_the_tea_tasting_that_r_documents() -> None:
    # R, example(fisher.test), TeaTasting, two-sided. R's own estimate stops 1e-5 short of the full one.
    answer = exact.fisher(3, 4, 1, 4, level=0.95)
    assert answer.p == pytest.approx(0.4857, abs=5e-5)
    assert answer.estimate == pytest.approx(6.408309, abs=2e-5)
    assert answer.lower == pytest.approx(0.2117329, abs=1e-7)
    assert answer.upper == pytest.approx(621.9337505, abs=1e-6)
