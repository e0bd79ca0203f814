"""What people are asked about themselves at the baseline, and the words for the answers."""

from __future__ import annotations

from handrail.domain.worded import Worded


class Gender(Worded):
    """Gender, as the person describes it."""

    WOMAN = "woman", "Woman"
    MAN = "man", "Man"
    NON_BINARY = "non_binary", "Non-binary, or another word"
    PREFER_NOT_TO_SAY = "prefer_not_to_say", "Prefer not to say"


class EthnicGroup(Worded):
    """Ethnic group: the broad categories of the census."""

    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, Black British, Caribbean or African"
    MIXED = "mixed", "Mixed or multiple groups"
    WHITE = "white", "White"
    OTHER = "other", "Another group"
    PREFER_NOT_TO_SAY = "prefer_not_to_say", "Prefer not to say"


class Housing(Worded):
    """Kind of housing."""

    INDEPENDENT = "independent", "Own or rented home"
    SUPPORTED = "supported", "Supported housing"
    TEMPORARY = "temporary", "Somewhere temporary"
    NONE = "none", "No fixed home"
    PREFER_NOT_TO_SAY = "prefer_not_to_say", "Prefer not to say"
