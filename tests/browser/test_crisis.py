"""Help in a crisis: one press of a key away from every page of a person and of a peer worker."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from handrail.domain.words import Role
from tests.browser.story import Story
from tests.pages.test_access import pages

pytestmark = pytest.mark.slow

NUMBERS = {"tel:999", "tel:111", "tel:116123", "sms:85258"}
LINES = "Help in a crisis"
PAPER = "/you/book/paper/"  # a PDF: its own pages carry the numbers, tests/reports/test_booklet.py
FIRST_TABS = 6  # the button for help comes after the skip link, the name and the way out at most


def pages_of(role: Role, home: str) -> set[str]:
    """Every kind of page that this role has below its home, by the pattern of its address."""
    routes = {f"/{route}" for route, view in pages() if role in view.audience.roles}
    return {route for route in routes if route.startswith(home)}


def kind(path: str) -> str:
    """The pattern of one page's address; empty for an address that is nowhere."""
    try:
        return "/" + resolve(path).route
    except Resolver404:
        return ""


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


def walk(story: Story, home: str, wanted: set[str]) -> set[str]:
    """Ask for help from one page of each kind, going from link to link. Returns: the kinds not found."""
    waiting, seen, missing = [home], set(), set(wanted)
    while waiting and missing:
        path = waiting.pop(0)
        if not kind(path).startswith(home) or path in seen or path.startswith(PAPER):
            continue
        seen.add(path)
        story.go(path)
        waiting += [str(one.get_attribute("href")) for one in story.page.locator("main a[href]").all()]
        assert numbers(story, "footer") == NUMBERS, story.page.url
        if kind(path) in missing:
            missing.remove(kind(path))
            ask_for_help(story)
    return missing


def test_help_is_one_press_away_from_every_page_of_a_person(story: Story) -> None:
    wanted = pages_of(Role.PERSON, "/you/") - {kind(PAPER + "ordinary")}
    book = {route for route in wanted if route.startswith(("/you/book", "/you/plan"))}
    for visitor, offered in (("paired", wanted), ("posted", wanted - book)):
        story.change_places()
        story.come_in_as(visitor)
        assert walk(story, "/you/", offered) == set()
    assert numbers(story, "main") == NUMBERS


def test_help_is_one_press_away_from_every_page_of_a_peer_worker(story: Story) -> None:
    story.come_in_as("peer_worker")
    assert walk(story, "/peer/", pages_of(Role.PEER_WORKER, "/peer/")) == set()
    assert numbers(story, "main") == NUMBERS


def test_the_lines_that_come_with_it_hold_every_number_and_claim_no_check() -> None:
    assert {line.link for line in settings.CRISIS_LINES} >= NUMBERS
    assert not any(line.owner or line.checked_on or line.review_on for line in settings.CRISIS_LINES)
