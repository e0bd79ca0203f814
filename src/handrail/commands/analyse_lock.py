"""``handrail analyse LOCK``: a verified lock, its arms opened or dealt, to a folder of findings."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import hashlib
import io
import json
from pathlib import Path
from typing import Any

from handrail.analysis import tables, trial, wording
from handrail.analysis.findings import AnalysisResult, DisplayTable, Finding
from handrail.analysis.populations import scrambled_arms, true_arms
from handrail.commands.every_fault import EveryFault
from handrail.commands.installation import read_bytes
from handrail.commands.replacing_folder import replacing_folder, why_not_replace
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange import protocol_file, sealed_file

RESULT = "findings.json"
KEY_NAMES = "*.statistician-key*.txt"
ANALYSE = "handrail analyse"
WHICH_ARMS = "Give --arms FILE for the true ones, or --scrambled SEED to rehearse on shuffled ones"
LARGEST_ARM_FILE = 1_000_000_000  # bytes
MEND_LOCK = "Ask for the lock and its arm file again"


def run(arguments: argparse.Namespace) -> None:
    """Analyse a lock and write the findings.

    Raises:
        BadFile: when a word is missing, or the lock, the arm file or the key cannot be used; nothing is
            written.
    """
    insist_on_words(arguments)
    faults = why_not_replace(arguments.out, mark=RESULT)
    result = analysed(arguments.lock, arguments.arms, arguments.key, arguments.scrambled, faults=faults)
    with replacing_folder(arguments.out, mark=RESULT) as folder:
        write(folder, result)
    for notice in result.notices:
        print(notice)
    print(_summary(result))
    print(f"{len(result.findings)} findings and {len(result.tables)} tables are in {arguments.out}")


def insist_on_words(arguments: argparse.Namespace) -> None:
    """Go on only with a lock, a place to write to, and exactly one way of knowing the arms."""
    missing = [
        Fault(ANALYSE, 0, name, "is missing", mend)
        for name, value, mend in (
            ("LOCK", arguments.lock, "Give the lock's folder, or --counts and four counts"),
            ("--out", arguments.out, "Say which folder to write to: --out DIR"),
        )
        if value is None
    ]
    faults = (*missing, *why_not_these_arms(ANALYSE, arguments))
    if arguments.json:
        mend = "Leave it out: DIR/findings.json holds the same form"
        faults += (Fault(ANALYSE, 0, "--json", "goes with --counts alone", mend),)
    if faults:
        raise BadFile(faults)


def why_not_these_arms(verb: str, arguments: argparse.Namespace) -> tuple[Fault, ...]:
    """Whatever is wrong with ``--arms``, ``--key`` and ``--scrambled``; nothing where they say one way."""
    arms, key, seed = arguments.arms, arguments.key, arguments.scrambled
    faults = []
    if arms is not None and seed is not None:
        mend = "--arms for the true arms, --scrambled to rehearse"
        faults.append(Fault(verb, 0, "--arms and --scrambled", "exclude each other", mend))
    if arms is None and seed is None:
        faults.append(Fault(verb, 0, "--arms or --scrambled", "is missing", WHICH_ARMS))
    if key is not None and arms is None:
        faults.append(Fault(verb, 0, "--key", "is given, but nothing to open", "Give --arms FILE too"))
    if seed is not None and seed < 0:
        faults.append(Fault(verb, 0, "--scrambled", "is below 0", "Give a whole number from 0 up"))
    return tuple(faults)


def analysed(
    lock: Path, arms: Path | None, key: Path | None, seed: int | None, *, faults: tuple[Fault, ...] = ()
) -> AnalysisResult:
    """The result for a lock, with its arms opened, or dealt at random from ``seed`` where that is given.

    Raises:
        BadFile: when the lock, the arm file, the key or the protocol cannot be used, or there is no key
            beside the arm file; with every fault, and with ``faults``, which were found before.
    """
    every = EveryFault(*faults)
    locked = every.of(lambda: tables.read(lock))
    under = every.of(lambda: protocol_file.load(lock / tables.PROTOCOL)) if locked else None
    opens = _read(arms, key, every) if arms else None
    if locked and opens and hashlib.sha256(opens.content).hexdigest() != locked.arm_file_hash:
        problem = "is not the arm file of this lock: its hash differs"
        every.found.append(Fault(opens.name, 0, "--arms", problem, MEND_LOCK))
    every.insist()
    assert locked is not None and under is not None
    return trial.analyse(locked, _opened(opens) if opens else _dealt(locked, under, seed or 0), under)


def _dealt(locked: tables.Lock, under: Protocol, seed: int) -> trial.Arms:
    by_person = scrambled_arms(locked.tables["entries"], under.arms, seed)
    return trial.Arms(by_person, source=f"the arms dealt from seed {seed}", seed=seed)


@dataclasses.dataclass(frozen=True)
class _Sealed:
    """The arm file and the secret key, as they were read."""

    name: str
    content: bytes
    key: str


def _read(arms: Path, key: Path | None, every: EveryFault) -> _Sealed | None:
    """The arm file and its key, whichever can be read; what is wrong with either is kept in ``every``."""
    content = every.of(lambda: read_bytes(arms, most=LARGEST_ARM_FILE, word="--arms"))
    if key is None and content is None:
        return None  # where the arm file is not, nobody looks for a key beside it
    secret = every.of(lambda: _secret(key or _key_beside(arms)))
    return _Sealed(arms.name, content, secret) if content is not None and secret is not None else None


def _secret(path: Path) -> str:
    """The text of a secret key's file. Raises: BadFile, when it cannot be read or is none."""
    return sealed_file.secret_in(read_bytes(path, word="--key"), path.name, word="--key")


