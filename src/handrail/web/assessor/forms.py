"""Forms of the masked staff."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from handrail.domain.adjudication import DECIDABLE, LONGEST_GROUNDS, Decision
from handrail.domain.characteristics import EthnicGroup, Gender, Housing
from handrail.domain.followup import Characteristics, ContactResult, InterviewMode
from handrail.domain.protocol import FollowUpPoint, Instrument, Safety, Schedule
from handrail.domain.safety import LONGEST_NARRATIVE, OTHER_KIND, EventFacts, HowFound, NewEvent, WhyCorrected
from handrail.domain.words import OutcomeStatus, Seriousness
from handrail.web.shared.forms import AnyOf, Attached, Day, Form, Line, OneOf, Tick, Whole, Words, YesNo

ITEM = re.compile(r"[0-9]{1,3}|-", re.ASCII)
MODES = [(mode.value, mode.sentence) for mode in InterviewMode]


class Items(Line):
    """One questionnaire's answers as a row of numbers; a dash for an item that was not answered."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        low, high, count = instrument.item_minimum, instrument.item_maximum, instrument.item_count
        items = "one number" if count == 1 else f"{count} numbers with spaces between them"
        hint = f"{items}, each from {low} to {high}; a dash for one not answered. Leave empty if not asked."
        super().__init__(instrument.title, hint=hint[0].upper() + hint[1:], required=False, max_length=200)

    def clean(self, value: Any) -> tuple[int | None, ...] | None:  # type: ignore[override]
        """The answers in order, none where not answered. Raises: ValidationError."""
        parts = str(super().clean(value) or "").replace(",", " ").split()
        if not parts:
            return None
        wrong = [part for part in parts if not ITEM.fullmatch(part)]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0][:10]}” is not a number or a dash")
        return tuple(None if part == "-" else int(part) for part in parts)


class Questionnaires(Form):
    """The questionnaires of one point, as rows of numbers."""

    def __init__(self, *args: Any, point: FollowUpPoint, under: Schedule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = point.instruments
        for code in point.instruments:
            self.fields[code] = Items(under.instrument(code))

    def responses(self) -> dict[str, tuple[int | None, ...]]:
        """The answers by instrument, without those not asked."""
        return {code: self.cleaned_data[code] for code in self.codes if self.cleaned_data[code] is not None}


class Baseline(Questionnaires):
    """What the person says of themselves, then the questionnaires."""

    gender = OneOf("Gender, as the person describes it", [(one.value, one.sentence) for one in Gender])
    ethnic_group = OneOf("Ethnic group", [(one.value, one.sentence) for one in EthnicGroup])
    housing = OneOf("Housing", [(one.value, one.sentence) for one in Housing])
    is_first_crisis = YesNo("Was this the first time with a crisis team?", required=False)
    mode = OneOf("How was the interview held?", MODES)

    def characteristics(self) -> Characteristics:
        """What was said, as the rules take it."""
        said = self.cleaned_data
        return Characteristics(said["gender"], said["ethnic_group"], said["housing"], said["is_first_crisis"])


class Interview(Questionnaires):
    """One follow-up interview."""

    held_on = Day("Day of the interview")
    mode = OneOf("How was the interview held?", MODES)


class Booking(Form):
    """When and how the next interview is to be."""

    planned_on = Day("Which day?")
    mode = OneOf("How will it be held?", MODES)


class Sure(Form):
    """A page that asks only whether somebody is sure."""


class Attempt(Form):
    """One attempt to get in touch."""

    how = OneOf("How did you try?", MODES)
    result = OneOf("What came of it?", [(one.value, one.sentence) for one in ContactResult])


class AdverseEvent(Form):
    """One adverse event. Nothing about what the person is offered belongs here."""

    onset_on = Day("Day it began")
    aware_on = Day("Day the trial team came to know")
    kind = OneOf("What kind of event?")
    seriousness = AnyOf(
        "Is it serious? Tick every reason that holds; none if it is not",
        [(one.value, one.sentence) for one in Seriousness],
        required=False,
    )
    how_found = OneOf("How did it come to light?", [(one.value, one.sentence) for one in HowFound])
    narrative = Words(
        "What happened",
        hint="Only the trial office reads this; leave out visits, workers and parcels all the same",
        required=False,
        max_length=LONGEST_NARRATIVE,
    )

    def __init__(self, *args: Any, under: Safety, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [*under.expected_events, (OTHER_KIND, "Something else")]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def event(self) -> NewEvent:
        """The event as the rules take it."""
        said = self.cleaned_data
        return NewEvent(
            onset_on=said["onset_on"],
            aware_on=said["aware_on"],
            kind=said["kind"],
            seriousness=frozenset(Seriousness(one) for one in said["seriousness"]),
            how_found=HowFound(said["how_found"]),
            narrative=said["narrative"],
        )


class NewAdverseEvent(AdverseEvent):
    """An adverse event that is not on record yet. The last question is asked only where a similar one is."""

    is_another = Tick("This is another event, which happened beside the one on record", required=False)

    @property
    def usual(self) -> list[str]:
        """The questions that are always asked."""
        return [name for name in self.fields if name != "is_another"]

    def refuse_twins(self, twins: Sequence[EventFacts]) -> bool:
        """Whether it stops here, and says why: a similar event is on record, and nobody said it differs."""
        stops = bool(twins) and not self.cleaned_data["is_another"]
        if stops:
            self.add_error(
                "is_another", "A similar event is on record. Tick this only if yours is another one"
            )
        return stops


class CorrectedEvent(AdverseEvent):
    """One adverse event as it should have been recorded; what was written of it is not shown here."""

    why = OneOf("Why is it corrected?", [(one.value, one.sentence) for one in WhyCorrected])

    def __init__(self, *args: Any, on_record: EventFacts, **kwargs: Any) -> None:
        names = ("onset_on", "aware_on", "kind", "seriousness", "how_found")
        super().__init__(*args, initial={name: getattr(on_record, name) for name in names}, **kwargs)
        hint = "Only the trial office reads this. Leave it empty to keep what was written before"
        self.fields["narrative"].look = replace(self.fields["narrative"].look, hint=hint)  # type: ignore[attr-defined]


class Review(Form):
    """The one question that a masked reviewer answers and signs."""

    could_be_related = YesNo(
        "If this person had been offered the programme, could the event be related to it or to the research?"
    )


class Extract(Form):
    """A file of acute-care records, and the day to which it is complete."""

    file = Attached("Records file", hint="CSV or Parquet: person_id, service, provider, start, end")
    covers_until = Day("The file is complete up to")

    def complete_to(self) -> date:
        """The day to which the file is complete."""
        day: date = self.cleaned_data["covers_until"]
        return day


class Move(Form):
    """Somebody whose records end on a day."""

    study_number = Line("Study number", width=10)
    last_on = Day("Last day in the area")

    def day(self) -> date:
        """The last day on which their records could be seen."""
        day: date = self.cleaned_data["last_on"]
        return day


class Deciding(Form):
    """What an adjudicator finds where the records cannot say."""

    status = OneOf(
        "What do you find?", [(one.value, one.sentence) for one in OutcomeStatus if one in DECIDABLE]
    )
    day = Whole("If readmitted: on which day after entry?", at_least=1, at_most=9999, required=False, width=4)
    grounds = Words("On what grounds?", max_length=LONGEST_GROUNDS)

    def decision(self) -> Decision:
        """The decision as the rules take it."""
        said = self.cleaned_data
        return Decision(OutcomeStatus(said["status"]), said["day"], grounds=said["grounds"])
