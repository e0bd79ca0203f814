"""Asking ``handrail`` for help is quick, because it loads nothing that help does not need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"django", "numpy", "scipy", "statsmodels", "duckdb", "numba", "matplotlib", "typst", "cryptography"}
ASK = """
import sys
from handrail.commands.console import main
try:
    main(["--help"])
except SystemExit as asked:
    assert not asked.code
print("loaded:", *sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_help_loads_neither_django_nor_numpy() -> None:
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    loaded = set(asked.stdout.rsplit("loaded:", 1)[1].split())
    assert "handrail" in loaded
    assert loaded & HEAVY == set()
