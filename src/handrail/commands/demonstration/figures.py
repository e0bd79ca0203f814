"""The figures that the arranged demonstration reproduces, as the paper printed them.

Johnson and others, Lancet 2018;392:409-418, and the sources named in ``docs/decisions/0040``. Arms are
told apart by what they offer: the arm with peer sessions, and the reference arm.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ArmFigures:
    """One arm's figures: people, events and days."""

    entered: int
    known: int
    readmitted: int
    mean_day: int  # to first readmission, among those readmitted
    serious_events: int
    deaths: int


@dataclass(frozen=True)
class Figures:
    """The whole trial's figures. Ranges are (lowest, highest), both included."""

    supported: ArmFigures
    reference: ArmFigures
    log_odds_ratio: tuple[float, float]
    z: tuple[float, float]  # of the adjusted odds ratio: |log odds ratio| / standard error
    hazard_ratio: tuple[float, float]
    attendance_known: int
    adherent: int
    all_meetings: int


CORE = Figures(
    supported=ArmFigures(entered=221, known=218, readmitted=64, mean_day=112, serious_events=29, deaths=0),
    reference=ArmFigures(entered=220, known=216, readmitted=83, mean_day=86, serious_events=42, deaths=2),
    # Printed 0.66 (0.43 to 0.99), p = 0.0438: these ranges print so, and the interval's ends with them.
    log_odds_ratio=(-0.42307, -0.42215),
    z=(2.0156, 2.0164),
    hazard_ratio=(0.7075, 0.7125),
    attendance_known=198,
    adherent=160,
    all_meetings=65,
)
PUBLISHED_ODDS_RATIO = 0.66
PUBLISHED_ENTRANTS = 441
REFERENCE_RISK = 83 / 216
UNKNOWN_SHARE = 7 / 441
DEATH_SHARE = 2 / 441
TEAM_SD = 0.4  # of the teams' log odds, which explains most of the published adjusted ratio
EARLY_SHAPE = 0.4  # Weibull shape of the time to readmission: the risk is highest at first
