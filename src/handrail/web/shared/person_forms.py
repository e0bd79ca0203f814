"""Forms about one person that researchers and the trial office both fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from handrail.domain.consent import CHANGEABLE, WORDS_LENGTH, Choice
from handrail.domain.death import DeathPutRight
from handrail.domain.person import CONTACT_LENGTH, Contact
from handrail.domain.protocol import ConsentForm, Eligibility
from handrail.domain.safe_contact import WORDS_LENGTH as CARD_LENGTH
from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import ConsentRoute, Exit, Scope
from handrail.web.shared.forms import AnyOf, Day, Email, Form, Line, OneOf, Tick, Words, YesNo

WAYS = ("telephone", "email", "address", "postcode", "is_right")


class Screening(Form):
    """The questions of the protocol, each with yes and no."""

    def __init__(self, *args: Any, under: Eligibility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in under.criteria:
            self.fields[criterion.code] = YesNo(criterion.question, missing=f"Answer: {criterion.question}")

    def answers(self) -> dict[str, bool]:
        """Every answer by its criterion's code."""
        return {code: said for code, said in self.cleaned_data.items() if code != "request_key"}


class Left(Form):
    """Why somebody left before entry."""

    exit = OneOf("Why did the person leave?", [(one.value, one.sentence) for one in Exit])


class Ways(Form):
    """How a person is reached, gone through with them."""

    telephone = Line("Telephone number", required=False, width=20, inputmode="tel", autocomplete="off")
    email = Email("E-mail address", required=False, autocomplete="off")
    address = Words("Postal address", required=False, max_length=CONTACT_LENGTH, rows=3)
    postcode = Line("Postcode", required=False, width=10, autocomplete="off")
    is_right = Tick(
        "The person has heard these details and says that they are right",
        hint="Sign-in codes go to them, so read out what is on record and put right what is wrong",
        missing="Go through the details with the person, then tick this box",
    )

    def __init__(self, *args: Any, now: Contact, **kwargs: Any) -> None:
        on_record = {name: getattr(now, name) for name in WAYS[:4]}
        super().__init__(*args, initial=on_record, **kwargs)

    def contact(self) -> Contact:
        """The contact as the rules take it."""
        return Contact(**{name: self.cleaned_data[name] for name in WAYS[:4]})


class SafeContactForm(Form):
    """Which ways are safe, when, in what language, and past whom. The person's own page asks the same."""

    NONE = "none"
    ways = AnyOf(
        "Which ways are safe?",
        [(way.value, way.sentence) for way in Way] + [(NONE, "None of these: face to face only")],
        missing="Choose each way that is safe, or none of these",
    )
    may_leave_voicemail = YesNo("Is it safe to leave a voicemail?", missing="Choose yes or no for voicemail")
    safe_times = Line("Safe days and times", required=False, max_length=CARD_LENGTH)
    language = Line("Language, and whether an interpreter is needed", required=False, max_length=CARD_LENGTH)
    needs = Words("Anything that makes contact easier", required=False, max_length=CARD_LENGTH, rows=3)
    not_to = Words("People not to speak to", required=False, max_length=CARD_LENGTH, rows=3)

    def __init__(self, *args: Any, now: SafeContact | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_on_card(now) if now else {}, **kwargs)

    def clean_ways(self) -> list[str]:
        """None of them, or some of them."""
        said: list[str] = self.cleaned_data["ways"]
        if self.NONE in said and len(said) > 1:
            raise ValidationError("Choose the ways that are safe, or none of these, not both")
        return said

    def card(self) -> SafeContact:
        """The card as the rules take it."""
        said = self.cleaned_data
        ways = frozenset(Way(word) for word in said["ways"] if word != self.NONE)
        texts = (said[name].strip() for name in ("safe_times", "language", "needs", "not_to"))
        return SafeContact(ways, said["may_leave_voicemail"], *texts)


class SafeContactTogether(SafeContactForm):
    """The card gone through with the person, by a member of staff."""

    needs = Words(
        "Anything that makes contact easier",
        hint="Researchers read this too: leave out visits, workers and parcels",
        required=False,
        max_length=CARD_LENGTH,
        rows=3,
    )
    is_right = Tick(
        "The person has heard this and says that it is right",
        hint="Do this at each contact. It holds at once, also for what waits to be sent; nobody is told",
        missing="Go through it with the person, then tick this box",
    )


def _on_card(card: SafeContact) -> dict[str, Any]:
    ways = [way.value for way in Way if way in card.ways] or [SafeContactForm.NONE]
    return {
        "ways": ways,
        "may_leave_voicemail": card.may_leave_voicemail,
        "safe_times": card.safe_times,
        "language": card.language,
        "needs": card.needs,
        "not_to": card.not_to,
    }


class Consent(Ways):
    """The statements of the form in force, how consent was given, and how the person is reached."""

    def __init__(self, *args: Any, under: ConsentForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [statement.code for statement in under.statements]
        for statement in under.statements:
            hint = "" if statement.is_required else "The person may say no to this and still take part"
            self.fields[statement.code] = YesNo(statement.text, hint=hint, missing="Answer yes or no")
        self.fields["capacity_confirmed"] = YesNo("Does the person have capacity to decide about this now?")
        routes = [(route.value, route.sentence) for route in ConsentRoute]
        self.fields["how"] = OneOf("How was consent given?", routes)
        self.order_fields([*self.codes, "capacity_confirmed", "how", *WAYS])

    def statements(self) -> dict[str, bool]:
        """Every answer by its statement's code."""
        return {code: self.cleaned_data[code] for code in self.codes}


class Told(Form):
    """What a person told somebody of their choices."""

    scope = OneOf("What is it about?", [(scope.value, scope.sentence) for scope in CHANGEABLE])
    is_open = YesNo("Does the person agree to it from now on?", missing="Choose yes or no")
    from_on = Day("Day on which they said so")
    words = Words(
        "Their own words, if they gave any",
        hint="Only the trial office reads this; leave out visits, workers and parcels all the same",
        required=False,
        max_length=WORDS_LENGTH,
        rows=3,
    )

    def choice(self) -> Choice:
        """The choice as the rules take it."""
        said = self.cleaned_data
        return Choice(Scope(said["scope"]), said["is_open"], said["from_on"], said["words"])


class Death(Form):
    """The day on which somebody died."""

    died_on = Day("Day of death", hint="As it stands in the records, or as the family says")

    def day(self) -> date:
        """The day."""
        day: date = self.cleaned_data["died_on"]
        return day


class DeathAgain(Form):
    """A day of death that is put right, or a death that was recorded by mistake."""

    what_is_wrong = OneOf(
        "What is wrong?", [("day", "The day is wrong"), ("person", "This person has not died")]
    )
    died_on = Day("The right day of death", hint="Leave empty if the person has not died", required=False)
    why_put_right = OneOf("How do you know?", [(one.value, one.sentence) for one in DeathPutRight])

    def clean(self) -> dict[str, Any]:
        """A wrong day needs the right one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_day = said.get("what_is_wrong") == "day" and "died_on" not in self.errors
        if is_day and said.get("died_on") is None:
            self.add_error("died_on", "Enter the right day of death")
        return said

    def day(self) -> date | None:
        """The right day; None where the person has not died."""
        day: date | None = self.cleaned_data["died_on"]
        return day if self.cleaned_data["what_is_wrong"] == "day" else None

    def why(self) -> DeathPutRight:
        """Why it is put right."""
        return DeathPutRight(self.cleaned_data["why_put_right"])
