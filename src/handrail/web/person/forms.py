"""The person's own forms: short, and every question can be left."""

from __future__ import annotations

from handrail.web.shared.forms import Form, OneOf, Words, YesNo


class Choice(Form):
    """Yes or no to one thing, with room for words."""

    is_open = YesNo("Do you agree to this?", missing="Choose yes or no")
    words = Words("Is there anything you want to say about it?", required=False, max_length=1000, rows=3)


class Whose(Form):
    """Whose device this is. Asked once on each device."""

    whose = OneOf(
        "Is this your own phone or computer?",
        [("own", "Yes, just mine"), ("shared", "Other people use it too")],
        missing="Choose one, or skip this",
        heading=True,
    )


class Sure(Form):
    """A page that asks only whether somebody is sure; the button is the answer."""
