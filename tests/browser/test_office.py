"""The trial office and the administrator: screening, consent, entry, post, a judgement, an invitation."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser.steps import screen, take_consent
from tests.browser.story import Story

pytestmark = pytest.mark.slow


def find(story: Story, waits_for: str) -> None:
    """The trial manager opens the page of one person."""
    name = story.somebody(waits_for)["name"]
    story.come_in_as("trial_manager")
    story.open("Referrals")
    story.see("Referrals", "office-referrals")
    story.follow(name)
    story.see(name, f"office-{waits_for}")


def test_the_trial_manager_screens_somebody_and_takes_consent(story: Story) -> None:
    find(story, "screening")
    screen(story, "office-screen")
    take_consent(story, "office-consent")


def test_the_trial_manager_enters_somebody_once_and_for_all(story: Story) -> None:
    find(story, "entry")
    story.press("Enter the person in the trial")
    story.see("Enter the trial", "office-enter")
    story.press("Enter this person")
    story.hear("The person is in the trial")
    story.read("Offered:")


def test_the_trial_manager_posts_a_workbook(story: Story) -> None:
    story.come_in_as("trial_manager")
    story.see("Today", "office-today")
    story.open("Post")
    story.see("Workbooks by post", "office-post")
    story.follow(story.somebody("posted")["number"])
    story.see(story.somebody("posted")["number"], "office-parcel")
    story.press("It was posted today")
    story.hear("That is on record")


def test_the_trial_manager_judges_an_event_with_the_arm_beside_it(story: Story) -> None:
    story.come_in_as("trial_manager")
    story.open("Events")
    story.see("Serious adverse events", "office-events")
    story.follow(story.somebody("decision")["number"])
    story.see("event 1", "office-event")
    story.choose("How likely is it", "Unlikely")
    story.choose("Did it come to light", "No")
    story.reach(story.page.get_by_role("main").get_by_role("button"))
    story.page.keyboard.press("Enter")
    story.hear("Your judgement is signed and kept")


def test_the_trial_manager_records_that_the_sponsor_was_told(story: Story) -> None:
    number = story.somebody("interview")["number"]
    story.come_in_as("trial_manager")
    story.open("Events")
    story.follow(number)
    story.read("Overdue")
    story.follow("Record that they were told")
    story.see("The sponsor was told", "office-told")
    story.date("Day they were told", date(2015, 1, 22))
    story.write("Reference number", "SPONSOR-12")
    story.press("Keep this record")
    story.hear("That is on record")
    story.read("Told late, on 22 January 2015")
    story.look("office-event-told")


def test_the_trial_manager_records_a_deviation_and_finds_no_report_yet(story: Story) -> None:
    story.come_in_as("trial_manager")
    story.open("Deviations")
    story.see("Deviations from the protocol", "office-deviations")
    story.press("Record a deviation")
    story.see("Record a deviation", "office-new-deviation")
    story.press("Record this deviation")
    story.page.get_by_role("heading", name="There is a problem").wait_for()
    story.look("office-deviation-with-mistakes")
    story.open("Reports")
    story.see("Reports", "office-reports")


def test_an_administrator_invites_somebody_and_sees_no_records(story: Story) -> None:
    story.come_in_as("administrator")
    story.see("Accounts", "accounts-today")
    story.does_not_find(story.somebody("paired")["name"])
    story.press("Invite somebody")
    story.see("Invite somebody", "accounts-invite")
    story.write("Full name", f"Noor {story.width.title()}")
    story.write("Work e-mail address", f"noor.{story.width}@staff.example.org")
    story.pick("Role", "Researcher (masked)")
    story.press("Invite")
    story.hear("is invited")
    story.follow(f"Noor {story.width.title()}")
    story.see("Noor", "accounts-account")
    story.follow("Change role")
    story.see("Change role or team", "accounts-change")


def test_an_administrator_reviews_who_has_access(story: Story) -> None:
    story.come_in_as("administrator")
    story.follow("Review access")
    story.see("Review access", "accounts-review")
    story.tick("I went through the list")
    story.press("Record my review")
    story.hear("Your review of access is recorded")


def test_a_statistician_is_told_where_the_files_are(story: Story) -> None:
    story.come_in_as("statistician")
    story.see("You work from files", "statistician-files")
