"""Those who may not know what anybody is offered: the crisis team and masked staff of the study."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests import synthetic
from tests.browser.story import Story

pytestmark = pytest.mark.slow

QUESTIONNAIRES = {
    "Questionnaire about the Process of Recovery, 15 items (QPR-15)": "3 " * 15,
    "UCLA Loneliness Scale, 8 items (ULS-8)": "2 1 - 4 3 2 1 2",
}


def open_person(story: Story, waits_for: str) -> None:
    """The researcher opens the page of one person by study number."""
    number = story.somebody(waits_for)["number"]
    story.come_in_as("researcher")
    story.see("Today", "researcher-today")
    story.follow(number)
    story.see(number, f"researcher-{waits_for}")


def answer(story: Story) -> None:
    """The researcher types what was answered."""
    for title, answers in QUESTIONNAIRES.items():
        story.write(title, answers.strip())


def test_a_crisis_team_refers_somebody_and_sees_where_they_are(story: Story) -> None:
    story.come_in_as("crisis_team")
    story.see("Referrals", "team-today")
    story.press("Refer somebody")
    story.see("Refer somebody", "team-refer")
    story.write("First name", "Newly")
    story.write("Last name", story.width.title())
    story.date("Date of birth", date(1984, 3, 15))
    story.write("NHS number", synthetic.nhs_number(700 if story.is_phone else 701))
    story.write("Telephone number", "020 7946 0123")
    story.date("First day on the team's caseload", date(2015, 1, 5))
    story.date("Day of discharge from the team", date(2015, 1, 20))
    story.choose("Has the person agreed that a researcher may contact them?", "Yes")
    story.press("Send the referral")
    story.hear("The referral was sent")
    story.follow(f"Newly {story.width.title()}")
    story.see("Newly", "team-referral")
    story.read("Referred, not screened yet")


def test_a_referral_with_mistakes_is_told_field_by_field(story: Story) -> None:
    story.come_in_as("crisis_team")
    story.go("/team/refer")
    story.write("First name", "Halfway")
    story.write("NHS number", "999 123 4567")
    story.press("Send the referral")
    story.page.get_by_role("heading", name="There is a problem").wait_for()
    story.look("team-refer-with-mistakes")
    assert story.page.get_by_label("First name", exact=True).input_value() == "Halfway"


def test_a_researcher_records_a_baseline(story: Story) -> None:
    open_person(story, "baseline")
    story.follow("Record this interview")
    story.see("Baseline", "researcher-baseline-form")
    story.choose("Gender, as the person describes it", "Woman")
    story.choose("Ethnic group", "Mixed or multiple groups")
    story.choose("Housing", "Supported housing")
    story.choose("Was this the first time with a crisis team?", "No")
    story.choose("How was the interview held?", "By telephone")
    answer(story)
    story.press("Keep this interview")
    story.hear("That was kept")
    story.read("15 answered, total 45")


def test_a_researcher_books_an_interview_and_records_it(story: Story) -> None:
    open_person(story, "interview")
    story.follow("Book 4 months")
    story.see("4 months", "researcher-book")
    story.date("Which day?", date(2015, 1, 28))
    story.choose("How will it be held?", "Face to face")
    story.press("Book this interview")
    story.hear("That was kept")
    story.follow("Record 4 months")
    story.see("4 months", "researcher-record")
    story.date("Day of the interview", date(2015, 1, 26))
    story.choose("How was the interview held?", "Face to face")
    answer(story)
    story.press("Keep this interview")
    story.hear("That was kept")
    story.read("7 answered")


def test_a_researcher_gives_a_code_with_which_a_person_comes_in(story: Story) -> None:
    number = story.somebody("decision")["number"]
    story.come_in_as("researcher")
    story.open("People")
    story.see("People", "researcher-people")
    story.follow(number)
    story.see(number)
    story.press("Give a sign-in code")
    story.see("Give a sign-in code")
    story.press("Show a code")
    story.read("It works once")
    story.look("researcher-code")
    shown = re.search(r"\d{4} \d{4}", story.page.get_by_role("main").inner_text())
    assert shown
    story.change_places()
    story.go("/code/enter")
    story.write("Your e-mail address, mobile number or study number", number)
    story.write("Your code", shown[0])
    story.press("Sign in")
    story.follow("Skip for now")
    story.see("Hello Devon")


def test_a_researcher_records_an_adverse_event_and_corrects_it(story: Story) -> None:
    number = story.somebody("entry")["number"]
    story.come_in_as("researcher")
    story.open("People")
    story.follow(number)
    story.press("Record an adverse event")
    story.see("Record an adverse event", "researcher-event")
    story.date("Day it began", date(2015, 1, 22))
    story.date("Day the trial team came to know", date(2015, 1, 24))
    story.choose("What kind of event?", "Something else")
    story.choose("How did it come to light?", "At an interview")
    story.press("Record this event")
    story.hear("The event is on record")
    story.open("Events")
    story.follow(number)
    story.follow("Correct this record")
    story.see("Correct an event", "researcher-correct-event")
    story.choose("How did it come to light?", "The person told us")
    story.choose("Why is it corrected?", "It was typed wrongly")
    story.press("Keep the corrected record")
    story.hear("The corrected record stands")
    story.read("What was on record before")


def test_a_data_desk_sends_a_file_sees_what_is_refused_and_keeps_it(story: Story, tmp_path: Path) -> None:
    number = story.somebody("interview")["number"]
    file = tmp_path / f"ward-{story.width}.csv"
    rows = ["person_id,service,provider,start,end", f"{number},ward,trust-2,2015-01-10,2015-01-14"]
    rows += [f"{number},ambulance,trust-2,2015-01-10,2015-01-10"]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    story.come_in_as("data_desk")
    story.see("Today", "data-desk-today")
    story.follow("Records")
    story.see("Acute-care records", "data-desk-files")
    story.press("Send in a file")
    story.see("Send in a file", "data-desk-send")
    story.attach("Records file", file)
    story.date("The file is complete up to", date(2015, 1, 20))
    story.press("Check this file")
    story.see("Keep this file?", "data-desk-checked")
    story.read("1 row")
    story.press("Keep this file")
    story.hear("The file is kept")
    story.follow(file.name)
    story.see(file.name, "data-desk-file")


def test_a_data_desk_is_told_what_is_wrong_with_a_file(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("who,what\n1,2\n", encoding="utf-8")
    story.come_in_as("data_desk")
    story.go("/study/records/send")
    story.attach("Records file", file)
    story.date("The file is complete up to", date(2015, 1, 20))
    story.press("Check this file")
    story.page.get_by_role("heading", name="There is a problem").wait_for()
    story.look("data-desk-bad-file")


def test_an_adjudicator_reads_the_episodes_and_decides(story: Story) -> None:
    number = story.somebody("decision")["number"]
    story.come_in_as("adjudicator")
    story.see("Today", "adjudicator-today")
    story.follow("Outcomes")
    story.see("Outcomes to decide", "adjudicator-outcomes")
    story.follow(number)
    story.see(number, "adjudicator-decide")
    story.reach(story.page.get_by_role("radio").first)
    story.page.keyboard.press("Space")
    story.write("If readmitted: on which day after entry?", "60")
    story.write("On what grounds?", "The notes show that the first spell had ended.")
    story.press("Keep this decision")
    story.hear("The decision is kept")


def test_a_safety_reviewer_answers_one_question_and_signs(story: Story) -> None:
    number = story.somebody("interview")["number"]
    story.come_in_as("safety_reviewer")
    story.see("Today", "safety-today")
    story.follow("Events to review")
    story.see("Adverse events", "safety-events")
    story.follow(number)
    story.see(f"{number}, event 1", "safety-event")
    story.choose("If this person had been offered the programme", "No")
    story.press("Sign this answer")
    story.hear("Your answer is signed and kept")


def test_a_service_manager_sees_progress_for_everybody_together(story: Story) -> None:
    story.come_in_as("service_manager")
    story.see("Today", "service-manager-today")
    story.reach(story.page.get_by_role("main").get_by_role("link", name="Progress"))
    story.page.keyboard.press("Enter")
    story.see("Progress", "service-manager-progress")
    story.read("In the trial, being followed up")
