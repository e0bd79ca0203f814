"""What somebody wrote in a form that was sent after the session ended: given back to copy, kept nowhere.

A person gets back every box, the short ones too: a name and a telephone number are hard to find again.
Staff get back long texts only; their short answers are quickly given again, and may be about others.
The names over the boxes are made from the form's own field names, so that nothing private is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

NEVER_SHOWN_BACK = {
    "csrfmiddlewaretoken",
    "request_key",
    "credential",
    "password1",
    "password2",
    "oldpassword",
}
MACHINERY = NEVER_SHOWN_BACK | {"card", "link", "next", "seen"}  # what a person's forms carry hidden
NOT_WORDS = re.compile(r"is_|.*password", re.IGNORECASE)  # names of ticks; and no password, whatever its name
NUMBER = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
NUMBERED = re.compile(r"([a-z_]+)_([0-9]+)_([a-z_]+)", re.ASCII)  # people_to_ask_1_who
SIGN = re.compile(r"sign_([0-9]{1,3})", re.ASCII)  # sorted signs are counted from nought
CALLED = {"words": "What you wrote", "chosen": "What you picked"}
BOX = {"who": ": name or nickname", "telephone": ": telephone number", "what": ""}  # of a first meeting
LONG_TEXT = 30  # characters: staff soon give shorter answers again
ONE_LINE = 30  # characters: what a phone shows whole in one line
MOST_ROWS = 8


@dataclass(frozen=True)
class Unsent:
    """One box as it was sent, under a name that says which it was."""

    label: str
    text: str

    @property
    def is_line(self) -> bool:
        """Whether one line shows it whole, on a phone too."""
        return len(self.text) <= ONE_LINE and len(self.text.splitlines()) == 1

    @property
    def rows(self) -> int:
        """How many lines it needs, as far as a page has room."""
        needed = sum(len(line) // ONE_LINE + 1 for line in self.text.splitlines())
        return max(2, min(needed, MOST_ROWS))


def unsent(request: HttpRequest) -> list[Unsent]:
    """What to give back of this form, in the order in which it was sent."""
    return _of_a_person(request) if request.path.startswith(reverse("person:today")) else _of_staff(request)


def _of_staff(request: HttpRequest) -> list[Unsent]:
    kept = [value for name, value in request.POST.items() if name not in NEVER_SHOWN_BACK]
    texts = [str(value) for value in kept if len(value) >= LONG_TEXT]
    label = "What you wrote"
    return [
        Unsent(label if len(texts) == 1 else f"{label} ({place})", text)
        for place, text in enumerate(texts, start=1)
    ]


def _of_a_person(request: HttpRequest) -> list[Unsent]:
    given = []
    for name, values in request.POST.lists():
        if name in MACHINERY or NOT_WORDS.match(name):
            continue
        texts = [text for value in values if (text := str(value).strip()) and not NUMBER.fullmatch(text)]
        if texts:
            given.append(Unsent(_called(name), "\n".join(texts)))
    return given


def _called(name: str) -> str:
    """A field's name as people read it: ``people_to_ask_1_who`` is "People to ask 1: name or nickname"."""
    if sign := SIGN.fullmatch(name):
        return f"Sign {int(sign[1]) + 1}"
    if numbered := NUMBERED.fullmatch(name):
        section, place, box = numbered.groups()
        return f"{_plain(section)} {place}{BOX.get(box, f': {box}')}"
    return CALLED.get(name) or _plain(name)


def _plain(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