def _opened(sealed: _Sealed) -> trial.Arms:
    """What is in the arm file, if the key opens it. Raises: BadFile."""
    opened = sealed_file.decrypt(sealed.content, sealed.key)
    found = tables.sealed(_texts(opened, sealed.name), sealed.name)
    return trial.Arms(true_arms(found), source=sealed.name, sealed=found)


def _key_beside(arms: Path) -> Path:
    """The one key that lies beside the arm file."""
    keys = sorted(arms.parent.glob(KEY_NAMES))
    stem = arms.name.removesuffix(".arms.age")
    own = [path for path in keys if path.name.startswith(f"{stem}.")] or keys
    if len(own) != 1:
        problem = "has no key beside it" if not own else f"has {len(own)} keys beside it"
        raise BadFile((Fault(arms.name, 0, "--key", problem, "Name the one that opens it: --key FILE"),))
    return own[0]


def _texts(opened: bytes, name: str) -> dict[str, str]:
    """The text of each sealed table."""
    try:
        texts: Any = json.loads(opened)["tables"]
    except (ValueError, KeyError, TypeError):
        texts = None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise BadFile((Fault(name, 0, "tables", "is not a set of tables", MEND_LOCK),))
    return texts


def write(folder: Path, result: AnalysisResult) -> None:
    """Write the findings as JSON and as a table, and every table as CSV with its title and note."""
    (folder / RESULT).write_text(result.to_json(), encoding="utf-8")
    (folder / "findings.csv").write_text(_findings_csv(result.findings), encoding="utf-8")
    (folder / "tables").mkdir()
    for table in result.tables:
        (folder / "tables" / f"{table.code}.csv").write_text(_table_csv(table), encoding="utf-8")


def _findings_csv(findings: tuple[Finding, ...]) -> str:
    names = [field.name for field in dataclasses.fields(Finding)]
    rows = [[getattr(finding, name) for name in names] for finding in findings]
    return _csv([names, *([_plain(value) for value in row] for row in rows)])


def _plain(value: str | float | None) -> str:
    """A value as in the JSON form: ten significant digits, blank for none."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def _table_csv(table: DisplayTable) -> str:
    return _csv([[table.title], list(table.columns), *map(list, table.rows), [table.note]])


def _csv(rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _summary(result: AnalysisResult) -> str:
    """The main answer in one line."""
    primary = result.finding("readmission_or_adjusted")
    if primary.estimate is None:
        return f"{primary.title}: {primary.note}"
    limits = f"{wording.level_name(primary.level or 0)} {wording.interval(primary)}"
    numbers = f"{wording.estimate(primary)} ({limits}), p {wording.p_value(primary.p)}"
    return f"{primary.title}: {numbers}, n = {primary.n}, {primary.events} readmitted"
