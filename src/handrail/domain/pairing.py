"""What a person would like of a peer worker, and what a worker offers. Sealed.

Shown side by side to whoever pairs the two; nothing is matched, sorted or refused by it. A worker's own
lived experience is theirs: no question asks for it, and nothing here could hold a diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.domain.words import Worded


class Times(Worded):
    """When two people can meet."""

    WEEKDAYS = "weekdays", "Weekdays"
    EVENINGS = "evenings", "Evenings"
    WEEKENDS = "weekends", "Weekends"


class Area(Worded):
    """Which part of the team's district."""

    NORTH = "north", "North"
    EAST = "east", "East"
    SOUTH = "south", "South"
    WEST = "west", "West"
    CENTRE = "centre", "Centre"


class Language(Worded):
    """In which language two people can talk."""

    ENGLISH = "english", "English"
    WELSH = "welsh", "Welsh"
    SIGN = "sign", "British Sign Language"
    ARABIC = "arabic", "Arabic"
    BENGALI = "bengali", "Bengali"
    GUJARATI = "gujarati", "Gujarati"
    POLISH = "polish", "Polish"
    PORTUGUESE = "portuguese", "Portuguese"
    PUNJABI = "punjabi", "Punjabi"
    ROMANIAN = "romanian", "Romanian"
    SOMALI = "somali", "Somali"
    URDU = "urdu", "Urdu"


@dataclass(frozen=True)
class Wish:
    """What a person would like; what is empty is no preference, and so is a wish that nobody asked for."""

    times: tuple[Times, ...] = ()
    areas: tuple[Area, ...] = ()
    languages: tuple[Language, ...] = ()


NO_PREFERENCE = Wish()


@dataclass(frozen=True)
class WorkerOffer:
    """What a worker said that they offer; what is empty, they have not said."""

    times: tuple[Times, ...] = ()
    areas: tuple[Area, ...] = ()
    languages: tuple[Language, ...] = ()


NOT_SAID = WorkerOffer()
