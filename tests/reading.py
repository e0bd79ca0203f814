"""How hard a text is to read: its sentences, its words, and its Flesch–Kincaid grade (Kincaid, 1975)."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
END = re.compile(r"(?<=[.?!:])\s+|\n+")


def sentences(texts: Iterable[str]) -> list[str]:
    """Every sentence that holds a word. A line of its own, such as a heading, is a sentence."""
    found = (one.strip() for text in texts for one in END.split(text))
    return [one for one in found if WORD.search(one)]


def words(sentence: str) -> list[str]:
    """The words of a sentence. Figures are not words."""
    return WORD.findall(sentence)


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e, es or ed at the end. A compound may come out one too long."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = re.findall(r"[aeiouy]+", plain)
    is_silent = re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouyscxzh]es$", plain) and len(groups) > 1
    return max(1, len(groups) - bool(is_silent))


def grade(texts: Iterable[str]) -> float:
    """The Flesch–Kincaid grade: 4 to 6 is an age of 9 to 11."""
    found = sentences(texts)
    said = [word for one in found for word in words(one)]
    return 0.39 * len(said) / len(found) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59
