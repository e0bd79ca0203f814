"""Forms of a visit alone: started, "I'm OK", whom somebody rang, and how it was closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from handrail.domain.visit import LONGEST_TELEPHONE, HowClosed, Rang, VisitPlace
from handrail.records.visit.actions import NewVisit
from handrail.web.shared.forms import Form, Line, Listed, OneOf, YesNo

HOW_LONG = [("30", "30 minutes"), ("60", "1 hour"), ("90", "1 hour and a half"), ("120", "2 hours")]
HOW_LONG += [("180", "3 hours")]
OVER = "over"
FIELD_OF = {
    "visit_length_wrong": "minutes",
    "visit_ended": "minutes",
    "buddy_is_self": "buddy",
    "text_too_long": "telephone",
}


class _Beside(Form):
    """A form that stands on one page with others: its inputs are told apart by its own name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)


class _Keyed(Form):
    """A form whose hidden number is the key of what it makes."""

    def key(self) -> UUID:
        """The form's own number, or a new one where it has none."""
        try:
            return UUID(self.cleaned_data["request_key"])
        except ValueError:
            return uuid4()


class Start(_Keyed):
    """A visit that begins now."""

    place = OneOf("What kind of place?", [(one.value, one.sentence) for one in VisitPlace])
    minutes = OneOf("How long will you need?", HOW_LONG, hint="You can make it longer at any time")
    person = Listed("Whom do you visit?", required=False)
    buddy = Listed(
        "Who is your buddy?", required=False, hint="They are asked to call you when you are 15 minutes late"
    )
    telephone = Line(
        "Your work telephone",
        required=False,
        max_length=LONGEST_TELEPHONE,
        hint="The number on which a colleague can reach you now",
        type="tel",
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], buddies: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Not said"), *people]  # type: ignore[attr-defined]
        self.fields["buddy"].choices = [("", "Nobody: ask my supervisor"), *buddies]  # type: ignore[attr-defined]

    def visit(self) -> NewVisit:
        """The visit as the action takes it."""
        said = self.cleaned_data
        return NewVisit(
            key=self.key(),
            place=VisitPlace(said["place"]),
            minutes=int(said["minutes"]),
            telephone=said["telephone"],
            entry_id=UUID(said["person"]) if said["person"] else None,
            buddy_id=UUID(said["buddy"]) if said["buddy"] else None,
        )


class Well(_Beside, _Keyed):
    """I'm OK: it is over, or it takes longer."""

    minutes = OneOf(
        "I’m OK",
        [
            (OVER, "My visit is over"),
            ("15", "15 minutes more"),
            ("30", "30 minutes more"),
            ("60", "1 hour more"),
        ],
        missing="Say whether your visit is over",
    )

    def more(self) -> int | None:
        """How many minutes more; none when it is over."""
        said = self.cleaned_data["minutes"]
        return None if said == OVER else int(said)


class Phoned(_Beside):
    """Somebody was telephoned."""

    rang = OneOf("Whom did you call?", [(one.value, one.sentence) for one in Rang])
    was_answered = YesNo("Did they answer?")


class Close(_Beside):
    """How a visit that was overdue is closed."""

    how = OneOf("How do you know?", [(one.value, one.sentence) for one in HowClosed])
