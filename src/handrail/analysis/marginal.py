"""Risks standardised over the strata: the risk difference and ratio that an adjusted model implies.

Everybody is given each arm in turn, and the model's risks are averaged (g-computation). Standard errors are
from influence functions, so they allow for the strata being a sample too. Without strata they are exactly
those of the two proportions. Sources: Robins 1986; Stefanski and Boos 2002 (M-estimation).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.analysis.logistic import Fit

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Marginal:
    """Standardised risks, their difference, and the log of their ratio, with standard errors."""

    risk: float
    reference_risk: float
    difference: float
    difference_se: float
    log_ratio: float
    log_ratio_se: float


@dataclass(frozen=True)
class _Cell:
    """People alike in stratum, arm and outcome: how many, and their part in each standardised risk."""

    people: int
    influence: Floats


def standardise(fitted: Fit) -> Marginal:
    """The standardised risks of the fitted model. A silent stratum keeps its risk of 0 or 1 in both arms."""
    risks = _risks(fitted)
    people = np.array([stratum.people for stratum in fitted.strata], dtype=float)
    mean = (people @ risks) / people.sum()
    influences = _influences(fitted, risks, mean)
    weights = np.array([cell.people for cell in influences], dtype=float)
    influence = np.array([cell.influence for cell in influences])
    by_difference = influence[:, 0] - influence[:, 1]
    by_ratio = influence[:, 0] / mean[0] - influence[:, 1] / mean[1]
    return Marginal(
        risk=float(mean[0]),
        reference_risk=float(mean[1]),
        difference=float(mean[0] - mean[1]),
        difference_se=_se(weights, by_difference),
        log_ratio=math.log(mean[0] / mean[1]),
        log_ratio_se=_se(weights, by_ratio),
    )


def _se(weights: Floats, influence: Floats) -> float:
    return math.sqrt(math.fsum(weights * influence**2)) / float(weights.sum())


def _risks(fitted: Fit) -> Floats:
    """Each stratum's risk in the arm described and in the reference arm."""
    intercepts = iter(fitted.coefficients[1:])
    risks = []
    for stratum in fitted.strata:
        if stratum.is_informative:
            intercept = float(next(intercepts))
            risks.append([_logistic(intercept + fitted.log_odds_ratio), _logistic(intercept)])
        else:
            everybody = float(stratum.table.events + stratum.table.reference_events > 0)
            risks.append([everybody, everybody])
    return np.array(risks)


def _influences(fitted: Fit, risks: Floats, mean: Floats) -> list[_Cell]:
    """Each kind of person's influence on the two standardised risks."""
    total = sum(stratum.people for stratum in fitted.strata)
    slopes = _slopes(fitted, risks) / total
    unit = fitted.covariance * total  # the inverse of the mean information
    cells, informative = [], 0
    for stratum, own in zip(fitted.strata, risks, strict=True):
        for count, arm, outcome in zip(stratum.table.cells, (0, 0, 1, 1), (1, 0, 1, 0), strict=True):
            score = np.zeros(len(fitted.coefficients))
            if stratum.is_informative:
                score[[0, 1 + informative]] = np.array([1.0 - arm, 1.0]) * (outcome - own[arm])
            cells.append(_Cell(count, own - mean + slopes @ unit @ score))
        informative += stratum.is_informative
    return cells


def _slopes(fitted: Fit, risks: Floats) -> Floats:
    """How the sum of everybody's risks, in each arm, moves with each coefficient."""
    slopes = np.zeros((2, len(fitted.coefficients)))
    informative = 0
    for stratum, own in zip(fitted.strata, risks, strict=True):
        if stratum.is_informative:
            by_arm = stratum.people * own * (1 - own)
            slopes[0, 0] += by_arm[0]
            slopes[:, 1 + informative] = by_arm
            informative += 1
    return slopes


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
