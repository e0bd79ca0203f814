"""The rules run without Django, a database or a secret, in under two seconds (less those marked slow)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

SECONDS = 2.0  # of the processor, so that a busy machine does not count against the rules
NO_DJANGO = """
import sys, time, pytest

class Clock:
    spent = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self):
        start = time.process_time()
        answer = yield
        self.spent += time.process_time() - start
        return answer

clock = Clock()
status = pytest.main(["-p", "no:django", "-p", "no:xdist", "-m", "not slow", "tests/rules"], plugins=[clock])
assert "django" not in sys.modules, "Django was loaded"
print("seconds:", clock.spent)
sys.exit(status)
"""


@pytest.mark.slow
def test_the_rules_run_without_django_in_under_two_seconds() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NO_DJANGO], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert float(ran.stdout.rsplit("seconds:", 1)[1]) < SECONDS, ran.stdout
