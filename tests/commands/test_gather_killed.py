"""A records file is being taken in, and the machine is killed: file and outcomes together, or neither."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.operating import handrail, sql, surroundings

pytestmark = pytest.mark.slow

TAKE_IN = """
import os, signal, sys
from datetime import date
from handrail.commands.starting import now, start_django
start_django()
from django.conf import settings
from handrail.domain.words import Role, Setting
from handrail.exchange.acutecare import AcceptedRow, CheckedFile
from handrail.journey import gather
from handrail.records.accounts import facts as accounts
from handrail.records.acutecare import actions
link = actions.link
def die():
    os.kill(os.getpid(), signal.SIGKILL)
def killed(**given):
    if sys.argv[1] == "linked":
        link(**given)
    die()
if sys.argv[1] != "":
    actions.link = killed
(administrator,) = accounts.accounts(role=Role.ADMINISTRATOR, is_active=True)
row = AcceptedRow(1, "HR-00001-X", Setting.WARD, "provider-1", date(2015, 1, 1), date(2015, 1, 9))
file = CheckedFile("spells.csv", "0" * 64, date(2015, 12, 31), (row,), ())
gather.take_in(file, under=settings.PROTOCOL.outcome, by=administrator.id, at=now())
if sys.argv[1] == "":
    print("taken in")
"""
KEPT = "SELECT count(*) FROM acutecare_extractfile"
ROWS = "SELECT count(*) FROM acutecare_spellrow"
LINES = "SELECT event FROM audit_line WHERE event IN ('extract_read', 'records_linked') ORDER BY number"


def take_in(home: Path, *, killed: str) -> subprocess.CompletedProcess[str]:
    """Take a file in, killed where this is ``read`` or ``linked``: right after that, before the end."""
    words = [sys.executable, "-c", TAKE_IN, killed]
    return subprocess.run(words, env=surroundings(home), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("moment", ["read", "linked"])
def test_killed_between_reading_a_file_and_working_out_the_outcomes_neither_has_happened(
    home: Path, moment: str
) -> None:
    assert take_in(home, killed=moment).returncode == -signal.SIGKILL
    assert [sql(home, asked) for asked in (KEPT, ROWS, LINES)] == [[(0,)], [(0,)], []]
    again = take_in(home, killed="")
    assert (again.returncode, again.stdout) == (0, "taken in\n"), again.stderr
    assert [sql(home, asked) for asked in (KEPT, ROWS)] == [[(1,)], [(1,)]]
    assert sql(home, LINES) == [("extract_read",), ("records_linked",)]
    assert handrail("verify", home=home).returncode == 0
