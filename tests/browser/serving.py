"""Builds the stage in a folder and serves it, as an operator serves an installation, until it is let go."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.browser.story import Site

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
FLAGS += ["--no-sandbox"] if os.geteuid() == 0 else []


def program() -> str | None:
    """Debian's Chromium; the one without windows of its own where it is there, for half the work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def served(home: Path) -> Iterator[Site]:
    """The installation, built in ``home`` and served there."""
    port = _free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HANDRAIL_", "DJANGO_"))}
    surroundings = kept | {"HANDRAIL_HOME": str(home), "HANDRAIL_PORT": str(port), "PYTHONUTF8": "1"}
    stage = _build(surroundings)
    command = [sys.executable, "-m", "gunicorn", "--config", "python:handrail.config.gunicorn_settings"]
    command += ["--workers", "1", "--no-control-socket", "handrail.config.wsgi"]
    server = subprocess.Popen(command, env=surroundings)
    address = f"http://localhost:{port}"
    try:
        _wait_for(f"{address}/health", server)
        yield Site(address, home, **stage)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _build(surroundings: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.browser.stage"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server did not start"
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
