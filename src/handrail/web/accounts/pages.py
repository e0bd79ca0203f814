"""The administrator's pages: who has access, and how it is guarded. Accounts only; no records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.account import Appointment, teams_without, why_not_leave, why_not_reset
from handrail.domain.dates import local_date
from handrail.domain.refusal import Refused
from handrail.domain.words import IdentityCheck, Role
from handrail.exchange import crisis_file as crisis
from handrail.journey import admit
from handrail.records.accounts import access, actions, facts, sign_in
from handrail.web.accounts import forms
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say, whom_to_ask
from handrail.web.shared.letters import send

REVIEW_EVERY = timedelta(days=92)  # access is reviewed each quarter


@audience(Role.ADMINISTRATOR)
def today(request: PageRequest) -> HttpResponse:
    """Who has access, and what waits for the administrator."""
    everyone, last = access.everyone(), access.last_review()
    now = clock.now()
    shown = {
        "active": [one for one in everyone if one.account.is_active],
        "left": [one for one in everyone if not one.account.is_active],
        "last_review": last,
        "is_review_due": last is None or now - last.reviewed_at > REVIEW_EVERY,
        "old_lines": crisis.overdue(settings.CRISIS_LINES, on=local_date(now)),
        "unchecked_lines": crisis.unchecked(settings.CRISIS_LINES),
        "office": whom_to_ask(is_synthetic=facts.is_synthetic()),
        "on": local_date(now),
        "teams": dict(forms.teams()),
        "without_duty": _without_duty(everyone),
    }
    return render(request, "accounts/today.html", shown)


@audience(Role.ADMINISTRATOR, takes_forms=True)
def invite(request: PageRequest) -> HttpResponse:
    """Invite somebody."""
    form = forms.Invitation(request.POST or None)
    if form.is_valid():
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        try:
            account_id = actions.invite(
                email,
                name,
                *form.post,
                under=settings.PROTOCOL.programme,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal.reasons, forms.WHERE)
        else:
            _send_link(request, account_id, f"{name} is invited.")
            return redirect("accounts:today")
    return render(request, "accounts/invite.html", {"form": form})


@audience(Role.ADMINISTRATOR)
def account(request: PageRequest, account_id: UUID) -> HttpResponse:
    """One account."""
    holder = facts.holder(account_id)
    shown = {
        "one": access.one(account_id),
        "teams": dict(forms.teams()),
        "why_not_leave": why_not_leave(holder),
        "why_not_reset": why_not_reset(holder, is_self=account_id == request.viewer.id),
    }
    return render(request, "accounts/account.html", shown)


@audience(Role.ADMINISTRATOR, takes_forms=True)
def change(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Change somebody's role or team."""
    one = facts.account(account_id)
    form = forms.Post(request.POST or None, initial={"role": one.role.value, "team_code": one.team_code})
    if form.is_valid():
        try:
            actions.change(
                account_id,
                *form.post,
                under=settings.PROTOCOL.programme,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal.reasons, forms.WHERE)
        else:
            say(request, f"{one.name} has the new role from their next page on.")
            return redirect("accounts:account", account_id)
    return render(request, "accounts/change.html", {"form": form, "one": one})


@audience(Role.ADMINISTRATOR, takes_forms=True)
def leave(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Close the account of somebody who leaves."""
    one, reasons = facts.account(account_id), why_not_leave(facts.holder(account_id))
    form = forms.Leaving(request.POST or None, initial={"left_on": local_date(clock.now())})
    if form.is_valid():
        actions.leave(account_id, form.cleaned_data["left_on"], by=request.viewer.id, at=clock.now())
        say(request, f"{one.name} cannot get in any more.")
        return redirect("accounts:today")
    return render(request, "accounts/leave.html", {"form": form, "one": one, "reasons": reasons})


@audience(Role.ADMINISTRATOR, takes_forms=True)
def send_link(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Send a fresh link to choose a password; earlier links still work until one is used."""
    if request.method == "POST":
        _send_link(request, account_id)
    return redirect("accounts:account", account_id)


@audience(Role.ADMINISTRATOR, takes_forms=True)
@reauthentication_required(app="handrail.accounts")
def reset(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Start somebody afresh who lost their second factor; asks the administrator for their own first."""
    one = facts.account(account_id)
    reasons = why_not_reset(facts.holder(account_id), is_self=account_id == request.viewer.id)
    form = forms.Reset(request.POST or None)
    if form.is_valid():
        checked = IdentityCheck(form.cleaned_data["checked"])
        sign_in.reset_second_factor(account_id, checked=checked, by=request.viewer.id, at=clock.now())
        _send_link(request, account_id, f"{one.name} starts afresh.")
        return redirect("accounts:account", account_id)
    return render(request, "accounts/reset.html", {"form": form, "one": one, "reasons": reasons})


@audience(Role.ADMINISTRATOR, takes_forms=True)
def review(request: PageRequest) -> HttpResponse:
    """Go through everybody who has access, and stand by it."""
    form = forms.Review(request.POST or None)
    if form.is_valid():
        sign_in.review_access(by=request.viewer.id, at=clock.now())
        say(request, "Your review of access is recorded.")
        return redirect("accounts:today")
    active = [one for one in access.everyone() if one.account.is_active]
    shown = {
        "form": form,
        "active": active,
        "last_review": access.last_review(),
        "teams": dict(forms.teams()),
    }
    return render(request, "accounts/review.html", shown)


def _send_link(request: PageRequest, account_id: UUID, done: str = "") -> None:
    letter = admit.invitation(account_id, address=settings.ADDRESS)
    sent = send(letter)
    how = f"A link to choose a password is on its way to {letter.to}."
    failed = "The link could not be sent: when mail works again, send a new link from their page."
    say(request, f"{done} {how if sent else failed}".strip())


def _without_duty(everyone: Sequence[access.Access]) -> list[str]:
    """The names of the teams about whose people nobody would see a worry."""
    posts = [
        Appointment(one.account.role, one.account.team_code) for one in everyone if one.account.is_active
    ]
    names = dict(forms.teams())
    return [names[code] for code in teams_without(Role.DUTY_CLINICIAN, posts, teams=names)]
