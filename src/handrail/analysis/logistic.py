"""Logistic regression of one event on the arm, with an intercept for each stratum.

The people are first counted into cells (stratum by arm), which loses nothing and makes the fit the same
whatever the order of the rows. statsmodels fits the model from an explicit design matrix; the profile
likelihood of the arm's coefficient is our own, from ``proportions``. Sources: McCullagh and Nelder 1989;
Albert and Anderson 1984 for when there is no finite estimate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from handrail.analysis.distributions import chi_squared_p, quantile
from handrail.analysis.proportions import TwoByTwo, log_likelihood
from handrail.analysis.roots import root
from handrail.domain.refusal import Reason, Reasons, insist, only
from handrail.domain.words import Because

Floats = NDArray[np.float64]

TOLERANCE = 1e-14
MOST_STEPS = 200
WIDEST_LOG_ODDS = 40.0


@dataclass(frozen=True)
class Stratum:
    """One stratum's two-by-two table."""

    name: str
    table: TwoByTwo

    @property
    def people(self) -> int:
        """Everybody in the stratum."""
        return self.table.people + self.table.reference_people

    @property
    def is_informative(self) -> bool:
        """Whether some had the event and some did not; without both, a stratum says nothing of the arm."""
        return 0 < self.table.events + self.table.reference_events < self.people


@dataclass(frozen=True)
class Fit:
    """The fitted model. ``coefficients``: the arm's log odds ratio, then each informative intercept."""

    strata: tuple[Stratum, ...]
    coefficients: Floats
    covariance: Floats

    @property
    def log_odds_ratio(self) -> float:
        """The arm's coefficient."""
        return float(self.coefficients[0])

    @property
    def se(self) -> float:
        """Its standard error, from the expected information."""
        return math.sqrt(float(self.covariance[0, 0]))

    @property
    def silent(self) -> tuple[str, ...]:
        """The strata that say nothing: everybody, or nobody, had the event."""
        return tuple(stratum.name for stratum in self.strata if not stratum.is_informative)


def strata_of(rows: Iterable[tuple[str, bool, bool]]) -> tuple[Stratum, ...]:
    """Count people into strata. Each row: the stratum, whether in the arm described, whether the event."""
    cells: dict[str, list[int]] = {}
    for name, is_in_arm, has_event in rows:
        cell = cells.setdefault(name, [0, 0, 0, 0])
        cell[0 if is_in_arm else 2] += has_event
        cell[1 if is_in_arm else 3] += 1
    return tuple(Stratum(name, TwoByTwo(*cells[name])) for name in sorted(cells))


def why_not_fit(strata: tuple[Stratum, ...]) -> Reasons:
    """Why the arm's odds ratio has no finite estimate: an arm is empty, or the outcome is separated.

    It is finite if and only if some stratum speaks against the arm and some stratum speaks for it.
    """
    arms = [sum(s.table.people for s in strata), sum(s.table.reference_people for s in strata)]
    if 0 in arms:
        return (Reason(Because.ARM_EMPTY, "one of the arms"),)
    cells = [stratum.table.cells for stratum in strata]
    for_it, against_it = sum(a * d for a, _, _, d in cells), sum(b * c for _, b, c, _ in cells)
    return only((for_it == 0 or against_it == 0, Because.SEPARATED))


def fit(strata: tuple[Stratum, ...]) -> Fit:
    """Fit the model.

    Raises:
        Refused: when the arm's odds ratio has no finite estimate.
    """
    insist(why_not_fit(strata))
    outcomes, design, people = _cells([stratum for stratum in strata if stratum.is_informative])
    model = GLM(outcomes, design, family=Binomial(), freq_weights=people)
    fitted = model.fit(maxiter=MOST_STEPS, tol=TOLERANCE)
    return Fit(strata, np.asarray(fitted.params), np.asarray(fitted.cov_params()))


def _cells(strata: list[Stratum]) -> tuple[Floats, Floats, Floats]:
    """People alike in stratum, arm and outcome: the outcome, the design row (arm, strata), how many."""
    outcomes, design, people = [], [], []
    for i, stratum in enumerate(strata):
        intercepts = [float(j == i) for j in range(len(strata))]
        for count, is_in_arm, outcome in zip(stratum.table.cells, (1, 1, 0, 0), (1, 0, 1, 0), strict=True):
            if count:
                outcomes.append(float(outcome))
                design.append([float(is_in_arm), *intercepts])
                people.append(float(count))
    return np.array(outcomes), np.array(design), np.array(people)


def likelihood_ratio_p(fitted: Fit) -> float:
    """The p value of the arm's coefficient by the likelihood ratio."""
    return chi_squared_p(2 * (_profile(fitted, fitted.log_odds_ratio) - _profile(fitted, 0.0)))


def profile_limits(fitted: Fit, level: float) -> tuple[float, float]:
    """Profile-likelihood limits of the odds ratio."""
    reach, estimate = quantile(level) ** 2, fitted.log_odds_ratio
    best = _profile(fitted, estimate)

    def gap(log_odds: float) -> float:
        return 2 * (best - _profile(fitted, log_odds)) - reach

    lower = root(gap, estimate - WIDEST_LOG_ODDS, estimate)
    return math.exp(lower), math.exp(root(gap, estimate, estimate + WIDEST_LOG_ODDS))


def _profile(fitted: Fit, log_odds: float) -> float:
    """The greatest log likelihood at this log odds ratio: each stratum's intercept is solved apart."""
    return math.fsum(log_likelihood(s.table, log_odds) for s in fitted.strata if s.is_informative)
