"""Forms of the check-ins: every question can be left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from handrail.domain.check_in import MOST_SIGNS, CheckIn, Difference, Helping, Rhythm, Setting
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS
from handrail.web.shared.forms import Form, Line, OneOf, Words


class SettingForm(Form):
    """How often, and which signs: the person's own words."""

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, one.sentence) for one in Rhythm]
        self.fields["rhythm"] = OneOf(
            "How often would you like to check in?",
            choices,
            hint="Every week is enough for most people.",
            initial=setting.rhythm.value,
        )
        for place in range(MOST_SIGNS):
            held = setting.signs[place] if place < len(setting.signs) else ""
            self.fields[f"sign_{place}"] = Line(
                f"A sign of mine {place + 1}",
                max_length=LONGEST_LINE,
                required=False,
                initial=held,
                small=True,
            )

    def setting(self) -> Setting:
        """What was asked for: each sign once."""
        said = self.cleaned_data
        signs = [said[f"sign_{place}"].strip() for place in range(MOST_SIGNS)]
        return Setting(True, Rhythm(said["rhythm"]), tuple(dict.fromkeys(sign for sign in signs if sign)))


class CheckInForm(Form):
    """What is good first, then the person's own signs, then words. ``asks_if_it_helps``: each fourth."""

    def __init__(self, *args: Any, setting: Setting, asks_if_it_helps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signs = {f"sign_{place}": sign for place, sign in enumerate(setting.signs)}
        self.fields["well"] = Words(
            "What has been good, or good enough?", required=False, max_length=LONGEST_WORDS, rows=3
        )
        choices = [(one.value, one.sentence) for one in Difference]
        for name, sign in self.signs.items():
            self.fields[name] = OneOf(sign, choices, required=False, small=True)
        self.fields["words"] = Words(
            "Is there more you want to say?", required=False, max_length=LONGEST_WORDS, rows=3
        )
        if asks_if_it_helps:
            self.fields["helping"] = OneOf(
                "Do these check-ins help you, or make you worry?",
                [(one.value, one.sentence) for one in Helping],
                hint="You can take a break at any time.",
                required=False,
            )

    def clean_request_key(self) -> str:
        """The form's own number, which is the check-in's. Raises: ValidationError."""
        try:
            return str(UUID(self.cleaned_data["request_key"]))
        except ValueError:
            raise forms.ValidationError("Open this page again, and send it from there") from None

    def check_in(self) -> CheckIn:
        """What was said."""
        said = self.cleaned_data
        return CheckIn(
            well=said["well"].strip(),
            signs={sign: Difference(said[name]) for name, sign in self.signs.items() if said[name]},
            words=said["words"].strip(),
            helping=Helping(said["helping"]) if said.get("helping") else None,
        )
