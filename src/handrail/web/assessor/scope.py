"""Whom a masked viewer may see: everybody, or their own team's people where the account has a team."""

from __future__ import annotations

from uuid import UUID

from handrail.domain.refusal import NotFound
from handrail.domain.safety import EventFacts
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import RegistrationFacts
from handrail.records.referral import facts as referrals
from handrail.records.referral.facts import ReferralFacts
from handrail.records.safety import facts as safety
from handrail.web.shared.viewer import Viewer


def referral(viewer: Viewer, referral_id: UUID) -> ReferralFacts:
    """One referral within the viewer's scope. Raises: NotFound, also outside it."""
    found = referrals.referral(referral_id)
    if viewer.team_code not in ("", found.team_code):
        raise NotFound("referral")
    return found


def registration(viewer: Viewer, registration_id: UUID) -> RegistrationFacts:
    """One registered person within the viewer's scope. Raises: NotFound, also outside it."""
    found = enrolment.registration(registration_id)
    if viewer.team_code not in ("", found.team_code):
        raise NotFound("registration")
    return found


def event(viewer: Viewer, event_id: UUID) -> EventFacts:
    """One event within the viewer's scope, as it stands. Raises: NotFound, also outside it."""
    found = safety.event(event_id)
    if viewer.team_code not in ("", found.team_code):
        raise NotFound("event")
    return found
