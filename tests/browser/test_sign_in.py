"""Getting in, in a real browser, on a phone and at a desk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.story import Story

pytestmark = pytest.mark.slow


def give_password(story: Story, email: str) -> None:
    story.go("/sign-in")
    story.write("Your work e-mail address", email)
    story.write("Your password", story.site.password)
    story.press("Continue")


@contextmanager
def fingerprint_reader(story: Story) -> Iterator[None]:
    """A device with a fingerprint reader that always agrees, taken away afterwards."""
    protocol = story.page.context.new_cdp_session(story.page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    protocol.send("WebAuthn.disable")
    protocol.detach()


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
    give_password(story, story.site.staff["administrator"])
    story.see("Your second step", "second-step")
    story.write("The code", code())
    story.page.keyboard.press("Enter")
    story.see("Accounts")


def test_a_mistake_is_told_in_words_and_takes_the_focus(story: Story) -> None:
    story.go("/sign-in")
    story.press("Continue")
    expect(story.page.locator(".nhsuk-error-summary")).to_be_focused()
    story.look("sign-in-with-a-mistake")
    story.follow("Enter your work e-mail address")
    expect(story.page.get_by_label("Your work e-mail address")).to_be_focused()


def test_a_person_comes_in_with_a_code_and_goes_again(story: Story) -> None:
    before = len(story.site.letters())
    story.go("/")
    story.follow("I take part")
    story.write("Your e-mail address, mobile number or study number", story.somebody("paired")["email"])
    story.press("Send me a code")
    story.see("Enter your code", "enter-the-code-sent")
    story.write("Your code", _latest_code(story, before))
    story.press("Sign in")
    story.page.get_by_role("group", name="Is this your own phone or computer?").wait_for()
    story.look("whose-phone")
    story.follow("Skip for now")
    story.page.wait_for_url("**/you/")
    assert story.page.get_by_role("banner").get_by_role("link", name="Get help now").is_visible()
    story.look("your-pages")
    story.press("Sign out")
    story.see("Signed out")
    story.page.go_back()  # the browser's own Alt and left arrow
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
    with fingerprint_reader(desk_story):
        give_password(desk_story, desk_story.site.newcomer)
        desk_story.see("Add a second step")
        desk_story.follow("Passkey")
        desk_story.see("Add a passkey")
        desk_story.press("Add a passkey")
        desk_story.see("Recovery codes")
        desk_story.press("Sign out")
        desk_story.see("Signed out")
        desk_story.go("/sign-in")
        desk_story.press("Sign in with a passkey")
        desk_story.page.wait_for_url("**/study/")
    assert "Service manager" in desk_story.page.get_by_role("banner").inner_text()


def test_the_way_in_works_without_javascript(still_story: Story, code: Callable[[], str]) -> None:
    still = still_story
    give_password(still, still.site.staff["trial_manager"])
    still.write("The code", code())
    still.press("Sign in")
    still.page.wait_for_url("**/office/")
    assert "Trial manager" in still.page.get_by_role("banner").inner_text()
    still.press("Sign out")
    still.see("Signed out")
