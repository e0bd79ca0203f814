"""A served installation and a real browser at the width of a phone and of a desk, for the whole run.

Each story starts with a fresh window and nobody signed in. Set ``HANDRAIL_SCREENSHOTS`` to a folder to
keep what :meth:`Story.look` sees.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.story import Site, Story

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PHONE, DESK, NARROW = (390, 844), (1280, 900), (320, 640)
WAIT = 30_000  # milliseconds: far longer than any page takes, for a machine that is busy


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The installation, served for the whole run."""
    home, port = tmp_path_factory.mktemp("stage") / "home", _free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HANDRAIL_", "DJANGO_"))}
    surroundings = kept | {"HANDRAIL_HOME": str(home), "HANDRAIL_PORT": str(port), "PYTHONUTF8": "1"}
    stage = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage"],
        cwd=ROOT,
        env=surroundings,
        check=True,
        stdout=subprocess.PIPE,
    )
    command = [sys.executable, "-m", "gunicorn", "--config", "python:handrail.config.gunicorn_settings"]
    command += ["--workers", "1", "--no-control-socket", "handrail.config.wsgi"]
    server = subprocess.Popen(command, env=surroundings)
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/health", server)
        yield Site(address, home, **json.loads(stage.stdout))
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server did not start"
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield found
        found.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Callable[[tuple[int, int]], BrowserContext]]:
    """A browser context for each size of window, made once: style sheets and scripts are fetched once."""
    made: dict[tuple[int, int], BrowserContext] = {}

    def window(size: tuple[int, int]) -> BrowserContext:
        if size not in made:
            made[size] = context(browser, size)
        made[size].clear_cookies()
        return made[size]

    yield window
    for one in made.values():
        one.close()


Windows = Callable[[tuple[int, int]], BrowserContext]


def context(browser: Browser, size: tuple[int, int], *, has_scripts: bool = True) -> BrowserContext:
    """A fresh browser context."""
    made = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", java_script_enabled=has_scripts
    )
    made.set_default_timeout(WAIT)
    return made


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
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
    window = context(browser, DESK, has_scripts=False)
    yield from _story(site, window, is_phone=False)
    window.close()


def _story(site: Site, window: BrowserContext, *, is_phone: bool) -> Iterator[Story]:
    told = Story(site, window.new_page(), is_phone)
    yield told
    told.page.close()
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
