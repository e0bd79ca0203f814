"""One visitor in one browser window, who has a keyboard and no mouse.

A story fails when a page writes an error to the console (a broken security policy does), when anything is
asked of another site, or when axe finds a violation on a page that it looks at.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request

AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = """async rules => (await axe.run(
    {runOnly: rules, resultTypes: ["violations"], elementRef: false}
)).violations.map(one => [one.id, one.help, one.nodes.map(node => node.target.join(" "))])"""
# What a page is made of, without its words: elements, attributes, and whether there are words at all. Rows
# of a table that are made alike count once, however many there are.
SHAPE = """() => {
    const own = one => one.tagName + (one.textContent.trim() ? "" : "-") + [...one.attributes]
        .filter(each => !["href", "action", "value", "src", "srcset"].includes(each.name))
        .map(each => each.name + "=" + each.value);
    const shape = one => own(one) + "(" + [...new Set([...one.children].map(shape))] + ")";
    return shape(document.documentElement);
}"""
MOST_TABS = 220  # a page on which something is further away than this is itself a fault
FORGIVEN = ("status of 404", "status of 422")  # pages that say no, asked for on purpose


_JUDGED: set[tuple[str, str]] = set()


@cache
def axe_source() -> str:
    """The accessibility checker's own script."""
    (found,) = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    return found.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """A served installation: its address, its folder, ways in, and who waits for what."""

    address: str
    home: Path
    staff: dict[str, str]
    newcomer: str
    password: str
    secret: str
    lots: dict[str, dict[str, dict[str, str]]]
    keys: dict[str, dict[str, str]]

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
    has_scripts: bool = True
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the window says and asks for."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._trip)
        self.page.on("request", self._note_stranger)

    def end(self) -> None:
        """Leave the window as it was found: an empty page that nobody listens to."""
        self.page.goto("about:blank")
        self.page.remove_listener("console", self._hear)
        self.page.remove_listener("pageerror", self._trip)
        self.page.remove_listener("request", self._note_stranger)

    @property
    def width(self) -> str:
        """The name of the window's width."""
        return "phone" if self.is_phone else "desk"

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not any(words in said.text for words in FORGIVEN):
            self.faults.append(said.text)

    def _trip(self, error: Error) -> None:
        self.faults.append(str(error))

    def _note_stranger(self, asked: Request) -> None:
        parts: Any = urlsplit(asked.url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.site.address).netloc:
            self.faults.append(f"asked another site: {parts.hostname}")

    # Who it is about ---------------------------------------------------------------------------------
    def somebody(self, waits_for: str) -> dict[str, str]:
        """The person of this width who waits for a step: name, study number, e-mail address."""
        return self.site.lots[self.width][waits_for]

    def come_in_as(self, role: str) -> None:
        """Arrive on the first page of a role, or of a person, who is signed in already."""
        cookie = {"name": "session", "value": self.site.keys[self.width][role], "url": self.site.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.go("/")

    def change_places(self) -> None:
        """From here on somebody else tells the story, on a device where nobody is signed in."""
        self.page.context.clear_cookies()

    # Going and looking -------------------------------------------------------------------------------
    def go(self, path: str) -> None:
        """Visit a page."""
        self.page.goto(self.site.address + path)

    def look(self, name: str = "") -> None:
        """See that axe finds nothing wrong and nothing is wider than the window; keep a picture if asked.

        Where no scripts run axe cannot either: those pages are looked at in the other stories. A page made
        of the same kinds of elements as one already judged in a window of this size is not judged again.
        """
        if not self.has_scripts:
            return
        shape = (str(self.page.viewport_size), self.page.evaluate(SHAPE))
        if shape not in _JUDGED:
            self.page.evaluate(axe_source())
            found = self.page.evaluate(ASK_AXE, AXE)
            assert found == [], f"{self.page.url}: {found}"
            _JUDGED.add(shape)
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{self.page.url} is {over} pixels wider than the window"
        folder = os.environ.get("HANDRAIL_SCREENSHOTS")
        if folder and name:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}-{self.width}.png"), full_page=True)

    def see(self, heading: str, name: str = "") -> None:
        """Come to the page with this heading, and look at it."""
        self.page.get_by_role("heading", level=1).filter(has_text=heading).wait_for()
        self.page.wait_for_load_state()
        self.look(name or heading.lower().replace(" ", "-").replace("’", ""))

    def hear(self, words: str) -> None:
        """Be told at the top of the page that something was done."""
        self.page.get_by_role("alert").filter(has_text=words).wait_for()
        self.page.wait_for_load_state()
        self.look()

    def read(self, words: str) -> None:
        """Find these words on the page."""
        self.page.get_by_role("main").get_by_text(words).first.wait_for()

    def does_not_find(self, words: str) -> None:
        """See that the page has no such words, anywhere."""
        assert words.lower() not in self.page.content().lower()

    # The keyboard ------------------------------------------------------------------------------------
    def tab_to(self, name: str, role: str = "button") -> None:
        """Reach something with the keyboard alone."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    def reach(self, wanted: Locator) -> None:
        """Press Tab until this has the focus."""
        one = wanted.element_handle()
        for _ in range(MOST_TABS):
            if one.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted} on {self.page.url}")

    def follow(self, link: str) -> None:
        """Go where the first link with these words leads."""
        self.reach(self.page.get_by_role("link", name=link).first)
        self.page.keyboard.press("Enter")

    def open(self, entry: str) -> None:
        """Go where the menu's entry leads; on a phone some entries stand behind its button."""
        found = self.page.get_by_label("Menu").get_by_role("link", name=entry, exact=True)
        if not found.is_visible():
            self.press("Browse More")
        self.reach(found)
        self.page.keyboard.press("Enter")

    def press(self, button: str) -> None:
        """Press a button, or a link that looks like one."""
        self.tab_to(button)
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        """Type into a box, in place of what is there."""
        self.reach(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def date(self, question: str, day: date) -> None:
        """Type a day into its three boxes."""
        group = self.page.get_by_role("group", name=question)
        for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.reach(group.get_by_label(box, exact=True))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(number))

    def choose(self, question: str, answer: str) -> None:
        """Choose one of a question's answers: Tab to the first, the arrow down to the wanted one."""
        answers = self.page.get_by_role("group", name=question).get_by_role("radio")
        wanted = self.page.get_by_role("group", name=question).get_by_label(answer, exact=True)
        self.reach(answers.first)
        self.page.keyboard.press("Space")
        for _ in range(answers.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{answer} could not be chosen with the keyboard")

    def pick(self, label: str, option: str) -> None:
        """Choose from a drop-down list by typing the option's first letters."""
        box = self.page.get_by_label(label, exact=True)
        self.reach(box)
        self.page.keyboard.type(option)
        assert box.evaluate("one => one.selectedOptions[0].text") == option

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def attach(self, label: str, file: Path) -> None:
        """Choose a file: the browser's own window for it opens from the keyboard."""
        with self.page.expect_file_chooser() as chooser:
            self.reach(self.page.get_by_label(label))
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)
