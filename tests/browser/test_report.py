"""The report of a lock in a browser: nothing wrong for a screen reader, nothing cut off at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from handrail.reports import outcomes
from tests.analysis import synthetic
from tests.browser.story import ASK_AXE, AXE, axe_source

pytestmark = pytest.mark.slow

CUT_OFF = """[...document.querySelectorAll(".table")]
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => one.getAttribute("aria-labelledby"))"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a whole made-up trial's report."""
    folder = tmp_path_factory.mktemp("report")
    result = synthetic.result(tmp_path_factory.mktemp("locked") / "lock", synthetic.rows())
    page, _ = outcomes.write(result, synthetic.protocol(), folder)
    return page


@pytest.fixture
def window(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The report in a window as wide as asked."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    page.goto(report.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("window", [390, 1180, 1280], indirect=True)
def test_axe_finds_nothing_wrong_and_the_page_is_no_wider_than_the_window(window: Page) -> None:
    window.evaluate(axe_source())
    assert window.evaluate(ASK_AXE, AXE) == []
    assert window.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("window", [1180, 1280], indirect=True)
def test_no_table_is_wider_than_its_column_at_a_desk(window: Page) -> None:
    assert window.evaluate("document.querySelectorAll('.table').length") > 20
    assert window.evaluate(CUT_OFF) == []
