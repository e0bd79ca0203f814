"""One made-up trial, analysed once, for the tests of what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.analysis.findings import AnalysisResult
from tests.analysis import synthetic


@pytest.fixture(scope="session")
def lock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthetic.write(tmp_path_factory.mktemp("locks") / "lock", synthetic.rows())


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> AnalysisResult:
    return synthetic.result(tmp_path_factory.mktemp("locks") / "lock", synthetic.rows())


@pytest.fixture(scope="session")
def reference() -> str:
    """The documented form, as the reference pages give it."""
    docs = Path(__file__).resolve().parents[2] / "docs" / "reference"
    return (docs / "findings.md").read_text(encoding="utf-8")
