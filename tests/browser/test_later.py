"""What is told and learnt of a person besides interviews: from screening to a death, and a move."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from tests.browser.story import Story

pytestmark = pytest.mark.slow
TODAY = date(2015, 1, 26)


def take_in(story: Story) -> None:
    """The researcher screens somebody who was referred, and takes their consent."""
    story.press("Record a screening")
    for criterion in settings.PROTOCOL.eligibility.criteria:
        story.choose(criterion.question, "Yes" if criterion.eligible_answer else "No")
    story.press("Record this screening")
    story.hear("Eligible.")
    story.press("Record consent")
    story.see("Consent, form", "researcher-consent")
    for statement in settings.PROTOCOL.consent_forms[0].statements:
        story.choose(statement.text, "Yes")
    story.choose("Does the person have capacity to decide about this now?", "Yes")
    story.choose("How was consent given?", "On paper, face to face")
    story.tick("The person has heard these details")
    story.press("Record this consent")
    story.hear("Consent is on record")


def test_a_researcher_takes_consent_and_records_what_becomes_known_later(story: Story) -> None:
    name = story.somebody("asking")["name"]
    story.come_in_as("researcher")
    story.follow("for screening or to be asked for consent")
    story.see("Referrals", "researcher-referrals")
    story.follow(name)
    story.see(name, "researcher-referral")
    take_in(story)
    story.follow("Interviews and choices of")
    story.follow("Record a choice told to us")
    story.see("A choice told to us", "researcher-choice")
    story.choose("What is it about?", "Being contacted about other studies")
    story.choose("Does the person agree to it from now on?", "No")
    story.date("Day on which they said so", TODAY)
    story.press("Keep this choice")
    story.hear("The person’s choice is kept")
    story.read("Being contacted about other studies: no.")
    story.follow("Change telephone")
    story.see("Contact details", "researcher-contact")
    story.write("Telephone number", "020 7946 0555")
    story.tick("The person has heard these details")
    story.press("Keep these details")
    story.hear("The contact details are kept")
    story.follow("Record a death")
    story.see("Record a death", "researcher-death")
    story.date("Day of death", TODAY)
    story.press("Record this death")
    story.hear("The death is on record")
    story.read("died on 26 January 2015")
    story.follow("Put this right")
    story.see("Put a death right", "researcher-death-again")


def test_a_data_desk_records_a_move_and_takes_it_back(story: Story) -> None:
    number = story.somebody("posted")["number"]
    story.come_in_as("data_desk")
    story.follow("Records")
    story.follow("People who moved away")
    story.see("Moved away", "data-desk-moved")
    story.press("Record that somebody moved away")
    story.see("Record that somebody moved away", "data-desk-move")
    story.write("Study number", number)
    story.date("Last day in the area", date(2015, 1, 24))
    story.press("Record this move")
    story.hear("The move is on record")
    story.follow(f"Take back the move of {number}")
    story.see("Take back a move", "data-desk-move-back")
    story.press("Take this back")
    story.hear("The move is taken back")
