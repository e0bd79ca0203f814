"""What is needed to post workbooks: a list, a covering letter for each, and the words on the envelope.

Sealed: only one arm is posted a workbook. The envelope tells a neighbour nothing. Files are written to a
temporary folder that is then renamed: all of them are there, or none is.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.domain.dates import in_words
from handrail.domain.refusal import Conflict
from handrail.exchange.trial_office import ON_PAPER

TEXTS = Path(__file__).parent / "texts" / "post"
HEADER = ("study_number", "name", "address", "postcode", "due_on")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Parcel:
    """One workbook to post: to whom, where, and by when."""

    study_number: str
    name: str
    address: str
    postcode: str
    due_on: date


def write_posting(
    parcels: Sequence[Parcel],
    folder: Path,
    *,
    day: date,
    ask_us: str = ON_PAPER,
    booklets: Mapping[str, bytes] | None = None,
) -> Path:
    """Write ``list.csv``, ``envelope.txt`` and ``letter-<study number>.txt`` into a new folder.

    ``booklets`` are the workbooks to print: the name of each file, and what is in it.

    Raises:
        Conflict: when the folder is there already; a list is never written over.
    """
    if folder.exists():
        raise Conflict(f"{folder.name} is there already")
    folder.parent.mkdir(parents=True, exist_ok=True)
    started = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    _write(started / "list.csv", _list(parcels))
    _write(started / "envelope.txt", (TEXTS / "envelope.txt").read_text(encoding="utf-8"))
    for parcel in parcels:
        _write(started / f"letter-{parcel.study_number}.txt", covering_letter(parcel, day=day, ask_us=ask_us))
    for name, content in (booklets or {}).items():
        (started / name).write_bytes(content)
    started.rename(folder)
    return folder


def covering_letter(parcel: Parcel, *, day: date, ask_us: str = ON_PAPER) -> str:
    """The letter that goes with one workbook; ``ask_us`` is what to do to ask, as part of a sentence."""
    text = (TEXTS / "covering_letter.txt").read_text(encoding="utf-8")
    address = f"{parcel.address.strip()}\n{parcel.postcode}"
    return text.format(name=parcel.name, address=address, day=in_words(day), ask_us=ask_us)


def _list(parcels: Sequence[Parcel]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER)
    for parcel in sorted(parcels, key=lambda one: (one.due_on, one.study_number)):
        row = (parcel.study_number, parcel.name, parcel.address, parcel.postcode, parcel.due_on.isoformat())
        writer.writerow(_harmless(cell) for cell in row)
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: somebody's address must not run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
