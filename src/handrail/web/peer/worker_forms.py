"""Forms about peer workers and their own side of the programme: coded, so that they hold nobody's story."""

from __future__ import annotations

from handrail.domain.supervision import Agreed, SupervisionKind, Talk, Theme, Training
from handrail.domain.workload import HIGHEST_CAP
from handrail.web.shared.forms import AnyOf, Day, Form, OneOf, Whole


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
