"""The form by which a person shows something to somebody: to whom, until when, and who is named in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from handrail.domain.sharing import LONGEST_NAME, USUAL_DAYS, Item, NewShare, SharedWith
from handrail.domain.workbook import Card
from handrail.web.shared.forms import AnyOf, Day, Form, Line, OneOf


class ShareForm(Form):
    """``worker`` is the name of the person's peer worker, empty where they have none; ``named``: the cards
    that name somebody."""

    shared_with = OneOf("Who would you like to share it with?", missing="Choose who it is for")
    name = Line(
        "What do you call them?",
        hint="Leave this empty for your peer worker. A first name is enough.",
        required=False,
        max_length=LONGEST_NAME,
        small=True,
        autocomplete="off",
    )
    until_on = Day("Until which day?", hint="You can stop sooner, at any time.", missing="Choose a day")

    def __init__(
        self, *args: Any, item: Item, worker: str, named: tuple[Card, ...], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.worker = item, worker
        kinds = [kind for kind in SharedWith if worker or kind.is_by_link]
        words = {SharedWith.WORKER: f"{SharedWith.WORKER.sentence}, {worker}"}
        chosen = [(kind.value, words.get(kind, kind.sentence)) for kind in kinds]
        self.fields["shared_with"].choices = chosen  # type: ignore[attr-defined]
        self.fields["until_on"].initial = on + timedelta(days=USUAL_DAYS)
        if named:
            self.fields["people"] = AnyOf(
                "Which of these names may they see?",
                [(str(card.id), card.text("who")) for card in named],
                hint="Your peer worker sees all names. Others see only those that you tick.",
                required=False,
                small=True,
            )

    def clean(self) -> dict[str, Any]:
        """What was chosen: somebody with a link has a name."""
        said: dict[str, Any] = super().clean() or {}
        kind = said.get("shared_with")
        if kind and SharedWith(kind).is_by_link and not said.get("name", "").strip():
            self.add_error("name", "Say who it is for. A first name is enough.")
        return said

    def clean_request_key(self) -> str:
        """The form's own number, which is the share's. Raises: ValidationError."""
        try:
            return str(UUID(self.cleaned_data["request_key"]))
        except ValueError:
            raise forms.ValidationError("Open this page again, and send it from there") from None

    def share(self) -> NewShare:
        """The share as the rules take it."""
        said = self.cleaned_data
        kind = SharedWith(said["shared_with"])
        people = frozenset(UUID(one) for one in said.get("people", ()))
        return NewShare(self.item, kind, said["name"].strip(), said["until_on"], people)

    def who(self) -> str:
        """What the other is called."""
        new = self.share()
        return new.name if new.shared_with.is_by_link else self.worker
