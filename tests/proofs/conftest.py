"""A trial under way, to be attacked, on a database that is put back after each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.river import River


@pytest.fixture
def river(db: None) -> River:
    """A synthetic installation with its allocation list made, and short."""
    from tests.river import River, core, with_short_lists  # not before Django is set up

    made = River(with_short_lists(core()))
    made.set_up()
    made.make_list()
    return made
