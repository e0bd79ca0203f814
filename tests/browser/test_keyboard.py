"""The stage itself: whoever takes a mouse into a story is told."""

from __future__ import annotations

import pytest

from tests.browser.story import Story

pytestmark = pytest.mark.slow


def test_a_click_of_the_mouse_leads_nowhere_and_is_a_fault_of_the_story(story: Story) -> None:
    story.go("/")
    story.page.get_by_role("link", name="I take part").click()
    story.page.get_by_role("link", name="I take part").wait_for()
    assert story.page.url == f"{story.site.address}/"
    assert any("no mouse" in fault for fault in story.faults)
    story.faults.clear()
    story.follow("I take part")
    story.page.wait_for_url("**/code")
