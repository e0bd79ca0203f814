"""How answers and cards are kept: as JSON, encrypted under their writer's key, bound to their place."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from handrail.domain.workbook import Answer, Boxes
from handrail.records.encryption import seal, unseal


def seal_answer(answer: Answer, *, key: bytes, entry_id: UUID, part: str, field: str) -> bytes:
    """One answer, bound to whose it is and where it belongs."""
    kept = {"words": answer.words, "chosen": answer.chosen, "is_unsure": answer.is_unsure}
    return _seal(kept, key, f"workbook.page.{entry_id}.{part}.{field}")


def open_answer(sealed: bytes, *, key: bytes, entry_id: UUID, part: str, field: str) -> Answer:
    """One answer in clear. Raises: InvalidTag."""
    kept = _open(sealed, key, f"workbook.page.{entry_id}.{part}.{field}")
    return Answer(kept["words"], tuple(kept["chosen"]), kept["is_unsure"])


def seal_boxes(boxes: Boxes, *, key: bytes, entry_id: UUID, kind: str, row_id: UUID) -> bytes:
    """The boxes of a card or of a link in the plan, bound to that row."""
    return _seal({code: list(texts) for code, texts in boxes.items()}, key, _place(entry_id, kind, row_id))


def open_boxes(sealed: bytes, *, key: bytes, entry_id: UUID, kind: str, row_id: UUID) -> Boxes:
    """The boxes in clear. Raises: InvalidTag."""
    kept = _open(sealed, key, _place(entry_id, kind, row_id))
    return {code: tuple(texts) for code, texts in kept.items()}


def _seal(kept: dict[str, Any], key: bytes, place: str) -> bytes:
    return seal(json.dumps(kept, ensure_ascii=False).encode(), key=key, place=place)


def _open(sealed: bytes, key: bytes, place: str) -> dict[str, Any]:
    return dict(json.loads(unseal(sealed, key=key, place=place)))


def _place(entry_id: UUID, kind: str, row_id: UUID) -> str:
    return f"workbook.{kind}.{entry_id}.{row_id}"
