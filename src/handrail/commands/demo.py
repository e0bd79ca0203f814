"""``handrail demo``: plays a trial of synthetic people through the product's own actions, to the report.

Nothing counts until the end: the demonstration is played in a folder of its own, which takes the home's
place in one step. Interrupted before that, the home is as it was.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.commands.words_given import Unusable, Value, whole_number
from handrail.domain.refusal import Reason, Refused
from handrail.domain.words import Because

if TYPE_CHECKING:
    from handrail.commands.demonstration.arrangement import Plan

PUBLISHED_PEOPLE = 441
FEWEST_PEOPLE = 12
DEFAULT_SEED = 441
OURS = ("HANDRAIL_MASTER_KEY_FILE", "HANDRAIL_ANCHORS", "HANDRAIL_BACKUPS")  # of a real installation
SERVER = "HANDRAIL_DATABASE_URL"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "--seed",
        action=Value,
        reads=whole_number,
        default=DEFAULT_SEED,
        help="the same seed gives the same findings and report",
    )
    parser.add_argument(
        "--people",
        action=Value,
        reads=_people,
        default=PUBLISHED_PEOPLE,
        help=f"how many enter; {PUBLISHED_PEOPLE} without --effect are arranged to print the paper's figures",
    )
    parser.add_argument(
        "--effect",
        action=Value,
        reads=_effect,
        help="draw lives by chance instead: the odds ratio of readmission within the year, in the arm with "
        "peer sessions against the reference arm; 1 is no effect",
    )
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="the folder to make; otherwise HANDRAIL_HOME"
    )
    parser.add_argument(
        "--if-empty", action="store_true", help="play only where there is nothing yet; else say what is there"
    )


def _people(text: str) -> int:
    count = whole_number(text)
    if count < FEWEST_PEOPLE:
        problem = f"{count} is too few for two arms at each team"
        raise Unusable(problem, f"Write at least {FEWEST_PEOPLE} people")
    return count


def _effect(text: str) -> float:
    try:
        ratio = float(text)
    except ValueError:
        ratio = 0.0
    if not 0 < ratio < 100:
        mend = "Write a number above 0 and below 100: 1 is no effect, 0.66 the published one"
        raise Unusable(f"{text!r} is not an odds ratio", mend)
    return ratio


def run(arguments: argparse.Namespace) -> int:
    """Play, and say what came out.

    Raises:
        Refused: when the home may hold real people, or another demonstration is being played for it.
    """
    from handrail.commands.demonstration import home as homes
    from handrail.commands.demonstration import summary

    home = _home(arguments)
    if arguments.if_empty and homes.state_of(home) in (homes.State.SYNTHETIC, homes.State.REAL):
        print(summary.read(home) or f"{home} is a real installation: no demonstration was played.")
        return 0
    if os.environ.get(SERVER):
        raise Refused((Reason(Because.DATABASE_ELSEWHERE, SERVER),))
    from handrail.commands.demonstration.arrangement import Plan

    with homes.staged(home) as stage:
        _play(Plan(arguments.seed, arguments.people, arguments.effect), stage)
    print(summary.read(home))
    return 0


def _home(arguments: argparse.Namespace) -> Path:
    from handrail.exchange.environment import Environment

    if arguments.home is not None:
        return Path(arguments.home).absolute()
    checkout = Path(__file__).resolve().parents[3]
    return Environment(os.environ).folder("HANDRAIL_HOME", checkout / "var").absolute()


def _play(plan: Plan, stage: Path) -> None:
    """Play into this folder, as the installation that it will be."""
    for name in OURS:
        os.environ.pop(name, None)
    os.environ["HANDRAIL_HOME"] = str(stage)
    from handrail.commands.starting import start_django

    start_django()
    from handrail.commands.demonstration.whole import play_whole

    play_whole(plan, stage)
