"""The form by which it is recorded that somebody was told of an event; the same in either wing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from handrail.domain.protocol import ClockScope, ReportingClock
from handrail.domain.reporting import (
    LONGEST_NOTE,
    LONGEST_REFERENCE,
    NewReport,
    ReportPutRight,
    ReportRecord,
    Told,
)
from handrail.web.shared.forms import Day, Form, Line, OneOf, Words

# Beside which field each reason is shown.
FIELD_OF = {
    "no_reason_given": "why",
    "measure_day_missing": "started_on",
    "day_to_come": "told_on",
    "dates_swapped": "told_on",
    "nothing_differs": "told_on",
}


class Report(Form):
    """On which day somebody was told. It asks more where a measure was taken, or a record is put right."""

    started_on = Day("Day the urgent safety measure was taken", required=False)
    told_on = Day("Day they were told", missing="Enter the day they were told")
    why = OneOf("Why is it put right?", [(one.value, one.sentence) for one in ReportPutRight], required=False)
    reference = Line("Reference number", required=False, width=20, max_length=LONGEST_REFERENCE)
    note = Words(
        "Note",
        hint="Only the trial office reads this; leave out visits, workers and parcels all the same",
        required=False,
        max_length=LONGEST_NOTE,
    )

    def __init__(
        self, *args: Any, clock: ReportingClock, on_record: ReportRecord | None, **kwargs: Any
    ) -> None:
        told = on_record.told if on_record else Told(clock.code)
        initial: dict[str, date | None] = {"told_on": told.told_on, "started_on": told.started_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.clock = clock
        is_urgent = clock.runs_for is ClockScope.URGENT_MEASURE
        if not is_urgent:
            del self.fields["started_on"]
        if told == Told(clock.code):
            del self.fields["why"]
        if is_urgent or "why" in self.fields:
            self._may_be_empty("told_on", "Leave it empty if nobody has been told")

    def _may_be_empty(self, name: str, hint: str) -> None:
        field = self.fields[name]
        field.required = False
        field.look = replace(field.look, hint=hint)  # type: ignore[attr-defined]

    def report(self) -> NewReport:
        """What was said, as the rules take it."""
        said = self.cleaned_data
        why = said.get("why")
        return NewReport(
            told=Told(self.clock.code, said["told_on"], said.get("started_on")),
            why=ReportPutRight(why) if why else None,
            reference=said["reference"],
            note=said["note"],
        )
