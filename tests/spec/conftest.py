"""The shipped protocol, read once; no Django."""

from __future__ import annotations

from tests.rules.conftest import core as core
