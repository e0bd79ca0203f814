"""The administrator's forms."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from handrail.domain.words import IdentityCheck, Role
from handrail.web.shared.forms import Day, Email, Form, Line, Listed, OneOf, Tick

NO_TEAM = "No team"
# Which field a rule's reason belongs to.
WHERE = {
    "email_wrong": "email",
    "email_taken": "email",
    "name_missing": "name",
    "text_odd": "name",
    "text_too_long": "name",
    "team_missing": "team_code",
    "team_unknown": "team_code",
    "knows_arms": "role",
    "last_administrator": "role",
    "not_your_own_role": "role",
}


def roles() -> list[tuple[str, str]]:
    """Roles of staff, as people read them."""
    return [(role.value, role.sentence) for role in Role if role is not Role.PERSON]


def teams() -> list[tuple[str, str]]:
    """The programme's teams, by code and name."""
    return [(team.code, team.name) for team in settings.PROTOCOL.programme.teams]


class Post(Form):
    """What an account is here to do."""

    role = Listed("Role", missing="Choose a role")
    team_code = Listed(
        "Team", hint="Crisis team members, peer supervisors and duty clinicians need one.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Choose a role"), *roles()]  # type: ignore[attr-defined]
        self.fields["team_code"].choices = [("", NO_TEAM), *teams()]  # type: ignore[attr-defined]

    @property
    def post(self) -> tuple[Role, str]:
        """The role and team chosen."""
        return Role(self.cleaned_data["role"]), self.cleaned_data["team_code"]


class Invitation(Post):
    """A new account."""

    name = Line("Full name", missing="Enter their full name", autocomplete="off", max_length=120)
    email = Email("Work e-mail address", missing="Enter their work e-mail address", autocomplete="off")
    field_order = ("name", "email", "role", "team_code")


class Leaving(Form):
    """The day somebody leaves."""

    left_on = Day("Last working day", missing="Enter their last working day", hint="For example, 27 3 2026")


class Reset(Form):
    """How the administrator made sure who asks."""

    checked = OneOf(
        "How did you make sure it is them?",
        [(check.value, check.sentence) for check in IdentityCheck],
        missing="Say how you made sure it is them",
    )
    is_sure = Tick(
        "I understand that this ends their password, their second step and every session of theirs",
        missing="Tick the box to go on",
    )


class Review(Form):
    """The administrator stands by the list."""

    is_right = Tick(
        "I went through the list: everybody on it still works here, in this role",
        missing="Tick the box when you have gone through the list",
    )
