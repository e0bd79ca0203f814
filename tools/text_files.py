"""The text files that people wrote, less what is installed or made."""

from __future__ import annotations

import subprocess
from pathlib import Path

ENDINGS = {".py", ".md", ".toml", ".txt", ".html", ".j2", ".in", ".css", ".js", ".typ", ""}


def written_files(root: Path) -> list[Path]:
    """Files known to git, or new and not ignored, that hold text."""
    words = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [root / name for name in listed]
    return [path for path in paths if path.suffix in ENDINGS and path.is_file() and path.name != "LICENSE"]
