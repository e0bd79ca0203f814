"""Forms of the trial office."""

from __future__ import annotations

from typing import Any

from handrail.domain.conduct import LONGEST_NOTE, NewDeviation
from handrail.domain.words import DeviationKind, Relatedness
from handrail.web.shared.forms import Day, Form, Line, Listed, OneOf, Words, YesNo


class Enter(Form):
    """Allocation has no question: the button is the request, and its key makes it one."""


class PostStep(Form):
    """One step of a posted workbook: the button says which."""

    returned_on = Day("Day it came back", required=False)


class Judgement(Form):
    """How far a serious event is related, seen with the arm known."""

    relatedness = OneOf("How likely is it that the event came from the research or the programme?",
                        [(one.value, one.sentence) for one in Relatedness])  # fmt: skip
    was_found_by_worker = YesNo("Did it come to light through a peer worker?")


class Deviation(Form):
    """One departure from the protocol."""

    kind = OneOf("What kind of deviation?", [(one.value, one.sentence) for one in DeviationKind])
    found_on = Day("Day it was found")
    team_code = Listed("Team", required=False, hint="May be left out when a study number is given")
    study_number = Line("Study number", required=False, width=10, hint="Leave empty if it concerns a team")
    note = Words("What happened", required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_code"].choices = [("", "Choose"), *teams]  # type: ignore[attr-defined]

    def deviation(self) -> NewDeviation:
        """The deviation as the rules take it."""
        said = self.cleaned_data
        return NewDeviation(DeviationKind(said["kind"]), said["found_on"], said["note"])
