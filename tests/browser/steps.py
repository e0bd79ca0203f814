"""Steps that more than one role takes, as sentences for stories."""

from __future__ import annotations

from django.conf import settings

from tests.browser.story import Story


def screen(story: Story, name: str) -> None:
    """Screen the person on whose page one is; each answer makes them eligible."""
    story.press("Record a screening")
    story.see("Screening", name)
    for criterion in settings.PROTOCOL.eligibility.criteria:
        story.choose(criterion.question, "Yes" if criterion.eligible_answer else "No")
    story.press("Record this screening")
    story.hear("Eligible.")


def take_consent(story: Story, name: str) -> None:
    """Take the consent, to everything, of the person on whose page one is."""
    story.press("Record consent")
    story.see("Consent, form", name)
    for statement in settings.PROTOCOL.consent_forms[0].statements:
        story.choose(statement.text, "Yes")
    story.choose("Does the person have capacity to decide about this now?", "Yes")
    story.choose("How was consent given?", "On paper, face to face")
    story.tick("The person has heard these details")
    story.press("Record this consent")
    story.hear("Consent is on record")
