"""The languages in which the workbook is worded: English is released, and others follow it. Sealed."""

from __future__ import annotations

from dataclasses import dataclass, field

from handrail.domain.worded import Worded
from handrail.domain.workbook import UNSURE
from handrail.domain.workbook_words import Pile


class Wording(Worded):
    """How far the words of one language have got. A draft is always printed as one."""

    RELEASED = "released", "Released: these words never change"
    DRAFT = "draft", "Draft, needs a translator"
    TRANSLATED = "translated", "Put into words by a translator"


@dataclass(frozen=True)
class Phrases:
    """What paper says round the questions, in English unless another language says it its own way."""

    title: str = "My workbook"
    help_now: str = "Help now:"
    if_help: str = "If I need help now"
    belongs: str = "Private. It belongs to:"
    written: str = "With what was written up to"
    start: str = (
        "Start where you like. You can skip anything. There are no right answers. "
        "You can write, draw, or leave it empty. "
        "Only you choose who sees it. Nobody is watching what you write here."
    )
    lost: str = "Some signs cannot be printed here. They are safe in your workbook."
    contents: str = "What is in it"
    optional: str = "(if you want it)"
    others: str = "Other people have written:"
    unsure: str = UNSURE
    own_signs: str = "My own"
    draw: str = "Or draw it here."
    when: str = "When does it come?"
    like_me: str = Pile.LIKE_ME.sentence
    sometimes: str = Pile.SOMETIMES.sentence
    not_me: str = Pile.NOT_ME.sentence
    card: str = "A card for my wallet"
    card_cut: str = "Cut round the edge, and fold it in the middle."
    card_help: str = "If I need help"
    card_helps: str = "What helps"
    card_step: str = "My next step"
    draft: str = Wording.DRAFT.sentence

    @property
    def piles(self) -> tuple[tuple[str, str], ...]:
        """Each pile as it is kept, and as it is called in this language."""
        return tuple((pile.sentence, getattr(self, pile.value)) for pile in Pile)


@dataclass(frozen=True)
class Language:
    """One language: its code as in a page's ``lang``, its own name for itself, and how far its words are."""

    code: str
    name: str
    wording: Wording
    phrases: Phrases = field(default_factory=Phrases)

    @property
    def is_draft(self) -> bool:
        """Whether it is printed as a draft."""
        return self.wording is Wording.DRAFT


ENGLISH = Language("en", "English", Wording.RELEASED)
