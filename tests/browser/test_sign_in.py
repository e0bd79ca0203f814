"""Getting in, in a real browser, on a phone and at a desk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.story import Story

pytestmark = pytest.mark.slow


def give_password(story: Story, email: str) -> None:
    story.go("/sign-in")
    story.page.get_by_label("Your work e-mail address").fill(email)
    story.page.get_by_label("Your password", exact=True).fill(story.site.password)
    story.page.get_by_role("button", name="Continue").click()


def virtual_authenticator(story: Story) -> None:
    """A device with a fingerprint reader that always agrees."""
    protocol = story.page.context.new_cdp_session(story.page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_the_ways_in_can_be_seen_and_used_by_everybody(story: Story) -> None:
    for path, name in (
        ("/", "first-page"),
        ("/sign-in", "staff-sign-in"),
        ("/code", "ask-for-a-code"),
        ("/code/enter", "enter-a-code"),
        ("/sign-in/new-password", "forgotten-password"),
        ("/help", "help-now"),
        ("/signed-out?why=idle", "signed-out"),
        ("/no-such-page", "not-found"),
    ):
        story.go(path)
        assert story.page.evaluate("getComputedStyle(document.body).fontFamily").startswith(
            ("arial", "Arial")
        )
        story.look(name)


def test_staff_come_in_with_a_password_and_a_code_by_keyboard_alone(
    story: Story, code: Callable[[], str]
) -> None:
    story.go("/sign-in")
    story.tab_to("Your work e-mail address", "textbox")
    story.page.keyboard.type(story.site.staff["administrator"])
    story.page.keyboard.press("Tab")
    story.page.keyboard.type(story.site.password)
    story.page.keyboard.press("Enter")
    story.page.get_by_role("heading", name="Your second step").wait_for()
    story.look("second-step")
    story.tab_to("The code", "textbox")
    story.page.keyboard.type(code())
    story.page.keyboard.press("Enter")
    story.page.get_by_role("heading", name="Accounts", exact=True).wait_for()
    story.look("accounts")


def test_a_mistake_is_told_in_words_and_takes_the_focus(story: Story) -> None:
    story.go("/sign-in")
    story.page.get_by_role("button", name="Continue").click()
    expect(story.page.locator(".nhsuk-error-summary")).to_be_focused()
    story.look("sign-in-with-a-mistake")
    story.page.get_by_role("link", name="Enter your work e-mail address").click()
    expect(story.page.get_by_label("Your work e-mail address")).to_be_focused()


def test_a_person_comes_in_with_a_code_and_goes_again(story: Story) -> None:
    before = len(story.site.letters())
    story.go("/")
    story.page.get_by_role("link", name="I take part").click()
    story.page.get_by_label("Your e-mail address, mobile number or study number").fill(
        story.somebody("paired")["email"]
    )
    story.page.get_by_role("button", name="Send me a code").click()
    story.page.get_by_role("heading", name="Enter your code").wait_for()
    story.page.get_by_label("Your code").fill(_latest_code(story, before))
    story.page.get_by_role("button", name="Sign in").click()
    story.page.wait_for_url("**/you/")
    assert story.page.get_by_role("banner").get_by_role("link", name="Get help now").is_visible()
    story.look("your-pages")
    story.page.get_by_role("button", name="Sign out").click()
    story.page.get_by_role("heading", name="Signed out").wait_for()
    story.page.go_back()
    assert (
        "/you/" not in story.page.url or story.page.get_by_role("heading", name="Page not found").is_visible()
    )


def _latest_code(story: Story, before: int) -> str:
    for _ in range(100):
        fresh = story.site.letters()[before:]
        if fresh:
            found = re.search(r"Your code is (\d{4} \d{4})", fresh[-1])
            assert found
            return found[1]
        time.sleep(0.1)
    raise AssertionError("no code was sent")


def test_a_newcomer_adds_a_passkey_and_then_comes_in_with_it_alone(desk_story: Story) -> None:
    story = desk_story
    virtual_authenticator(story)
    give_password(story, story.site.newcomer)
    story.page.get_by_role("heading", name="Add a second step").wait_for()
    story.look("add-a-second-step")
    story.page.get_by_role("link", name="Passkey").click()
    story.look("add-a-passkey")
    story.page.get_by_role("button", name="Add a passkey").click()
    story.page.get_by_role("heading", name="Recovery codes").wait_for()
    story.look("recovery-codes")
    story.page.get_by_role("button", name="Sign out").click()
    story.go("/sign-in")
    story.page.get_by_role("button", name="Sign in with a passkey").click()
    story.page.wait_for_url("**/study/")
    assert "Service manager" in story.page.get_by_role("banner").inner_text()


def test_the_way_in_works_without_javascript(still_story: Story, code: Callable[[], str]) -> None:
    still = still_story
    give_password(still, still.site.staff["trial_manager"])
    still.page.get_by_label("The code").fill(code())
    still.page.get_by_role("button", name="Sign in").click()
    still.page.wait_for_url("**/office/")
    assert "Trial manager" in still.page.get_by_role("banner").inner_text()
    still.page.get_by_role("button", name="Sign out").click()
    still.page.get_by_role("heading", name="Signed out").wait_for()
