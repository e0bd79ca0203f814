"""Reads the workbook in another language, or refuses it: every string of the English there, and nothing else.

A language is data only: ``languages/cy.toml`` holds what paper says round the parts, and ``structured.cy/`` a
file for each part, keyed by its codes. What is stored, such as a kind, stands in the English alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault
from handrail.domain.workbook import Box, Field, Part, Signs
from handrail.domain.workbook_language import ENGLISH, Language, Phrases, Wording
from handrail.domain.workbook_words import FieldKind
from handrail.exchange.protocol_section import Section
from handrail.exchange.protocol_sheet import shown
from handrail.exchange.workbook_file import LONGEST_PROMPT, STRUCTURED, bad, finish, load, opened

WORKBOOK = STRUCTURED.parent
HAS_LETTERS = re.compile(r"[^\W\d_]{2}")
LONGEST_PHRASE = 600


def codes(folder: Path = WORKBOOK) -> tuple[str, ...]:
    """The code of every language that there is, English first."""
    return (ENGLISH.code, *sorted(path.stem for path in (folder / "languages").glob("*.toml")))


def language(code: str, folder: Path = WORKBOOK) -> Language:
    """One language, without the parts. Raises: BadFile."""
    path = folder / "languages" / f"{code}.toml"
    if code not in codes(folder):
        known = f"Known: {', '.join(codes(folder))}"
        raise BadFile((Fault("languages", 0, "", f"holds no language called {shown(code)}", known),))
    if code == ENGLISH.code:
        return ENGLISH
    whole = opened(path)
    read = Language(
        code=whole.code(),
        name=whole.text("name", longest=40),
        wording=whole.word("wording", Wording),
        phrases=whole.section("phrases", _phrases),
    )
    if read.code != code:
        whole.sheet.note(("code",), f"must be the file's own name; found {shown(read.code)}", "Rename either")
    finish(whole)
    return read


def translated(code: str, folder: Path = WORKBOOK) -> tuple[Part, ...]:
    """Every part in one language. Raises: BadFile, with every fault of every file."""
    english = load(folder / STRUCTURED.name)
    if code == ENGLISH.code:
        return english
    is_draft = language(code, folder).is_draft
    place = folder / f"{STRUCTURED.name}.{code}"
    faults: list[Fault] = []
    found: dict[str, Part] = {}
    for path in sorted(place.glob("*.toml")):
        try:
            part = _part(path, english, is_draft=is_draft)
        except BadFile as refused:
            faults.extend(refused.faults)
            continue
        if part.code in found:
            mend = "Leave one of them"
            faults.append(Fault(path.name, 1, "part", f"{part.code} is translated twice", mend))
        found[part.code] = part
    if not faults:
        lost = [part.code for part in english if part.code not in found]
        faults = [Fault(place.name, 0, one, "is not translated", "Add a file for it") for one in lost]
    if faults:
        raise BadFile(tuple(faults))
    return tuple(found[part.code] for part in english)


def _part(path: Path, parts: Sequence[Part], *, is_draft: bool) -> Part:
    whole = opened(path)
    code, version = whole.text("part"), whole.text("of_version")
    if whole.word("wording", Wording) is Wording.DRAFT and not is_draft:
        whole.sheet.note(("wording",), "is a draft in a language that is not", "Mark the language as a draft")
    english = next((part for part in parts if part.code == code), None)
    if english is None:
        raise bad(path, whole.sheet.line(("part",)), f"no part is called {shown(code)}", "Write its code")
    if version != english.version:
        problem = f"must be {shown(english.version)}, the version of the English; found {shown(version)}"
        whole.sheet.note(("of_version",), problem, "Translate what changed, then raise it")
    made = replace(
        english,
        title=_text(whole, "title", english.title, longest=80),
        introduction=_text(whole, "introduction", english.introduction, longest=LONGEST_PROMPT * 2),
        before=_text(whole, "before", english.before),
        after=_text(whole, "after", english.after),
        fields=whole.section("fields", partial(_fields, english=english.fields)),
    )
    finish(whole)
    return made


def _fields(section: Section, *, english: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(section.section(one.code, partial(_field, english=one)) for one in english)


def _field(section: Section, *, english: Field) -> Field:
    made = replace(
        english,
        prompt=_text(section, "prompt", english.prompt),
        hint=_text(section, "hint", english.hint),
        options=_texts(section, "options", english.options),
        suggestions=_texts(section, "suggestions", english.suggestions),
    )
    if english.kind is FieldKind.CARDS:
        return replace(made, boxes=section.section("boxes", partial(_boxes, english=english.boxes)))
    if english.kind is FieldKind.SORT:
        return replace(made, piles=_piles(section, english.piles))
    return made


def _boxes(section: Section, *, english: Sequence[Box]) -> tuple[Box, ...]:
    return tuple(section.section(one.code, partial(_box, english=one)) for one in english)


def _box(section: Section, *, english: Box) -> Box:
    label = _text(section, "label", english.label)
    return replace(english, label=label, options=_texts(section, "options", english.options))


def _piles(section: Section, english: Sequence[Signs]) -> tuple[Signs, ...]:
    """The kinds of signs: they have no codes, so that they stand in the order of the English."""
    waiting = iter(english)

    def read(one: Section) -> Signs:
        source = next(waiting, Signs("", ()))
        title = _text(one, "title", source.title, longest=40)
        return Signs(title, _texts(one, "signs", source.signs))

    made = section.sections("piles", read, least=len(english))
    if len(made) > len(english):
        path = (*section.path, "piles", len(english))
        section.sheet.note(path, f"is one more than the {len(english)} of the English", "Take it out")
    return made


def _phrases(section: Section) -> Phrases:
    english = asdict(ENGLISH.phrases)
    return Phrases(
        **{key: _text(section, key, said, longest=LONGEST_PHRASE) for key, said in english.items()}
    )


def _text(section: Section, key: str, english: str, *, longest: int = LONGEST_PROMPT) -> str:
    """One string; none where the English has none either."""
    if not english:
        return ""
    text = section.text(key, longest=longest)
    _insist_own(section, (key,), text, english)
    return text


def _texts(section: Section, key: str, english: Sequence[str]) -> tuple[str, ...]:
    """A list of as many strings as the English has, each in its place."""
    if not english:
        return ()
    found = section.texts(key, least=len(english))
    if len(found) > len(english):
        problem = f"must be {len(english)} long, as the English is; found {len(found)}"
        section.sheet.note((*section.path, key), problem, "Take out what is too many")
    for place, (text, source) in enumerate(zip(found, english, strict=False)):
        _insist_own(section, (key, place), text, source)
    return found


def _insist_own(section: Section, keys: tuple[str | int, ...], text: str, english: str) -> None:
    if text == english and HAS_LETTERS.search(text):
        section.sheet.note((*section.path, *keys), f"is still English: {shown(text)}", "Translate it")
