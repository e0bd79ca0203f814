"""The shipped protocol, read once; no Django."""

from __future__ import annotations

import pytest

from handrail.domain.protocol import Protocol
from handrail.exchange import protocol_file
from tests.exchange.protocols import CORE


@pytest.fixture(scope="session")
def core() -> Protocol:
    """The CORE trial's protocol as it is shipped."""
    return protocol_file.load(CORE)
