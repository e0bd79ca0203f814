"""What is needed to post workbooks: a list, letters, and an envelope that tells a neighbour nothing."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from handrail.domain.refusal import Conflict
from handrail.exchange import mail
from handrail.exchange.mail import Parcel, covering_letter, write_posting

DAY = date(2014, 6, 5)
SAM = Parcel("HR-00002-B", "Sam Synthetic", "1 Sample Street\nSampleton", "ZZ99 9ZZ", date(2014, 6, 10))
ALEX = Parcel("HR-00001-A", "Alex Synthetic", "=HYPERLINK(1)", "ZZ99 9ZZ", date(2014, 6, 9))
TELLING = re.compile(r"mental|health|nhs|trial|research|crisis|workbook|study|hospital", re.IGNORECASE)


def test_the_list_is_in_order_of_the_day_due_with_a_letter_for_each(tmp_path: Path) -> None:
    folder = write_posting([SAM, ALEX], tmp_path / "posting", day=DAY)
    with (folder / "list.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["study_number"] for row in rows] == ["HR-00001-A", "HR-00002-B"]
    assert rows[1]["address"] == "1 Sample Street\nSampleton"
    assert {path.name for path in folder.iterdir()} == {
        "list.csv",
        "envelope.txt",
        "letter-HR-00001-A.txt",
        "letter-HR-00002-B.txt",
    }


def test_an_address_cannot_run_as_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    folder = write_posting([ALEX], tmp_path / "posting", day=DAY)
    with (folder / "list.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["address"] == "'=HYPERLINK(1)"


def test_the_envelope_tells_nothing() -> None:
    text = (mail.TEXTS / "envelope.txt").read_text()
    assert text and TELLING.findall(text) == []


def test_the_letter_is_addressed_dated_and_gives_every_urgent_number() -> None:
    letter = covering_letter(SAM, day=DAY)
    assert letter.startswith("Sam Synthetic\n1 Sample Street\nSampleton\nZZ99 9ZZ\n\n5 June 2014\n")
    for number in ("999", "111 and choose option 2", "116 123", "SHOUT to 85258"):
        assert number in letter


def test_a_list_is_never_written_over(tmp_path: Path) -> None:
    folder = write_posting([SAM], tmp_path / "posting", day=DAY)
    before = (folder / "list.csv").read_bytes()
    with pytest.raises(Conflict):
        write_posting([ALEX], folder, day=DAY)
    assert (folder / "list.csv").read_bytes() == before


def test_an_interruption_leaves_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(mail, "covering_letter", stop)
    with pytest.raises(KeyboardInterrupt):
        write_posting([SAM], tmp_path / "posting", day=DAY)
    assert not (tmp_path / "posting").exists()
