"""Pages carry no inline script or style and ask nothing of another site: the policy is strict."""

from __future__ import annotations

import re

from tests.house.tree import HOUSE, Tree

PAGES = {".html", ".j2", ".jinja"}
FAULTS = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\b(src\s*=|type=.application/json))", re.IGNORECASE),
    "an inline event": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "another site's file": re.compile(r"(\bsrc|<link[^>]*\bhref)\s*=\s*[\"']\s*(https?:)?//", re.IGNORECASE),
}


def loud_pages(tree: Tree) -> list[str]:
    """Page templates of the site with something that the policy forbids."""
    pages = [path for path in tree.files("src/handrail/web", endings=PAGES)]
    return [
        f"{tree.place(path)}: {fault}"
        for path in pages
        for fault, pattern in FAULTS.items()
        if pattern.search(path.read_text("utf-8"))
    ]


def test_no_page_has_an_inline_script_or_style_or_asks_another_site() -> None:
    assert loud_pages(HOUSE) == []


def test_each_fault_is_told_from_a_harmless_page() -> None:
    loud = [
        "<p style='x'>",
        "<script>x()</script>",
        "<a onclick='x()'>",
        "<script src='https://x/y.js'></script>",
    ]
    calm = [
        "<p class='style'>",
        '<script type="application/json">{}</script>',
        "<script src='/x.js' defer></script>",
        "<a href='https://x.org'>",
        "<p>on = 'x'</p>",
    ]
    assert [any(p.search(text) for p in FAULTS.values()) for text in loud] == [True] * len(loud)
    assert [any(p.search(text) for p in FAULTS.values()) for text in calm] == [False] * len(calm)
