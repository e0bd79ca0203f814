"""What both sides said after a meeting: read only where both have, whoever asks. Sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from handrail.domain.fidelity import Answered, Answers, BothSides, Principle, Side
from handrail.records.supervision.models import FidelityAnswer


def given(entry_id: UUID) -> dict[UUID, frozenset[Side]]:
    """Which sides have answered about each meeting of one person: that they have, and not what."""
    found: dict[UUID, set[Side]] = defaultdict(set)
    rows = FidelityAnswer.objects.filter(session__entry_id=entry_id).values_list("session_id", "side")
    for session_id, side in rows:
        found[session_id].add(Side(side))
    return {session_id: frozenset(sides) for session_id, sides in found.items()}


def both(entry_ids: Iterable[UUID]) -> tuple[tuple[UUID, BothSides], ...]:
    """What both said, with whose meeting it was, by day; what one side alone said is not read at all."""
    rows = FidelityAnswer.objects.filter(session__entry_id__in=list(entry_ids))
    ordered = rows.order_by("session__planned_at").values_list(
        "session__entry_id", "session_id", "side", "answers"
    )
    found: dict[tuple[UUID, UUID], dict[Side, Answers]] = defaultdict(dict)
    for entry_id, session_id, side, answers in ordered:
        found[entry_id, session_id][Side(side)] = {
            Principle(word): Answered(said) for word, said in answers.items()
        }
    return tuple(
        (entry_id, BothSides(session_id, sides[Side.PERSON], sides[Side.WORKER]))
        for (entry_id, session_id), sides in found.items()
        if len(sides) == len(Side)
    )
