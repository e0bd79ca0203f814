"""What is told and learnt of a person besides interviews: from screening to a death, and a move."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser.steps import screen, take_consent
from tests.browser.story import Story

pytestmark = pytest.mark.slow
TODAY = date(2015, 1, 26)


def test_a_researcher_takes_consent_and_records_what_becomes_known_later(story: Story) -> None:
    name = story.somebody("asking")["name"]
    story.come_in_as("researcher")
    story.follow("for screening or to be asked for consent")
    story.see("Referrals", "researcher-referrals")
    story.follow(name)
    story.see(name, "researcher-referral")
    screen(story, "researcher-screen")
    take_consent(story, "researcher-consent")
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
