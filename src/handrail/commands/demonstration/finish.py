"""The end of a demonstration: the lock, then analysis and report by the same code as their verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handrail.commands import report
from handrail.commands.demonstration.arrangement import Plan
from handrail.commands.demonstration.play import Played
from handrail.commands.installation import write_closed
from handrail.domain.protocol import Protocol
from handrail.domain.words import Role
from handrail.exchange import files
from handrail.exchange.sealed_file import Identity
from handrail.journey import lock, measure

SYNTHETIC = "synthetic"
AGENT = "demonstration"
KEY_NOTE = (
    "# SYNTHETIC. The statistician's key to the arm file of a demonstration. The arms of a real trial have\n"
    "# a key that only the statistician holds, and that never lies beside the lock.\n"
)


@dataclass(frozen=True)
class Ending:
    """Where the lock and the report are."""

    lock: Path
    report: Path


def label(plan: Plan) -> str:
    """What the lock says of its people, wherever its numbers are shown."""
    if plan.is_arranged:
        return SYNTHETIC
    return (
        "SYNTHETIC PEOPLE: nobody here is real. Their lives were drawn by chance, with an odds ratio of "
        f"{plan.odds_ratio:g} for readmission within the year, so the results show what chance made of that."
    )


def name_of(plan: Plan) -> str:
    """What the lock and its report are called."""
    size = "" if plan.is_arranged else f"-people-{plan.people}-effect-{plan.odds_ratio:g}"
    return f"demonstration-seed-{plan.seed}{size}"


def freeze(
    played: Played, home: Path, *, under: Protocol, protocol_file: Path, statistician: Identity
) -> Path:
    """Lock the data, and put the statistician's key beside the lock, labelled synthetic."""
    plan = played.arrangement.plan
    folder = lock.freeze(
        home / "locks" / name_of(plan),
        under=under,
        protocol_file=protocol_file,
        recipient=statistician.recipient,
        label=label(plan),
        by=played.cast.one(Role.STATISTICIAN),
        at=played.lock_at,
    )
    measure.publish(under=under, agent=AGENT, at=played.lock_at)
    key = folder.with_name(f"{folder.name}.statistician-key.SYNTHETIC.txt")
    write_closed(key, f"{KEY_NOTE}{statistician.secret}\n".encode())
    return folder


def tell(folder: Path, home: Path, *, say: Callable[[str], None]) -> Ending:
    """Open the arms, analyse, and write the report with its findings."""
    page = report.make(folder, home / "reports" / folder.name, arms=files.arm_file_of(folder), say=say)
    return Ending(folder, page)
