"""Help in a crisis: one press of a key away from the pages of a person and of a peer worker.

That every page of theirs carries the numbers, and the button before all else: tests/pages/test_matrix.py.
"""

from __future__ import annotations

import pytest
from django.conf import settings

from handrail.exchange.crisis_file import MAKERS
from tests.browser.story import Story

pytestmark = pytest.mark.slow

NUMBERS = {"tel:999", "tel:111", "tel:116123", "sms:85258"}
FIRST_TABS = 6  # the button for help comes after the skip link, the name and the way out at most
PERSON = (
    "/you/",
    "/you/plan",
    "/you/book/recovery/means",
    "/you/meetings",
    "/you/check-in",
    "/you/contact",
)
WORKER = ("/peer/", "/peer/visits", "/peer/me")


def ask_for_help(story: Story) -> None:
    """From this page, the keyboard alone: the button for help, and nothing between."""
    help_now = story.page.get_by_role("banner").get_by_role("link", name="Get help now")
    for _ in range(FIRST_TABS):
        story.page.keyboard.press("Tab")
        if help_now.evaluate("one => one === document.activeElement"):
            story.page.keyboard.press("Enter")
            story.page.get_by_role("heading", level=1, name="Get help now").wait_for()
            return
    raise AssertionError(f"help is further than {FIRST_TABS} presses of Tab away on {story.page.url}")


def numbers(story: Story, place: str) -> set[str]:
    """Where the links in one part of the page lead."""
    links = story.page.locator(place).get_by_role("link").all()
    return {str(one.get_attribute("href")) for one in links} & NUMBERS


@pytest.mark.parametrize(("visitor", "places"), [("paired", PERSON), ("peer_worker", WORKER)])
def test_help_is_one_press_away(story: Story, visitor: str, places: tuple[str, ...]) -> None:
    story.come_in_as(visitor)
    for place in places:
        story.go(place)
        assert story.page.url.endswith(place)
        assert numbers(story, "footer") == NUMBERS, place
        ask_for_help(story)
    assert numbers(story, "main") == NUMBERS


def test_the_lines_that_come_with_it_hold_every_number_and_nobody_of_a_service_vouches_for_them() -> None:
    assert {line.link for line in settings.CRISIS_LINES} >= NUMBERS
    assert {line.owner for line in settings.CRISIS_LINES} == {MAKERS}
