"""Takes the pictures in docs/screenshots: ``python -m tools.screenshots HOME``.

HOME is the folder of a demonstration that was played to its end: its report is in the pictures. The
site's pages are of a trial in its middle, where there is work to do: the stage of the browser stories.
Needs Chromium. Colours are counted down to a palette, so that each picture stays small. Also writes
docs/reference/screens.md, which shows them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import FLAGS, ROOT, program, served
from tests.browser.story import Site
from tools.screens import SCREENS, Screen, written

PLACE, SHOWN_IN = ROOT / "docs" / "screenshots", ROOT / "docs" / "reference" / "screens.md"
LARGEST_BYTES, LARGEST_FOLDER_BYTES = 60_000, 2_000_000
PALETTE = 64
PHONE, DESK = (390, 844), (1280, 900)
SCALE = {PHONE: 1.5, DESK: 1}


def take(browser: Browser, site: Site, one: Screen, size: tuple[int, int]) -> None:
    """Sign in, go there, and keep what the window shows."""
    width = "phone" if size == PHONE else "desk"
    page = _window(browser, size)
    if one.role:
        cookie = {"name": "session", "value": site.keys[width][one.role], "url": site.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(site.address + one.path)
    if one.waits_for:
        person = site.lots[width][one.waits_for]
        words = person["name"].split()[0] if one.is_by_name else person["number"]
        page.get_by_role("main").get_by_role("link", name=words).first.click()
        page.get_by_role("heading", level=1).filter(has_text=words).wait_for()
    if one.follows:
        page.get_by_role("main").get_by_role("link", name=one.follows).first.click()
        page.wait_for_load_state()
    keep(page, f"{one.name}-{width}")
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
    print(f"{file.name}: {file.stat().st_size:,} bytes", flush=True)


def _window(browser: Browser, size: tuple[int, int]) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, device_scale_factor=SCALE[size], locale="en-GB").new_page()  # type: ignore[arg-type]


def main(home: Path) -> None:
    """Take them all, in place of those that were there."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        take_report(browser, home)
        with served(Path(folder) / "home") as site:
            for one in SCREENS:
                for size in (PHONE, DESK):
                    take(browser, site, one, size)
        browser.close()
    SHOWN_IN.write_text(written(), encoding="utf-8")
    if (total := sum(file.stat().st_size for file in PLACE.glob("*.png"))) > LARGEST_FOLDER_BYTES:
        raise SystemExit(f"the pictures have {total:,} bytes: more than {LARGEST_FOLDER_BYTES:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
