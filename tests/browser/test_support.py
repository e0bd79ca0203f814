"""Those who meet people and those who stand behind them: peer worker, supervisor, duty clinician."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser.story import Story

pytestmark = pytest.mark.slow


def test_a_peer_worker_says_how_a_meeting_went_and_plans_the_next(story: Story) -> None:
    person = story.somebody("paired")["name"].split()[0]
    story.come_in_as("peer_worker")
    story.see("Today", "peer-today")
    story.follow(person)
    story.see(person, "peer-person")
    story.follow("Say how it went")
    story.see("How it went", "peer-meeting")
    story.choose("How did it go?", "We met")
    story.write("How long did you meet, in minutes?", "50")
    story.choose("Where did you meet?", "Somewhere in the community")
    story.press("Keep this")
    story.hear("That was kept")
    story.see("Meeting 1 with", "peer-meeting-log")
    story.follow(person)
    story.read("1 of up to 10")
    story.press("Plan a meeting")
    story.see("Plan a meeting", "peer-plan")
    story.date("Which day?", date(2015, 2, 2))
    story.write("What time?", "14:30")
    story.press("Plan this meeting")
    story.hear("The meeting is planned")
    story.read("2 February 2015 at 2:30pm")


def test_a_peer_worker_passes_a_worry_on_after_telephoning(story: Story) -> None:
    person = story.somebody("paired")["name"].split()[0]
    story.come_in_as("peer_worker")
    story.follow(person)
    story.press(f"I’m worried about {person}")
    story.see("I’m worried about", "peer-worry")
    story.choose("What have you done, or what is needed?", "Talk with a supervisor today")
    story.write("What did you see or hear?", "Very tired, and not eating.")
    story.write("What does the person want?", "A visit tomorrow")
    story.choose("Have you told the person that you are passing this on?", "Yes")
    story.press("Pass this on")
    story.hear("Your worry was passed on")


def test_a_worry_without_words_is_not_sent_and_the_page_says_why(story: Story) -> None:
    person = story.somebody("paired")["name"].split()[0]
    story.come_in_as("peer_worker")
    story.follow(person)
    story.press(f"I’m worried about {person}")
    story.see("I’m worried about", "peer-worry")
    story.press("Pass this on")
    story.page.get_by_role("heading", name="There is a problem").wait_for()
    story.look("peer-worry-with-a-mistake")
    story.follow("Say what you saw or heard")
    assert story.page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_a_supervisor_pairs_somebody_with_a_peer_worker(story: Story) -> None:
    person = story.somebody("waiting")["name"]
    story.come_in_as("peer_supervisor")
    story.see("Pairs", "supervisor-pairs")
    story.follow(person)
    story.see("Choose a peer worker")
    story.reach(story.page.get_by_role("radio").first)
    story.page.keyboard.press("Space")
    story.press("Pair the two")
    story.hear("The two are paired")


def test_a_duty_clinician_takes_a_worry_up_and_answers_it(story: Story) -> None:
    wanted = "The crisis team is needed now" if story.is_phone else "Talk with a supervisor today"
    person = story.somebody("paired")["name"]
    story.come_in_as("duty_clinician")
    story.see("Worries about people", "duty-today")
    story.follow(wanted)
    story.see("A worry that waits", "duty-waiting")
    story.does_not_find(person)
    story.press("Take this up")
    story.hear("You have taken this up")
    story.see(person, "duty-concern")
    story.write("What you did", "Spoke on the telephone; a visit tomorrow at ten.")
    story.press("Keep this answer")
    story.hear("Your answer was kept")


def test_a_code_is_given_attendance_is_asked_about_and_the_office_looks_before_the_lock(story: Story) -> None:
    name = story.somebody("paired")["name"]
    story.come_in_as("peer_worker")
    story.follow(name.split()[0])
    story.follow(f"Give {name.split()[0]} a sign-in code")
    story.see("Give a sign-in code", "peer-code")
    story.press("Show a code")
    story.read("It works once, for ten minutes")
    story.look("peer-code-shown")
    story.come_in_as("peer_supervisor")
    story.see("Pairs", "supervisor-pairs-current-and-finished")
    story.follow(name)
    story.follow("Nobody can tell which meetings were held")
    story.see("Attendance is not known", "supervisor-attendance")
    story.press("Attendance is not known")
    story.page.get_by_role("heading", name="There is a problem").wait_for()
    story.look("supervisor-attendance-with-a-mistake")
    story.come_in_as("trial_manager")
    story.open("Lock")
    story.see("Locking the data", "office-lock")
    story.read("/locks/lock-")
