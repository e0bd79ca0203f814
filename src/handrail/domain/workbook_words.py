"""The words in which the workbook's files and pages are told: kinds of question, and where a part stands."""

from __future__ import annotations

from handrail.domain.worded import Worded


class FieldKind(Worded):
    """How one question of the workbook is answered."""

    WORDS = "words", "In their own words"
    CHOICE = "choice", "By picking any of a list, or in their own words"
    CARDS = "cards", "In short entries, as many as they like"
    SORT = "sort", "By sorting a list into three piles, and adding to it"


class BoxKind(Worded):
    """What one box of a card takes."""

    LINE = "line", "A line of words"
    CHOICE = "choice", "One of a list"
    CHOICES = "choices", "Any of a list"
    TELEPHONE = "telephone", "A telephone number"


class Pile(Worded):
    """Where somebody put a sign."""

    LIKE_ME = "like_me", "Like me"
    SOMETIMES = "sometimes", "Sometimes"
    NOT_ME = "not_me", "Not me"


class Standing(Worded):
    """Where a part of the workbook stands. The person says that it is done; nothing works it out."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DONE_FOR_NOW = "done_for_now", "Done for now"
