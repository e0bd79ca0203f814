"""Forms about peer workers and their own side of the programme: coded, so that they hold nobody's story."""

from __future__ import annotations

from typing import Any

from handrail.domain.pairing import Area, Language, Times
from handrail.domain.supervision import LONGEST_NOTE, Agreed, SupervisionKind, Talk, Theme, Training
from handrail.domain.workload import HIGHEST_CAP
from handrail.web.shared.forms import AnyOf, Day, Form, OneOf, Whole, Words


class Logged(Form):
    """Time with a supervisor or with other peers."""

    kind = OneOf(
        "What was it?", [(one.value, one.sentence) for one in SupervisionKind], missing="Say what it was"
    )
    held_on = Day("Which day was it?", missing="Enter the day")
    themes = AnyOf(
        "What was it about?",
        [(one.value, one.sentence) for one in Theme],
        hint="In general: nothing about any one person",
        required=False,
    )
    agreed = AnyOf("What did you agree?", [(one.value, one.sentence) for one in Agreed], required=False)
    next_on = Day("When is the next one?", hint="Leave it empty and the usual rhythm counts", required=False)

    def talk(self) -> Talk:
        """The talk as the rules take it."""
        said = self.cleaned_data
        return Talk(
            kind=SupervisionKind(said["kind"]),
            held_on=said["held_on"],
            themes=tuple(Theme(word) for word in said["themes"]),
            agreed=tuple(Agreed(word) for word in said["agreed"]),
            next_on=said["next_on"],
        )


class Trained(Form):
    """One day of training."""

    what = OneOf("Which day of training?", [(one.value, one.sentence) for one in Training])
    held_on = Day("When was it?", missing="Enter the day")


class Cap(Form):
    """The soft cap."""

    cap = Whole(
        "How many people at once?",
        hint="It is said when you pair people, and refuses nothing",
        at_least=1,
        at_most=HIGHEST_CAP,
        width=2,
    )


class Choices(Form):
    """When, where and in which language: what a person would like, or what a worker offers."""

    times = AnyOf("When?", [(one.value, one.sentence) for one in Times], required=False)
    areas = AnyOf("Which part of the district?", [(one.value, one.sentence) for one in Area], required=False)
    languages = AnyOf("Which language?", [(one.value, one.sentence) for one in Language], required=False)

    def chosen(self) -> tuple[tuple[Times, ...], tuple[Area, ...], tuple[Language, ...]]:
        """The choices as the rules take them."""
        said = self.cleaned_data
        return (
            tuple(Times(word) for word in said["times"]),
            tuple(Area(word) for word in said["areas"]),
            tuple(Language(word) for word in said["languages"]),
        )


class Days(Form):
    """From a day until a day. No reason is asked."""

    from_on = Day("From which day?", missing="Enter the first day")
    until_on = Day("Until which day?", missing="Enter the last day")


class Away(Days):
    """Days away, and who covers."""

    cover = OneOf("Who covers?", missing="Choose who covers")

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = workers  # type: ignore[attr-defined]


class TakenBack(Form):
    """Taking days back asks nothing: the button is the answer."""


class Noted(Form):
    """A worker's own note."""

    words = Words(
        "What do you want to write?",
        hint="For you alone, unless you share it. Please name nobody.",
        max_length=LONGEST_NOTE,
        missing="Write a few words first",
    )


KEEP, SHARE, THROW_AWAY = "keep", "share", "throw_away"


class NoteKept(Form):
    """What becomes of a note."""

    what = OneOf(
        "What would you like to do with it?",
        [
            (KEEP, "Keep it for myself"),
            (SHARE, "Show it to my supervisor"),
            (THROW_AWAY, "Throw it away for good"),
        ],
        missing="Choose what to do with it",
    )
