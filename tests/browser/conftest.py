"""A served installation and a real browser at the width of a phone and of a desk, for all stories.

Each story starts with a fresh window and nobody signed in. Set ``HANDRAIL_SCREENSHOTS`` to a folder to
keep what :meth:`Story.look` sees.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import FLAGS, program, served
from tests.browser.story import Site, Story

PHONE, DESK, NARROW = (390, 844), (1280, 900), (320, 640)
WAIT = 30_000  # milliseconds: far longer than any page takes, for a machine that is busy
# Every page begins with this: whatever a mouse does is stopped, and said where a story hears it.
NO_MOUSE = """for (const kind of ["pointerdown", "mousedown", "touchstart", "click"])
    addEventListener(kind, event => {
        if (kind === "click" && event.detail === 0) return;  // the keyboard's own click
        event.preventDefault();
        event.stopImmediatePropagation();
        console.error("A story has no mouse: " + kind);
    }, {capture: true, passive: false})"""


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The installation, built once and served until the last story is told."""
    with served(tmp_path_factory.mktemp("stage") / "home") as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[Windows]:
    """A window of each size, opened once: opening one costs as much as a short story does."""
    made: dict[tuple[int, int], Page] = {}

    def window(size: tuple[int, int]) -> Page:
        if size not in made:
            made[size] = open_window(browser, size)
        made[size].context.clear_cookies()
        return made[size]

    yield window
    for one in made.values():
        one.context.close()


Windows = Callable[[tuple[int, int]], Page]


def open_window(browser: Browser, size: tuple[int, int], *, has_scripts: bool = True) -> Page:
    """A fresh window, with a keyboard and no mouse."""
    made = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", java_script_enabled=has_scripts
    )
    made.set_default_timeout(WAIT)
    made.add_init_script(NO_MOUSE)
    return made.new_page()


# Every story is told on a phone by ./run test, and at a desk too by ./run prove.
@pytest.fixture(params=[PHONE, pytest.param(DESK, marks=pytest.mark.prove)], ids=["phone", "desk"])
def story(site: Site, windows: Windows, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A visitor with a phone, and again at a desk."""
    yield from _story(site, windows(request.param), is_phone=request.param == PHONE)


@pytest.fixture
def desk_story(site: Site, windows: Windows) -> Iterator[Story]:
    """A visitor at a desk, where the width makes no difference."""
    yield from _story(site, windows(DESK), is_phone=False)


@pytest.fixture
def narrow_story(site: Site, windows: Windows) -> Iterator[Story]:
    """A visitor whose window is 320 pixels wide: as wide as a desk's page enlarged to 400%."""
    yield from _story(site, windows(NARROW), is_phone=True)


@pytest.fixture
def still_story(site: Site, browser: Browser) -> Iterator[Story]:
    """A visitor whose browser runs no scripts."""
    window = open_window(browser, DESK, has_scripts=False)
    yield from _story(site, window, is_phone=False, has_scripts=False)
    window.context.close()


def _story(site: Site, window: Page, *, is_phone: bool, has_scripts: bool = True) -> Iterator[Story]:
    told = Story(site, window, is_phone, has_scripts)
    yield told
    told.end()
    assert told.faults == []


@pytest.fixture
def code(site: Site) -> Callable[[], str]:
    """What an authenticator app shows, never the same twice: a code works once.

    The app's clock may be half a minute out: that spares the stories from waiting for the next code.
    """
    from tests.pages import door

    def fresh(secret: str = site.secret) -> str:
        while True:
            for steps in (0, 1, -1):
                if (shown := door.code(steps=steps, secret=secret)) not in _SHOWN:
                    _SHOWN.add(shown)
                    return shown
            time.sleep(0.5)

    return fresh


_SHOWN: set[str] = set()
