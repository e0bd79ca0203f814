"""People's own pages: with a peer worker or with the workbook by post, on a phone and at a desk."""

from __future__ import annotations

import pytest

from tests.browser.story import Story

pytestmark = pytest.mark.slow

WORDS = "Walking by the canal, early"


def test_a_person_with_a_peer_worker_sees_what_comes_next_and_changes_a_choice(story: Story) -> None:
    story.come_in_as("paired")
    story.see("Hello", "person-today")
    story.read("Talks with a researcher")
    story.follow("What you agreed to")
    story.see("What you agreed to")
    story.follow("Change hearing about other studies")
    story.see("Hearing about other studies")
    story.choose("Do you agree to this?", "No")
    story.write("Is there anything you want to say about it?", "Not just now")
    story.press("Keep my choice")
    story.hear("Your choice is kept")
    answer = story.page.locator(".nhsuk-summary-list__row", has_text="Hearing about other studies")
    assert answer.get_by_role("definition").first.inner_text() == "No"


def test_a_person_writes_in_the_workbook_and_finds_it_again(story: Story) -> None:
    story.come_in_as("paired")
    story.follow("Your workbook")
    story.see("Your workbook")
    story.follow("What recovery means to me")
    story.see("What recovery means to me")
    story.follow("What is in a good day for you?")
    story.page.get_by_role("button", name="Keep this").wait_for()
    box = story.page.get_by_role("main").get_by_role("textbox").first
    story.reach(box)
    story.page.keyboard.press("Control+A")
    story.page.keyboard.type(WORDS)
    story.press("Keep this")
    story.hear("Kept. You can change it when you like.")
    story.go("/you/book")
    story.read("In progress")
    story.follow("What recovery means to me")
    story.read(WORDS)
    story.follow("What is in a good day for you?")
    story.page.get_by_role("button", name="Keep this").wait_for()
    assert box.input_value() == WORDS


def test_a_person_with_the_post_has_no_workbook_online_and_no_meetings(story: Story) -> None:
    story.come_in_as("posted")
    story.see("Hello", "person-today-by-post")
    story.does_not_find("workbook")
    story.does_not_find("My plan")
    story.does_not_find("meeting")
    story.go("/you/book")
    story.see("Page not found")


def test_a_person_thinks_twice_about_stopping(story: Story) -> None:
    story.come_in_as("posted")
    story.go("/you/choices")
    story.press("Stop the programme")
    story.see("Stop the programme")
    story.follow("Cancel")
    story.see("What you agreed to")


def test_a_page_enlarged_to_400_per_cent_needs_no_sideways_scrolling(narrow_story: Story) -> None:
    for path in ("/", "/code", "/code/enter", "/help", "/sign-in"):
        narrow_story.go(path)
        narrow_story.look()
    narrow_story.come_in_as("paired")
    own = ("/you/", "/you/choices", "/you/choices/records", "/you/stop", "/you/plan", "/you/plan/first")
    book = (
        "",
        "/recovery",
        "/recovery/good_day",
        "/people_places/people",
        "/early_signs/signs/sort/thinking",
    )
    for path in (*own, "/you/plan/card", *(f"/you/book{place}" for place in book)):
        narrow_story.go(path)
        narrow_story.look(f"narrow{path.replace('/', '-')}")


def test_a_person_changes_a_choice_without_javascript(still_story: Story) -> None:
    still_story.come_in_as("posted")
    still_story.see("Hello")
    still_story.follow("What you agreed to")
    still_story.see("What you agreed to")
    still_story.follow("Change hearing about other studies")
    still_story.see("Hearing about other studies")
    still_story.choose("Do you agree to this?", "No")
    still_story.press("Keep my choice")
    still_story.see("What you agreed to")
    still_story.read("Your choice is kept")
