"""The picture of the journey: each act is tried at each stage; ``domain.progress`` says where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from handrail.domain.progress import JourneyFacts, Stage, follow_up_ends_on, stage
from handrail.domain.protocol import Schedule
from handrail.domain.words import Exit
from handrail.exchange import protocol_file

PLACE = "docs/reference/journey.md"
PROTOCOL = "src/handrail/protocols/core.toml"
DAY = date(2014, 3, 12)

OPENING = """# The journey of one person

*Made from `handrail.domain.progress` by `./run fix`. Do not edit.*

The stages are the same for everybody, whatever their arm: a masked page may show them. Each arrow is an act;
where it leads is what the code says.
"""


@dataclass(frozen=True)
class Act:
    """Something that may happen to a person at some stages, and what is known afterwards."""

    title: str
    at: frozenset[Stage]
    change: Callable[[JourneyFacts], JourneyFacts]


BEFORE_ENTRY = frozenset({Stage.REFERRED, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE, Stage.CONSENTED, Stage.READY})
SCREENED = frozenset({Stage.REFERRED, Stage.NOT_ELIGIBLE})

ACTS = (
    Act("screened: eligible", SCREENED, lambda facts: replace(facts, is_eligible=True)),
    Act("screened: not eligible", SCREENED, lambda facts: replace(facts, is_eligible=False)),
    Act("consents", frozenset({Stage.ELIGIBLE}), lambda facts: replace(facts, is_consented=True)),
    Act(
        "baseline interview",
        frozenset({Stage.CONSENTED}),
        lambda facts: replace(facts, is_baseline_done=True),
    ),
    Act("randomised", frozenset({Stage.READY}), lambda facts: replace(facts, entered_on=DAY)),
    Act("leaves, with a reason", BEFORE_ENTRY, lambda facts: replace(facts, exit=Exit.DECLINED)),
    Act("dies", frozenset(Stage) - {Stage.DIED, Stage.LEFT}, lambda facts: replace(facts, died_on=DAY)),
)


def pages(root: Path) -> dict[str, str]:
    """The one document made here: place → text."""
    under = protocol_file.load(root / PROTOCOL).schedule
    stages = "\n".join(f"| `{found.value}` | {found.sentence} |" for found in Stage)
    arrows = "\n".join(
        f"    {a.value} --> {b.value}: {title}" for a, title, b in arrows_from_the_start(under)
    )
    picture = f"```mermaid\nstateDiagram-v2\n    [*] --> {Stage.REFERRED.value}\n{arrows}\n```"
    return {PLACE: f"{OPENING}\n{picture}\n\n| Stage | Meaning |\n|-|-|\n{stages}\n"}


def arrows_from_the_start(under: Schedule) -> list[tuple[Stage, str, Stage]]:
    """Every arrow that can be reached from a new referral, in the order of the stages."""
    late = follow_up_ends_on(DAY, under=under) + timedelta(days=1)
    waiting, seen = [(JourneyFacts(), DAY)], {(JourneyFacts(), DAY)}
    arrows: set[tuple[Stage, str, Stage]] = set()
    while waiting:
        facts, day = waiting.pop()
        here = stage(facts, under=under, on=day)
        ways = [(act.title, (act.change(facts), day)) for act in ACTS if here in act.at]
        ways += [("last follow-up passes", (facts, late))] if here is Stage.FOLLOWED else []
        for title, after in ways:
            arrows.add((here, title, stage(after[0], under=under, on=after[1])))
            waiting += [after] if after not in seen else []
            seen.add(after)
    order = list(Stage)
    return sorted(arrows, key=lambda arrow: (order.index(arrow[0]), order.index(arrow[2]), arrow[1]))
