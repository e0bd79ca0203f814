"""A small made-up trial, as rows of ``domain.extract``: the same seed always gives the same rows.

221 and 220 people; outcome known for 218 and 216; 64 and 83 readmitted, as published, with made-up days.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import handrail
from handrail.analysis.findings import AnalysisResult
from handrail.analysis.populations import true_arms
from handrail.analysis.tables import read, sealed
from handrail.analysis.trial import Arms, analyse
from handrail.domain import extract
from handrail.domain.protocol import Protocol
from handrail.exchange import files, protocol_file, sealed_file

CORE = Path(handrail.__file__).parent / "protocols" / "core.toml"
ARM, REFERENCE = "peer_supported", "postal_workbook"
FIRST_DAY = date(2014, 3, 12)
HORIZON = 365

Rows = dict[str, list[tuple[Any, ...]]]


def few() -> Rows:
    """Two dozen people, for tests of what is refused."""
    return rows(sizes=(12, 12), known=(11, 10), events=(4, 5))


def rows(
    seed: int = 1,
    *,
    sizes: tuple[int, int] = (221, 220),
    known: tuple[int, int] = (218, 216),
    events: tuple[int, int] = (64, 83),
) -> Rows:
    """Rows of every table, masked and sealed; people, outcomes known and readmitted in each arm."""
    dice = random.Random(seed)
    made: Rows = {table.name: [] for table in (*extract.TABLES, *extract.SEALED_TABLES)}
    people = [(ARM, i, known[0], events[0]) for i in range(sizes[0])]
    people += [(REFERENCE, i, known[1], events[1]) for i in range(sizes[1])]
    numbers = dice.sample(range(10_000, 99_999), len(people))
    for number, (arm, place, known_count, event_count) in zip(numbers, people, strict=True):
        _person(made, dice, f"HR-{number}", arm, place, known_count, event_count)
    for i in range(60):
        reason = "declined" if i % 3 else "ineligible"
        made["screening"].append(_screened(f"R{i:05d}", "team_1", False, reason))
    made["deviations"].append((1, made["entries"][0][0], "team_1", FIRST_DAY, "out_of_window"))
    made["deviations"].append((2, "", "team_2", FIRST_DAY, "other"))
    made["participation"].append((made["entries"][3][0], "interviews", FIRST_DAY + timedelta(days=40)))
    return made


def _person(
    made: Rows, dice: random.Random, number: str, arm: str, place: int, known: int, events: int
) -> None:
    team = f"team_{dice.randint(1, 6)}"
    entered = FIRST_DAY + timedelta(days=dice.randint(0, 400))
    made["entries"].append((number, team, entered, team, "core-1"))
    made["screening"].append(_screened(f"E{number}", team, True, ""))
    housing = dice.choice(["independent", "supported", ""])
    gender = dice.choice(["woman", "man"])
    made["baseline"].append((number, dice.randint(18, 75), gender, "white_british", housing, place % 3 == 0))
    made["outcomes"].append(_outcome(dice, number, place, known, events))
    made["arms"].append((number, arm))
    for point, instrument in (("baseline", "qpr_15"), ("month_4", "qpr_15"), ("month_4", "csq_8")):
        is_done = point == "baseline" or dice.random() < 0.8
        total = dice.randint(10, 50) if is_done else None
        state = "done" if is_done else "missed"
        held = entered + timedelta(days=120) if is_done else None
        made["followup"].append(
            (number, point, instrument, state, held, is_done or None, 15 if is_done else None, total)
        )
    if place < (25 if arm == ARM else 38):
        for i in range(2 if place < 4 else 1):
            made["adverse_events"].append((number, i + 1, entered, entered, "hospital_stay", place % 2 == 0))
            made["relatedness"].append((number, i + 1, "unrelated"))
    if arm == ARM:
        is_known = place >= 23
        held = min(place % 14, 10) if is_known else None
        made["delivery"].append((number, f"PW{place % 7:02d}", is_known, held, None, None, None, None))
    else:
        made["post"].append((number, entered, entered + timedelta(days=2), entered if place == 9 else None))


def _screened(number: str, team: str, is_entered: bool, exit_: str) -> tuple[Any, ...]:
    reasons = "out_of_area" if exit_ == "ineligible" else ""
    is_eligible = exit_ != "ineligible"
    return (number, team, FIRST_DAY, True, is_eligible, reasons, is_entered, is_entered, is_entered, exit_)


def _outcome(dice: random.Random, number: str, place: int, known: int, events: int) -> tuple[Any, ...]:
    if place >= known:
        followed = dice.randint(20, 300)
        return (number, "censored", None, None, "", None, None, followed)
    if place >= events:
        return (number, "not_readmitted", False, None, "", 0, 0, HORIZON)
    day, nights = dice.randint(1, HORIZON), dice.randint(1, 40)
    service = dice.choice(["ward", "crisis-team", "crisis-team+ward"])
    return (number, "readmitted", True, day, service, nights, nights + 1, HORIZON)


def protocol() -> Protocol:
    """The CORE protocol, as shipped."""
    return protocol_file.load(CORE)


def write(folder: Path, made: Rows, *, label: str = "synthetic") -> Path:
    """Write the lock, its arm file and its key as the data lock does; the folder's path."""
    texts = {table.name: files.csv_text(table, made[table.name]) for table in extract.TABLES}
    hidden = {table.name: files.csv_text(table, made[table.name]) for table in extract.SEALED_TABLES}
    identity = sealed_file.new_identity()
    arms = sealed_file.encrypt(json.dumps({"salt": "0" * 32, "tables": hidden}).encode(), identity.recipient)
    content = CORE.read_bytes()
    manifest = {
        "handrail": "0.1.0",
        "label": label,
        "locked_at": "2017-02-01T09:00:00+00:00",
        "protocol": {"title": "CORE", "version": "core-1", "file_hash": files.sha256(content)},
        "tables": files.table_entries(texts),
        "arm_file": {"name": files.arm_file_of(folder).name, "sha256": files.sha256(arms)},
    }
    _write(folder, texts, content, manifest)
    files.arm_file_of(folder).write_bytes(arms)
    key = folder.with_name(f"{folder.name}.statistician-key.SYNTHETIC.txt")
    key.write_text(f"# synthetic\n{identity.secret}\n", encoding="utf-8")
    return folder


def _write(folder: Path, texts: dict[str, str], protocol: bytes, manifest: dict[str, Any]) -> None:
    """As the data lock writes it, but without waiting for the disk."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "protocol.toml").write_bytes(protocol)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def make_good(folder: Path) -> None:
    """Give the manifest the hashes of the tables as they now are."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for name, entry in manifest["tables"].items():
        entry["sha256"] = files.sha256((folder / f"{name}.csv").read_bytes())
    path.write_text(json.dumps(manifest), encoding="utf-8")


def result(folder: Path, made: Rows, **words: Any) -> AnalysisResult:
    """Write the lock and analyse it by its true arms, without the command."""
    locked = read(write(folder, made, **words))
    hidden = {table.name: files.csv_text(table, made[table.name]) for table in extract.SEALED_TABLES}
    opened = sealed(hidden, "lock.arms.age")
    return analyse(locked, Arms(true_arms(opened), "lock.arms.age", sealed=opened), protocol())
