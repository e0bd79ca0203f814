"""Takes the pictures in docs/screenshots: ``python -m tools.screenshots HOME``.

HOME is the folder of a demonstration that was played to its end: its report is in the pictures. The
site's pages are of a trial in its middle, where there is work to do: the stage of the browser stories.
Needs Chromium. Colours are counted down to a palette, so that each picture stays small.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import FLAGS, ROOT, served
from tests.browser.story import Site

PLACE = ROOT / "docs" / "screenshots"
LARGEST_BYTES = 150_000
PALETTE = 96
PHONE, DESK = (390, 844), (1180, 900)


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, at what, through which window. ``links`` are followed from the first page."""

    name: str
    role: str
    size: tuple[int, int]
    links: tuple[str, ...] = ()
    waits_for: str = ""  # the person of the stage whose name or number is the last link


PICTURES = (
    Picture("office", "trial_manager", DESK),
    Picture("assessor", "researcher", DESK, waits_for="interview"),
    Picture("person", "paired", PHONE),
    Picture("workbook", "paired", PHONE, ("Your workbook",)),
    Picture("peer-worker", "peer_worker", PHONE, waits_for="paired"),
)


def take(browser: Browser, site: Site, one: Picture) -> None:
    """Sign in, go there, and keep what the window shows."""
    width = "phone" if one.size == PHONE else "desk"
    page = _window(browser, one.size)
    cookie = {"name": "session", "value": site.keys[width][one.role], "url": site.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(site.address)
    for link in one.links:
        page.get_by_role("link", name=link).first.click()
    if one.waits_for:
        person = site.lots[width][one.waits_for]
        words = person["number"] if one.role == "researcher" else person["name"].split()[0]
        page.get_by_role("link", name=words).first.click()
        page.get_by_role("heading", level=1).filter(has_text=words).wait_for()
    keep(page, one.name)
    page.context.close()


def take_report(browser: Browser, home: Path) -> None:
    """The newest report in this home: its beginning, and the readmissions over time."""
    report = max(home.glob("reports/*/index.html"), key=lambda path: path.stat().st_mtime)
    page = _window(browser, DESK)
    page.goto(report.as_uri())
    keep(page, "report")
    page.locator("img[src$='readmission.svg']").evaluate("one => one.scrollIntoView({block: 'center'})")
    keep(page, "report-readmission")
    page.context.close()


def keep(page: Page, name: str) -> None:
    """Write one picture, small. Raises: SystemExit, when it is too large all the same."""
    page.wait_for_load_state()
    file = PLACE / f"{name}.png"
    page.screenshot(path=str(file))
    with Image.open(file) as found:
        small = found.convert("RGB").quantize(PALETTE, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    if file.stat().st_size > LARGEST_BYTES:
        raise SystemExit(f"{file.name} has {file.stat().st_size:,} bytes: more than {LARGEST_BYTES:,}")
    print(f"{file.name}: {file.stat().st_size:,} bytes")


def _window(browser: Browser, size: tuple[int, int]) -> Page:
    scale = 2 if size == PHONE else 1
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, device_scale_factor=scale, locale="en-GB").new_page()  # type: ignore[arg-type]


def main(home: Path) -> None:
    """Take them all."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take_report(browser, home)
        with served(Path(folder) / "home") as site:
            for one in PICTURES:
                take(browser, site, one)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
