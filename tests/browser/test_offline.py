"""What a phone keeps with no network, and that it keeps nothing afterwards: in a browser of one's own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, open_window
from tests.browser.story import Site, Story

pytestmark = pytest.mark.slow

LONGEST_SECONDS = 2.0
WORDS = "Winnie at number nine"
HELD = """async () => [
    ...await caches.keys(),
    ...(await indexedDB.databases()).map(one => one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
    ...Object.keys(localStorage), ...Object.keys(sessionStorage),
]"""
EVERY_BYTE = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const asked of await cache.keys())
            found.push(new URL(asked.url).pathname, await (await cache.match(asked)).text());
    }
    return found.join("\\n");
}"""

THROW_AWAY = "new Promise(done => indexedDB.deleteDatabase('kept').onsuccess = () => done(null))"
KEY = """() => new Promise(done => {
    const asked = indexedDB.open("kept");
    asked.onsuccess = () => {
        const found = asked.result.transaction("kept").objectStore("kept").get("copy");
        found.onsuccess = () => {
            const text = new TextDecoder().decode(found.result.bytes);
            done([found.result.key.extractable, text.includes("at number nine")]);
            asked.result.close();
        };
    };
})"""


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Story]:
    """A phone of its own, as it came out of its box."""
    page = open_window(browser, PHONE)
    yield Story(site, page, is_phone=True)
    page.context.close()


def say_whose(phone: Story, answer: str) -> None:
    phone.go("/you/phone/whose")
    phone.choose("Is this your own phone or computer?", answer)
    phone.press("Continue")
    phone.page.wait_for_url(lambda address: not address.endswith("/whose"))


def keep(phone: Story, who: str = "paired") -> None:
    """Somebody keeps a copy of their plan on their own phone."""
    phone.come_in_as(who)
    say_whose(phone, "Yes, just mine")
    phone.go("/you/book/plan/people_to_ask")
    if WORDS not in phone.page.content():
        phone.write("Name or nickname", WORDS)
        phone.press("Keep this")
        phone.hear("Kept. You can add another.")
    phone.go("/you/phone/plan")
    phone.press("Keep a copy here")
    phone.read("Saved on this phone on")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def held(phone: Story) -> list[str]:
    """The names of everything that the browser keeps for the site, but cookies."""
    found: list[str] = phone.page.evaluate(HELD)
    return found


def forgets(phone: Story) -> None:
    phone.page.wait_for_function(f"({HELD})().then(found => found.length === 0)")


def test_the_plan_opens_with_no_network_and_no_sign_in_in_under_two_seconds(phone: Story) -> None:
    keep(phone)
    phone.change_places()
    phone.page.goto("about:blank")
    phone.page.context.set_offline(True)
    began = time.monotonic()
    phone.go("/you/plan")
    phone.read(WORDS)
    assert time.monotonic() - began < LONGEST_SECONDS
    for words in ("Saved on this phone on 26 January 2015", "You are offline.", "Call 999"):
        phone.read(words)
    phone.look("kept-on-this-phone")
    kept = phone.page.evaluate(EVERY_BYTE)
    assert "/kept" in kept and "/you" not in kept.split() and WORDS not in kept
    assert phone.page.evaluate(KEY) == [False, False]


@pytest.mark.parametrize(
    ("who", "way", "is_offline"),
    [
        ("leaves_0", "Sign out", False),
        ("leaves_1", "Sign out", True),
        ("leaves_2", "Forget this phone", False),
        ("leaves_3", "Forget this phone", True),
    ],
)
def test_going_leaves_no_cache_no_database_and_no_worker(
    phone: Story, who: str, way: str, is_offline: bool
) -> None:
    keep(phone, who)
    assert len(held(phone)) == 3
    phone.go("/you/plan" if way == "Sign out" else "/kept")
    phone.read(WORDS)
    phone.page.context.set_offline(is_offline)
    phone.press(way)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Signed out")
    assert held(phone) == []
    phone.does_not_find(WORDS)
    phone.page.context.set_offline(False)
    phone.page.go_back()
    phone.does_not_find(WORDS)
    phone.go("/you/plan")
    assert phone.page.get_by_role("heading", level=1).inner_text() in ("Signed out", "Page not found")
    assert held(phone) == []


def test_the_next_person_finds_nothing_of_the_one_before(phone: Story) -> None:
    keep(phone)
    phone.come_in_as("posted")
    phone.see("Hello")
    forgets(phone)
    phone.go("/kept")
    phone.read("Nothing is kept on this phone.")
    assert held(phone) == []


def test_a_shared_phone_forgets_what_it_kept_and_keeps_nothing(phone: Story) -> None:
    keep(phone)
    say_whose(phone, "Other people use it too")
    phone.see("This phone")
    phone.go("/you/plan")
    phone.see("My plan")
    forgets(phone)


def test_a_browser_that_threw_the_copy_away_is_told_on(phone: Story) -> None:
    keep(phone)
    phone.page.evaluate(THROW_AWAY)
    phone.page.reload()
    phone.read("This browser had thrown the copy away.")


def test_words_are_not_lost_with_the_network(phone: Story) -> None:
    phone.come_in_as("paired")
    phone.go("/you/book/recovery/good_day")
    box = phone.page.get_by_role("main").get_by_role("textbox").first
    phone.reach(box)
    phone.page.keyboard.type("A walk before rain")
    phone.page.context.set_offline(True)
    phone.press("Keep this")
    phone.read("You are offline. Your words are still here.")
    assert box.input_value() == "A walk before rain"


def test_leaving_fast_shows_another_page_at_once_and_back_shows_nothing(phone: Story) -> None:
    weather = "https://www.bbc.co.uk/weather"
    phone.page.context.route(
        weather, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html")
    )
    keep(phone, "leaves_4")
    phone.go("/you/phone/leave")
    phone.press("Show the button")
    phone.hear("The button is on your pages.")
    phone.go("/you/plan")
    assert phone.faults == []  # nothing was asked of another site before
    for _ in range(3):
        phone.page.keyboard.press("Shift")
    phone.page.wait_for_url(weather)
    phone.page.go_back()
    phone.does_not_find(WORDS)
    phone.go("/kept")
    assert held(phone) == []
