"""Passwords that anybody would try first here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

OURS = ("handrail", "peersupport", "crisis", "recovery", "workbook", "hospital", "password")


class NotOurWords:
    """Refuses a password that is one of our own words, or the holder's name, with a few signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        letters = "".join(char for char in password.lower() if char.isalpha())
        names = str(getattr(user, "name", "")).lower().split() + str(
            getattr(user, "email", "")
        ).lower().split("@")
        words = [word for word in (*OURS, *names) if len(word) > 3]
        if any(letters == "".join(char for char in word if char.isalpha()) for word in words):
            raise ValidationError(
                "Choose a password that is not just a name or one of our words.", code="ours"
            )

    def get_help_text(self) -> str:
        """What people read beforehand."""
        return "Not just a name, or a word such as handrail."
