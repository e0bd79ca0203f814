"""A real installation, made once by `handrail setup` and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handrail.exchange import sealed_file
from tests.commands import operating


@pytest.fixture(scope="session")
def statistician() -> sealed_file.Identity:
    """A pair of keys."""
    return sealed_file.new_identity()


@pytest.fixture(scope="session")
def block_sizes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statistician's file."""
    path = tmp_path_factory.mktemp("statistician") / "block-sizes.toml"
    path.write_text("sizes = [4, 6]\n")
    return path


@pytest.fixture(scope="session")
def made_once(
    tmp_path_factory: pytest.TempPathFactory, statistician: sealed_file.Identity, block_sizes: Path
) -> Path:
    """A real installation that nobody may change."""
    home = tmp_path_factory.mktemp("made") / "home"
    operating.set_up(home, key=statistician.recipient, sizes=block_sizes)
    return home


@pytest.fixture
def home(made_once: Path, tmp_path: Path) -> Path:
    """A real installation of the test's own."""
    return Path(shutil.copytree(made_once, tmp_path / "home"))
