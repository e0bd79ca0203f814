"""A first meeting with one phone, from the first page to a card for the wallet; and the workbook after it."""

from __future__ import annotations

import pytest

from tests.browser.story import Story

pytestmark = pytest.mark.slow

FIRST = (
    ("Name or nickname 1", "Winnie"),
    ("Telephone number 1", "020 7946 0001"),
    ("Name or nickname 2", "My sister Jo"),
    ("Telephone number 2", "020 7946 0002"),
    ("Name or nickname 3", "Ade from the allotment"),
    ("Something that helps 1", "Walk round the block"),
    ("Something that helps 2", "Put the radio on"),
    ("Something that helps 3", "Make tea and sit outside"),
    ("One small step 1", "Ring the gym about Tuesdays"),
    ("When I will get help fast", "When I have not slept for two nights"),
)
MOST_PRESSES = 5  # from the first page to the card on the screen


def test_a_first_meeting_ends_with_a_card_for_the_wallet(story: Story) -> None:
    story.come_in_as("begins")
    presses = 0
    for press, name in ((story.follow, "My plan"), (story.press, "Start my plan")):
        press(name)
        story.see(name, f"first-meeting-{presses}")
        presses += 1
    for label, words in FIRST:
        story.write(label, words)
    story.press("Keep this")
    story.hear("Kept. It is in your plan.")
    story.look("first-meeting-plan")
    story.press("A card for my wallet")
    story.see("A card for my wallet", "first-meeting-card")
    presses += 2
    for words in ("Winnie 020 7946 0001", "Walk round the block", "Ring the gym about Tuesdays", "Call 999"):
        story.read(words)
    assert presses <= MOST_PRESSES


def test_the_card_is_85_by_54_millimetres_on_paper(story: Story) -> None:
    story.come_in_as("paired")
    story.go("/you/plan/card")
    story.page.emulate_media(media="print")
    sides = story.page.locator(".hr-wallet__side").all()
    boxes = [one.bounding_box() for one in sides]
    story.page.emulate_media(media="screen")
    in_mm = [(box["width"] * 25.4 / 96, box["height"] * 25.4 / 96) for box in boxes if box]
    assert len(in_mm) == 2
    assert all(abs(width - 85) < 0.2 and abs(height - 54) < 0.2 for width, height in in_mm)


def test_the_longest_words_leave_the_numbers_on_the_card(story: Story) -> None:
    story.come_in_as("paired")
    story.go("/you/book/plan/people_to_ask")
    story.write("Name or nickname", f"{story.width} " + "Long" * 70)
    story.write("Telephone number", "020 7946 0003")
    story.press("Keep this")
    story.hear("Kept. You can add another.")
    story.go("/you/plan/card")
    story.see("A card for my wallet")
    story.page.emulate_media(media="print")
    front = story.page.locator(".hr-wallet__side").first.bounding_box()
    for words in ("Call 999", "020 7946 0003"):
        box = story.page.locator(".hr-wallet__side").get_by_text(words).first.bounding_box()
        assert front and box and box["x"] + box["width"] <= front["x"] + front["width"] + 1, words
        assert box["y"] + box["height"] <= front["y"] + front["height"] + 1, words
    story.page.emulate_media(media="screen")


def test_a_person_writes_a_card_and_puts_it_in_the_plan_by_one_tap(story: Story) -> None:
    story.come_in_as("paired")
    story.follow("Workbook")
    story.see("Your workbook", "workbook")
    story.follow("What knocks me off course")
    story.see("What knocks me off course", "workbook-part")
    story.follow("What helps you cope?")
    story.see("What helps you cope?", "workbook-cards")
    story.write("Something that helps", f"Sit by the canal on my {story.width}")
    story.choose("When does it fit?", "I have 20 minutes")
    story.press("Keep this")
    story.hear("Kept. You can add another.")
    story.look("workbook-cards-kept")
    story.press(f"Put in my plan Sit by the canal on my {story.width}")
    story.hear("It is in your plan.")
    story.follow("My plan")
    story.see("My plan", "plan")
    story.read(f"Sit by the canal on my {story.width}")


def test_a_person_sorts_signs_and_leaves_what_they_like(story: Story) -> None:
    story.come_in_as("paired")
    story.go("/you/book/early_signs/signs/sort/sleep")
    story.see("Sleep", "workbook-sort")
    story.choose("I sleep much less", "Like me")
    story.press("Keep these")
    story.see("Thinking")
    story.follow("Skip for now")
    story.see("Feeling")
    story.go("/you/book/early_signs/signs")
    story.see("Which of these are like you", "workbook-signs")
    story.read("I sleep much less")


def test_a_person_is_not_sure_and_skips(story: Story) -> None:
    story.come_in_as("paired")
    story.go("/you/book/keeping_well/me_well")
    story.page.get_by_role("button", name="Keep this").wait_for()
    story.look("workbook-question")
    story.tick("I am not sure yet")
    story.press("Keep this")
    story.hear("Kept. You can change it when you like.")
    story.follow("Skip for now")
    story.go("/you/book/keeping_well")
    story.read("I am not sure yet")
