"""Every page, image and download says who may see it."""

from __future__ import annotations

from tests.house import live


def test_every_page_has_an_audience() -> None:
    assert live.page_faults() == []
