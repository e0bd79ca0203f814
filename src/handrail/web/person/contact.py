"""How the person is reached safely: theirs to change, at once, and nobody is sent a word about it.

The page shows neither an address nor whom not to speak to: whoever holds the phone might be the one. What was
written of whom not to speak to stays until it is replaced or taken away.
"""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import Refused
from handrail.domain.safe_contact import SafeContact
from handrail.domain.words import Role
from handrail.records.people import actions
from handrail.records.people import safe_contact as cards
from handrail.web.person.contact_forms import OwnSafeContact
from handrail.web.person.own import own
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.person_steps import CARD_FIELDS


@audience(Role.PERSON, takes_forms=True)
def safe_contact(request: PageRequest) -> HttpResponse:
    """Which ways are safe, and when."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    now = cards.card(mine.person_id)
    form = OwnSafeContact(request.POST or None, now=replace(now, not_to="") if now else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_safe_contact(
                mine.person_id, _with_note(form, now), by=mine.person_id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons, CARD_FIELDS)
        else:
            say(request, "We have kept this. It holds from now on.")
            return redirect("person:today")
    context = {"form": form, "has_note": bool(now and now.not_to)}
    return render(request, "person/safe_contact.html", context)


def _with_note(form: OwnSafeContact, now: SafeContact | None) -> SafeContact:
    """The card, with what was written before of whom not to speak to, unless it is replaced or taken away."""
    said = form.card()
    if said.not_to or form.cleaned_data["forgets_note"] or now is None:
        return said
    return replace(said, not_to=now.not_to)
