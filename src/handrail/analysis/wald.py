"""Findings from an estimate and its standard error, with the normal interval and p value (Wald)."""

from __future__ import annotations

import math
from typing import Any

from handrail.analysis.distributions import quantile, two_sided
from handrail.analysis.findings import Finding, Frame


def ratio(
    frame: Frame, finding_id: str, title: str, method: str, scale: str, log: float, se: float, **more: Any
) -> Finding:
    """A ratio whose logarithm is ``log`` with standard error ``se``; limits are made on the log scale."""
    reach = quantile(frame.level) * se
    numbers = {
        "estimate": math.exp(log),
        "se": se,
        "se_scale": f"log {scale}",
        "lower": math.exp(log - reach),
        "upper": math.exp(log + reach),
        "p": two_sided(log / se),
    }
    return frame.finding(finding_id, title, method, scale, **(numbers | more))


def difference(
    frame: Frame, finding_id: str, title: str, method: str, scale: str, value: float, se: float, **more: Any
) -> Finding:
    """A difference with its standard error; limits are made on its own scale."""
    reach = quantile(frame.level) * se
    numbers = {
        "estimate": value,
        "se": se,
        "se_scale": scale,
        "lower": value - reach,
        "upper": value + reach,
        "p": two_sided(value / se),
    }
    return frame.finding(finding_id, title, method, scale, **(numbers | more))
