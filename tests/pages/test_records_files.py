"""A records file that is sent in: its name is only a name, and what it says of people is kept closed."""

from __future__ import annotations

import os
import stat
from datetime import date
from io import StringIO
from pathlib import Path
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from handrail.domain.refusal import Reason, Refused
from handrail.domain.words import Because, Role
from handrail.exchange import incoming
from handrail.web.assessor import check_file, records
from tests.pages import door

pytestmark = pytest.mark.django_db
NHS_NUMBER = b"9990000018"
ROWS = b"person_id,service,provider,start,end\n%s,ward,north,2014-05-01,2014-05-09\n" % NHS_NUMBER
ADDRESS = "/study/records/checked/"


def sent(desk: Client, rows: bytes = ROWS, name: str = "spells.csv") -> HttpResponse:
    """Send in a file."""
    day = {"covers_until-day": "31", "covers_until-month": "3", "covers_until-year": "2015"}
    return desk.post("/study/records/send", {"file": SimpleUploadedFile(name, rows), **day})


def yes(desk: Client, place: str) -> HttpResponse:
    """Say yes to a file that waits."""
    return desk.post(place, {"request_key": str(uuid4())})


@pytest.fixture
def desk(site: None, settings: object, tmp_path: Path) -> Client:
    """The data desk, of an installation whose folder is the test's own."""
    settings.PLACE = tmp_path  # type: ignore[attr-defined]
    return door.let_in(door.make_staff(Role.DATA_DESK))


@pytest.fixture(scope="module")
def answers() -> dict[object, tuple[tuple[str, ...], bytes | None]]:
    """What the child said of each file that these tests sent in."""
    return {}


@pytest.fixture(autouse=True)
def a_file_is_checked_once(
    answers: dict[object, tuple[tuple[str, ...], bytes | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child is started for each file, by name, rows and day, that is new: it is dear, and says the same."""
    honest = check_file._run

    def run(upload: Path, out: Path, name: str, covers_until: date) -> tuple[str, ...]:
        asked = (upload.read_bytes(), name, covers_until)
        if asked not in answers:
            faults = honest(upload, out, name, covers_until)
            answers[asked] = (faults, out.read_bytes() if out.exists() else None)
        faults, verdict = answers[asked]
        if verdict is not None:
            out.write_bytes(verdict)
        return faults

    monkeypatch.setattr(check_file, "_run", run)


@pytest.mark.parametrize(
    "name", ["spells.csv", "--json.csv", "--out=elsewhere.csv", "-h.csv", "../../spells.csv", "a b;c.csv"]
)
def test_a_files_name_is_never_taken_for_an_option_or_a_place(
    desk: Client, tmp_path: Path, name: str
) -> None:
    answer = sent(desk, name=name)
    assert answer.status_code == 302, answer.content.decode()
    (kept,) = (tmp_path / "incoming").iterdir()  # and not the file that was sent, nor its folder
    assert answer.headers["Location"] == f"/study/records/checked/{kept.stem}"
    assert [path.name for path in tmp_path.iterdir()] == ["incoming"]


def test_what_waits_for_a_yes_is_closed_and_encrypted(desk: Client, tmp_path: Path) -> None:
    answer = sent(desk)

    (kept,) = (tmp_path / "incoming").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [word for word in (NHS_NUMBER, b"ward", b"2014", b"spells") if word in kept.read_bytes()] == []
    assert b"1 row" in desk.get(answer.headers["Location"]).content  # and yet it is what was sent


def test_a_file_that_is_kept_is_not_kept_twice(desk: Client, tmp_path: Path) -> None:
    place = sent(desk).headers["Location"]
    assert yes(desk, place).status_code == 302
    assert list((tmp_path / "incoming").iterdir()) == []
    assert desk.get(place).status_code == 404


def test_a_file_that_is_refused_does_not_lie_about(
    desk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = sent(desk).headers["Location"]
    refused = Refused((Reason(Because.NOT_LINKED, "1"),))
    with monkeypatch.context() as patch:
        patch.setattr(records.gather, "read", Mock(side_effect=refused))
        assert yes(desk, place).status_code == 200
    assert sent(desk, b"person_id,service\nP1,ward\n").status_code == 200  # malformed: nothing waits
    assert list((tmp_path / "incoming").iterdir()) == []


def test_what_nobody_says_yes_to_is_gone_after_a_day(desk: Client, tmp_path: Path) -> None:
    place = sent(desk).headers["Location"]
    (kept,) = (tmp_path / "incoming").iterdir()
    stuck = kept.with_name(".checking-by-a-machine-that-stopped")
    stuck.mkdir()
    older = [kept.with_name(f"{UUID(int=5)}{ending}") for ending in (".csv", ".jsonl")]  # of older versions
    hospitals = kept.with_name("spells-north-to-2015-03-31.csv")  # as the demonstration puts them here
    for path in (*older, hospitals):
        path.write_bytes(ROWS)
    for path in (kept, stuck, *older, hospitals):
        a_day_ago = path.stat().st_mtime - incoming.KEPT_SECONDS - 60
        os.utime(path, (a_day_ago, a_day_ago))
    fresh = kept.with_name(f"{UUID(int=6)}.csv")
    fresh.write_bytes(ROWS)
    call_command("remind", stdout=StringIO())
    assert set((tmp_path / "incoming").iterdir()) == {hospitals, fresh}
    assert desk.get(place).status_code == 404


def test_a_waiting_file_opens_for_nobody_but_its_sender(desk: Client) -> None:
    place = sent(desk).headers["Location"]
    other = door.let_in(door.make_staff(Role.DATA_DESK, number=2))
    assert (other.get(place).status_code, yes(other, place).status_code) == (404, 404)
    assert yes(desk, place).status_code == 302  # and it still waits for them


def test_a_waiting_file_that_was_moved_to_another_token_does_not_open(desk: Client, tmp_path: Path) -> None:
    sent(desk)
    (kept,) = (tmp_path / "incoming").iterdir()
    other = UUID(int=7)
    kept.rename(kept.with_name(f"{other}.sealed"))
    assert desk.get(f"{ADDRESS}{other}").status_code == 404
