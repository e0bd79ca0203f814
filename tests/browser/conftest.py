"""A served installation, a real browser at the width of a phone and of a desk, and axe on what it shows.

Each story starts with a fresh browser context. A story fails when a page writes an error to the console
(a broken security policy does), when anything is asked of another site, or when axe finds a violation.
Set ``HANDRAIL_SCREENSHOTS`` to a folder to keep what :meth:`Story.look` sees.
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PHONE, DESK = (390, 844), (1280, 900)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class Site:
    """A served installation: its address, its folder, and ways in."""

    address: str
    home: Path
    staff: dict[str, str]
    newcomer: str
    password: str
    secret: str
    person: dict[str, str]

    def letters(self) -> list[str]:
        """Everything in the outbox, oldest first."""
        files = sorted((self.home / "outbox").glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text(encoding="utf-8") for path in files]


@dataclass
class Story:
    """One visitor in one browser window."""

    site: Site
    page: Page
    is_phone: bool
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Visit a page."""
        self.page.goto(self.site.address + path)

    def look(self, name: str = "") -> None:
        """See that axe finds nothing wrong with the page as it stands; keep a picture when asked to."""
        results = Axe().run(self.page, options={"runOnly": AXE["runOnly"]})
        found = results.response["violations"]
        assert not found, [
            (one["id"], one["help"], [node["target"] for node in one["nodes"]]) for one in found
        ]
        folder = os.environ.get("HANDRAIL_SCREENSHOTS")
        if folder and name:
            width = "phone" if self.is_phone else "desk"
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)

    def tab_to(self, name: str, role: str = "button") -> None:
        """Reach something with the keyboard alone."""
        wanted = self.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not reach {name}")


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


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def story(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A visitor with a phone, and again at a desk."""
    yield from _story(site, browser, request.param)


@pytest.fixture
def desk_story(site: Site, browser: Browser) -> Iterator[Story]:
    """A visitor at a desk, where the width makes no difference."""
    yield from _story(site, browser, DESK)


def _story(site: Site, browser: Browser, size: tuple[int, int]) -> Iterator[Story]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    told = Story(site, page, is_phone=size == PHONE)
    page.on("console", lambda said: told.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: told.faults.append(str(error)))
    page.on("request", lambda asked: _note_stranger(asked, told))
    yield told
    context.close()
    assert [fault for fault in told.faults if "404" not in fault and "422" not in fault] == []


def _note_stranger(asked: Request, told: Story) -> None:
    parts: Any = urlsplit(asked.url)
    if parts.scheme in ("http", "https") and asked.url.split("/")[2] != told.site.address.split("/")[2]:
        told.faults.append(f"asked another site: {parts.hostname}")


@pytest.fixture
def code(site: Site) -> Callable[[], str]:
    """What an authenticator app shows, never the same twice: a code works once."""
    from tests.pages import door

    def fresh(secret: str = site.secret) -> str:
        while (shown := door.code(secret=secret)) in _SHOWN:
            time.sleep(0.5)
        _SHOWN.add(shown)
        return shown

    return fresh


_SHOWN: set[str] = set()
