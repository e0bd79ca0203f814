"""The import contracts hold, and each name in them is a module that is there, or one that is awaited."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT

CONTRACTS = {
    "floors", "rooms", "inside-a-room", "pure", "standard-library", "analysis-from-the-lock", "masking",
    "audiences", "models-behind-the-door", "no-cycles", "light-web", "one-place-for-drawing",
}  # fmt: skip
AWAITED: set[str] = set()  # rooms that a contract names before they are made


def broken_contracts(root: Path, *ids: str) -> str:
    """What import-linter prints of the contracts that are broken; nothing when all hold."""
    words = [word for id_ in ids for word in ("--contract", id_)]
    ask = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    linted = subprocess.run(
        [sys.executable, "-c", ask, "--no-logo", "--no-cache", *words],
        cwd=root,
        env={"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if linted.returncode == 0 else linted.stdout + linted.stderr


def _contracts() -> list[dict[str, object]]:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts: list[dict[str, object]] = written["tool"]["importlinter"]["contracts"]
    return contracts


def _names_without_a_module() -> Iterator[str]:
    for contract in _contracts():
        for key in ("source_modules", "forbidden_modules", "modules", "protected_modules"):
            for name in contract.get(key, []):  # type: ignore[attr-defined]
                if name.startswith("handrail.") and not _has_a_module(name):
                    yield name.split(".")[-1]


def _has_a_module(name: str) -> bool:
    place = "src/" + name.replace(".", "/")
    return any(ROOT.glob(f"{place}.py")) or any(ROOT.glob(f"{place}/__init__.py"))


def test_every_contract_of_the_house_is_written() -> None:
    assert {contract["id"] for contract in _contracts()} == CONTRACTS


def test_every_contract_holds() -> None:
    assert broken_contracts(ROOT) == ""


def test_each_name_in_a_contract_is_a_module_or_is_awaited() -> None:
    assert set(_names_without_a_module()) == AWAITED
