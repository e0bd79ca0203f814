"""How somebody may be contacted safely: by which ways, when, in what language, and past whom. Masked-safe.

The person says it, and it is the same in every arm. Whatever reaches out to them asks it first. Where nobody
has asked yet there is no card, and every way on record may be used, as before there were cards.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

WORDS_LENGTH = 500


class Way(Worded):
    """A way of reaching somebody, as the person allows it or not."""

    TELEPHONE = "telephone", "Phone call"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    POST = "post", "Post"


@dataclass(frozen=True)
class SafeContact:
    """One person's card. A way that is not in ``ways`` is never used."""

    ways: frozenset[Way] = frozenset()
    may_leave_voicemail: bool = False
    safe_times: str = ""
    language: str = ""
    needs: str = ""
    not_to: str = ""

    @property
    def told_ways(self) -> str:
        """The safe ways, as people read them; empty where there is none."""
        return ", ".join(way.sentence for way in Way if way in self.ways)


def may_use(card: SafeContact | None, way: Way) -> bool:
    """Whether this way may be used; without a card every way on record may."""
    return card is None or way in card.ways


def why_not_keep(card: SafeContact) -> Reasons:
    """Reasons not to keep a card. No way at all is an answer too: then they are spoken to face to face."""
    texts = [one for one in astuple(card) if isinstance(one, str)]
    return only(
        (card.may_leave_voicemail and Way.TELEPHONE not in card.ways, Because.VOICEMAIL_WITHOUT_CALLS),
        (any(not _is_plain(text) for text in texts), Because.TEXT_ODD),
        (any(len(text) > WORDS_LENGTH for text in texts), Reason(Because.TEXT_TOO_LONG, str(WORDS_LENGTH))),
    )


def _is_plain(text: str) -> bool:
    return all(line.isprintable() for line in text.splitlines())
