"""What may be read of somebody's pages: by themselves, and by nobody else. Sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag

from handrail.domain.plan import Link
from handrail.domain.refusal import NotFound
from handrail.domain.workbook import Answer, Card
from handrail.records.enrolment.models import TrialEntry
from handrail.records.workbook import keyring, models, sealing

Opened = TypeVar("Opened")


@dataclass(frozen=True)
class Book:
    """Everything that one person keeps in their workbook, in clear."""

    answers: dict[tuple[str, str], Answer]
    cards: tuple[Card, ...]  # the oldest first
    links: tuple[Link, ...]  # the oldest first
    done: frozenset[str]
    written_at: datetime | None  # when something was last kept
    unread: int = 0  # rows that do not open: somebody changed the database past Handrail

    @property
    def written(self) -> frozenset[tuple[str, str]]:
        """Under which questions something is kept."""
        return frozenset(self.answers) | {(card.part, card.field) for card in self.cards}

    def cards_of(self, part: str, field: str) -> tuple[Card, ...]:
        """The cards under one question."""
        return tuple(card for card in self.cards if (card.part, card.field) == (part, field))

    def card(self, card_id: UUID) -> Card:
        """One card. Raises: NotFound."""
        for card in self.cards:
            if card.id == card_id:
                return card
        raise NotFound("card")


def book(entry_id: UUID, *, viewer_id: UUID) -> Book:
    """Somebody's own workbook. ``viewer_id`` must be that person: anybody else gets NotFound."""
    insist_own(entry_id, viewer_id=viewer_id)
    done = frozenset(models.DonePart.objects.filter(entry_id=entry_id).values_list("part", flat=True))
    key = keyring.key_of(entry_id, make=False)
    if key is None:
        return Book({}, (), (), done, None)
    pages = list(models.Page.objects.filter(entry_id=entry_id))
    cards = list(models.Card.objects.filter(entry_id=entry_id).order_by("place"))
    links = models.PlanLink.objects.filter(card__entry_id=entry_id).order_by("made_at", "id")
    answers = {(row.part, row.field): _opened(partial(_answer, row, key)) for row in pages}
    opened = [_opened(partial(_card, row, key)) for row in cards]
    linked = [_opened(partial(_link, row, entry_id, key)) for row in links]
    return Book(
        answers={place: answer for place, answer in answers.items() if answer is not None},
        cards=tuple(card for card in opened if card is not None),
        links=tuple(link for link in linked if link is not None),
        done=done,
        written_at=max([row.written_at for row in pages] + [row.written_at for row in cards], default=None),
        unread=len([one for one in (*answers.values(), *opened, *linked) if one is None]),
    )


def card_count(entry_id: UUID, part: str, field: str, *, without: UUID) -> int:
    """How many cards stand under one question, one left out."""
    rows = models.Card.objects.filter(entry_id=entry_id, part=part, field=field)
    return rows.exclude(id=without).count()


def last_place(entry_id: UUID) -> int:
    """The place of somebody's newest card; 0 before there is one."""
    rows = models.Card.objects.filter(entry_id=entry_id)
    return int(rows.order_by("-place").values_list("place", flat=True).first() or 0)


def insist_own(entry_id: UUID, *, viewer_id: UUID) -> None:
    """Go on only for the person whose pages these are. Raises: NotFound."""
    if not TrialEntry.objects.filter(id=entry_id, registration__person_id=viewer_id).exists():
        raise NotFound("entry")


def _opened(read: Callable[[], Opened]) -> Opened | None:
    """What a row holds; none where it does not open. One spoilt row must not close a whole plan."""
    try:
        return read()
    except (InvalidTag, ValueError, KeyError):
        return None


def _answer(row: models.Page, key: bytes) -> Answer:
    return sealing.open_answer(
        bytes(row.words), key=key, entry_id=row.entry_id, part=row.part, field=row.field
    )


def _card(row: models.Card, key: bytes) -> Card:
    place = (row.part, row.field)
    return sealing.open_card(bytes(row.words), key=key, entry_id=row.entry_id, card_id=row.id, place=place)


def _link(row: models.PlanLink, entry_id: UUID, key: bytes) -> Link:
    boxes = sealing.open_boxes(bytes(row.words), key=key, entry_id=entry_id, kind="link", row_id=row.id)
    return Link(row.id, row.section, row.card_id, boxes)
