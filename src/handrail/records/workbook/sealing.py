"""How answers and cards are kept: as JSON, encrypted under their writer's key, bound to their place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from handrail.domain.workbook import Answer, Boxes, Card, Paper
from handrail.records.encryption import seal, unseal

PAPER = ".paper"  # beside the boxes of a card: no box has such a code


def seal_answer(answer: Answer, *, key: bytes, entry_id: UUID, part: str, field: str) -> bytes:
    """One answer, bound to whose it is and where it belongs."""
    kept: dict[str, Any] = {"words": answer.words, "chosen": answer.chosen, "is_unsure": answer.is_unsure}
    kept |= {"paper": _kept_paper(answer.paper)} if answer.paper else {}
    return _seal(kept, key, f"workbook.page.{entry_id}.{part}.{field}")


def open_answer(sealed: bytes, *, key: bytes, entry_id: UUID, part: str, field: str) -> Answer:
    """One answer in clear. Raises: InvalidTag."""
    kept = _open(sealed, key, f"workbook.page.{entry_id}.{part}.{field}")
    return Answer(kept["words"], tuple(kept["chosen"]), kept["is_unsure"], _paper(kept.get("paper")))


def seal_card(card: Card, *, key: bytes, entry_id: UUID) -> bytes:
    """One card, with where it came from, bound to its row."""
    paper = {PAPER: _kept_paper(card.paper)} if card.paper else {}
    return seal_boxes({**card.boxes, **paper}, key=key, entry_id=entry_id, kind="card", row_id=card.id)


def open_card(sealed: bytes, *, key: bytes, entry_id: UUID, card_id: UUID, place: tuple[str, str]) -> Card:
    """One card in clear. Raises: InvalidTag."""
    boxes = dict(open_boxes(sealed, key=key, entry_id=entry_id, kind="card", row_id=card_id))
    paper = _paper(boxes.pop(PAPER, None))
    return Card(card_id, *place, boxes, paper)


def seal_boxes(boxes: Boxes, *, key: bytes, entry_id: UUID, kind: str, row_id: UUID) -> bytes:
    """The boxes of a card or of a link in the plan, bound to that row."""
    return _seal({code: list(texts) for code, texts in boxes.items()}, key, _place(entry_id, kind, row_id))


def open_boxes(sealed: bytes, *, key: bytes, entry_id: UUID, kind: str, row_id: UUID) -> Boxes:
    """The boxes in clear. Raises: InvalidTag."""
    kept = _open(sealed, key, _place(entry_id, kind, row_id))
    return {code: tuple(texts) for code, texts in kept.items()}


def _kept_paper(paper: Paper) -> tuple[str, str]:
    return paper.typed_on.isoformat(), paper.typed_with


def _paper(kept: Sequence[str] | None) -> Paper | None:
    return Paper(date.fromisoformat(kept[0]), kept[1]) if kept else None


def _seal(kept: dict[str, Any], key: bytes, place: str) -> bytes:
    return seal(json.dumps(kept, ensure_ascii=False).encode(), key=key, place=place)


def _open(sealed: bytes, key: bytes, place: str) -> dict[str, Any]:
    return dict(json.loads(unseal(sealed, key=key, place=place)))


def _place(entry_id: UUID, kind: str, row_id: UUID) -> str:
    return f"workbook.{kind}.{entry_id}.{row_id}"
