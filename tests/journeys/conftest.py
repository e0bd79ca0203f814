"""A trial under way, on a database that is put back after each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.river import River


@pytest.fixture
def river(db: None) -> River:
    """A synthetic installation with its allocation list made."""
    from tests.river import River  # not before Django is set up

    made = River()
    made.set_up()
    made.make_list()
    return made
