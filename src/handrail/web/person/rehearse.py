"""Trying the plan out on a calm day: nothing is kept unless somebody writes it, and nothing calls anybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.plan import rehearsal
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.web.person.desk import sit
from handrail.web.person.plan import plan_of
from handrail.web.shared.access import PageRequest, audience

STEPS = ("find", "say", "numbers", "put-off")


@audience(Role.PERSON)
def rehearse(request: PageRequest, step: str = STEPS[0]) -> HttpResponse:
    """One step of it. Raises: NotFound for a step that is none."""
    desk = sit(request)
    if step not in STEPS:
        raise NotFound("step")
    place = STEPS.index(step)
    context = {
        "step": step,
        "caption": f"Step {place + 1} of {len(STEPS)}",
        "next": STEPS[place + 1] if place + 1 < len(STEPS) else "",
        "plan": rehearsal(plan_of(desk)),
    }
    return render(request, "person/rehearse.html", context)
