"""The crisis team's one form: a referral."""

from __future__ import annotations

from handrail.domain.person import Contact, NewPerson
from handrail.domain.referral import NewReferral
from handrail.web.shared.forms import Day, Email, Form, Line, Words, YesNo

FIELD_OF = {
    "name_missing": "given_name",
    "born_on_wrong": "born_on",
    "nhs_number_wrong": "nhs_number",
    "no_agreement_to_contact": "agreed_to_contact",
    "caseload_to_come": "caseload_from",
    "discharge_too_early": "discharged_on",
    "day_to_come": "discharged_on",
    "no_contact": "telephone",
    "email_wrong": "email",
}


class Referral(Form):
    """Who is referred, how to reach them, and when the team looked after them."""

    given_name = Line("First name", width=20, autocomplete="off")
    surname = Line("Last name", width=20, autocomplete="off")
    born_on = Day("Date of birth", hint="For example, 15 3 1984")
    nhs_number = Line(
        "NHS number", hint="Ten digits, for example 999 123 4560", width=10, inputmode="numeric"
    )
    telephone = Line("Telephone number", required=False, width=20, inputmode="tel")
    email = Email("E-mail address", required=False, autocomplete="off")
    address = Words("Postal address", required=False, max_length=200, rows=3)
    postcode = Line("Postcode", required=False, width=10)
    caseload_from = Day("First day on the team's caseload")
    discharged_on = Day(
        "Day of discharge from the team",
        hint="Leave empty while the person is still on the caseload",
        required=False,
    )
    agreed_to_contact = YesNo("Has the person agreed that a researcher may contact them?")

    def new_referral(self, team_code: str) -> NewReferral:
        """What the form says, as the rules take it."""
        said = self.cleaned_data
        contact = Contact(said["email"], said["telephone"], said["address"], said["postcode"])
        person = NewPerson(said["given_name"], said["surname"], said["born_on"], said["nhs_number"], contact)
        return NewReferral(
            person, team_code, said["caseload_from"], said["discharged_on"], said["agreed_to_contact"]
        )
