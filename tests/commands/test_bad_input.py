"""Files as people really spoil them: every fault by file, line and column, status 2, nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from handrail.commands.console import main
from tests.analysis import synthetic
from tests.commands.operating import files_in

CORE = (Path(__file__).parents[2] / "src" / "handrail" / "protocols" / "core.toml").read_text("utf-8")
Said = list[str]


def line_of(words: str) -> int:
    """The line of the shipped protocol on which these words stand."""
    return CORE[: CORE.index(words)].count("\n") + 1


FROM, GAP, HORIZON = "recruits_from = ", "merge_gap_days = ", "horizon_days = 365"
LEVEL, TWICE = "interval_level = 0.95", 'code = "team_2"'
PROTOCOLS: dict[str, tuple[bytes, Said]] = {
    "nothing in it": (b"", ["p.toml: programme is missing", "p.toml: outcome is missing"]),
    "saved as UTF-16": (CORE.encode("utf-16"), ["p.toml: is UTF-16 text. Save the file again as UTF-8"]),
    "no text": (b"\0\1PDF", ["p.toml line 1: holds a null character"]),
    "another alphabet": (
        "[programme]\ntitle = 'é'\n".encode("latin-1"),
        ["p.toml line 2: is not UTF-8 text"],
    ),
    "a day that is none": (
        CORE.replace(FROM, "recruits_from = 2019-13-45 #", 1).encode(),
        [f"p.toml line {line_of(FROM)}: column 21: is not TOML in “recruits_from = 2019-13-45"],
    ),
    "a key twice": (b'title = "x"\ntitle = "y"\n', ["p.toml line 2: column 12: is not TOML in “title"]),
    "two faults far apart": (
        CORE.replace(HORIZON, 'horizon_days = "a year"').replace(LEVEL, "interval_level = 95").encode(),
        [
            f"p.toml line {line_of(HORIZON)}: outcome.horizon_days must be a whole number",
            f"p.toml line {line_of(LEVEL)}: analysis.interval_level must be a number from 0.5",
        ],
    ),
    "a table nobody knows": ((CORE + "\n[surprise]\nx = 1\n").encode(), ["surprise is not a known key"]),
    "a code twice": (
        CORE.replace(TWICE, 'code = "team_1"', 1).encode(),
        [f"p.toml line {line_of(TWICE)}: programme.teams[2].code must differ from the others"],
    ),
    "a name left out": (CORE.replace(HORIZON, "", 1).encode(), ["outcome.horizon_days is missing"]),
}


@pytest.mark.parametrize("case", PROTOCOLS)
def test_a_spoilt_protocol_is_refused_with_every_fault(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, said = PROTOCOLS[case]
    (tmp_path / "p.toml").write_bytes(content)
    assert main(["protocol", "check", str(tmp_path / "p.toml")]) == 2
    shown = capsys.readouterr().err
    assert [words for words in said if words not in shown] == []
    assert [*files_in(tmp_path)] == ["p.toml"]


SPELLS_HEAD, COHORT_HEAD = "person_id,service,provider,start,end\n", "person_id,entry_date,death_date\n"
SPELL, PERSON = "1,ward,A,2015-01-01,2015-01-05\n", "1,2014-12-01,\n"
RECORDS: dict[str, tuple[bytes, bytes, Said]] = {
    "empty": (b"", (COHORT_HEAD + PERSON).encode(), ["s.csv: is empty. The first line names the columns"]),
    "semicolons": (
        (SPELLS_HEAD + SPELL).replace(",", ";").encode(),
        (COHORT_HEAD + PERSON).encode(),
        ["s.csv line 1: is split by semicolons, not by commas. Save it as plain CSV"],
    ),
    "tabs": (
        (SPELLS_HEAD + SPELL).encode(),
        (COHORT_HEAD + PERSON).replace(",", "\t").encode(),
        ["c.csv line 1: is split by tabs, not by commas"],
    ),
    "no text": (b"\0\0\1\2", (COHORT_HEAD + PERSON).encode(), ["s.csv line 1: is not text"]),
    "UTF-16": ((SPELLS_HEAD + SPELL).encode("utf-16"), b"", ["s.csv: is UTF-16 text"]),
    "a column misspelt": (
        (SPELLS_HEAD.replace("service", "servce") + SPELL).encode(),
        (COHORT_HEAD + PERSON).encode(),
        ["s.csv line 1: service: column is missing", "servce"],
    ),
    "dates in three ways": (
        (SPELLS_HEAD + "1,ward,A,01/02/2015,\n,ward,A,2015-02-30,x\n").encode(),
        (COHORT_HEAD + PERSON).encode(),
        [
            "s.csv line 2: start: '01/02/2015' is not a date",
            "s.csv line 3: person_id: is empty",
            "s.csv line 3: start: '2015-02-30' is not a date",
            "s.csv line 3: end: 'x' is not a date",
        ],
    ),
    "fields too few and too many": (
        (SPELLS_HEAD + "1,ward,A,2015-01-01\n1,ward,A,2015-01-01,,more\n").encode(),
        (COHORT_HEAD + PERSON).encode(),
        ["s.csv line 2: has 4 fields; the header has 5", "s.csv line 3: has 6 fields"],
    ),
    "a quote left open": (
        (SPELLS_HEAD + '1,"ward,A,2015-01-01,\n').encode(),
        (COHORT_HEAD + PERSON).encode(),
        ["s.csv line 2: cannot be split into fields"],
    ),
    "a person twice, a day before entry": (
        (SPELLS_HEAD + SPELL).encode(),
        (COHORT_HEAD + PERSON + PERSON + "2,2014-12-01,2014-01-01\n").encode(),
        ["c.csv line 3: person_id: is on line 2 too", "c.csv line 4: death_date: is before entry_date"],
    ),
}


@pytest.mark.parametrize("case", RECORDS)
def test_spoilt_records_are_refused_with_every_fault(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spells, cohort, said = RECORDS[case]
    places = [tmp_path / name for name in ("s.csv", "c.csv", "out.csv")]
    for place, content in zip(places, (spells, cohort), strict=False):
        place.write_bytes(content)
    words = [word for pair in zip(("--spells", "--cohort", "--out"), places, strict=True) for word in pair]
    assert main(["readmissions", *map(str, words)]) == 2
    shown = capsys.readouterr().err
    assert [words for words in said if words not in shown] == []
    assert [*files_in(tmp_path)] == ["c.csv", "s.csv"]


def edit_manifest(change: Callable[[dict], object]) -> Callable[[Path], None]:  # type: ignore[type-arg]
    """A hand that edits the manifest."""

    def act(lock: Path) -> None:
        manifest = json.loads((lock / "manifest.json").read_text())
        change(manifest)
        (lock / "manifest.json").write_text(json.dumps(manifest))

    return act


def put(name: str, content: str) -> Callable[[Path], None]:
    return lambda lock: (lock / name).write_text(content) and None


def edit_outcomes(lock: Path) -> None:
    """Two rows spoilt, and the hash made right again."""
    lines = (lock / "outcomes.csv").read_text().splitlines(keepends=True)
    lines[3], lines[5] = lines[3].replace(",", ";", 1), lines[5].rstrip("\r\n") + "x\n"
    (lock / "outcomes.csv").write_text("".join(lines))
    digest = sha256((lock / "outcomes.csv").read_bytes()).hexdigest()
    edit_manifest(lambda manifest: manifest["tables"]["outcomes"].update(sha256=digest))(lock)


LOCKS: dict[str, tuple[Callable[[Path], None], Said]] = {
    "a moment that is none": (
        edit_manifest(lambda manifest: manifest.update(locked_at="yesterday")),
        ["manifest.json: locked_at: must be a moment"],
    ),
    "a moment without its offset": (
        edit_manifest(lambda manifest: manifest.update(locked_at="2017-01-31T12:00:00")),
        ["manifest.json: locked_at: must be a moment"],
    ),
    "a manifest with three faults": (
        edit_manifest(lambda m: (m.update(label=7, arm_file=None), m["tables"].pop("entries"))),
        ["label: must be text", "arm_file.sha256: must be", "tables.entries: is missing"],
    ),
    "half a manifest": (put("manifest.json", '{"tables": '), ["manifest.json line 1: is not JSON"]),
    "two files changed, one too many": (
        lambda lock: [put(n, "x\n")(lock) for n in ("baseline.csv", "protocol.toml", "more.csv")] and None,
        [
            "baseline.csv: is not the file that manifest.json names",
            "baseline.csv line 1: the columns must be study_number",
            "protocol.toml: is not the file that manifest.json names",
            "more.csv: does not belong in a lock",
        ],
    ),
    "cells spoilt": (
        edit_outcomes,
        [
            "outcomes.csv line 4: has 7 cells; 8 are declared",
            "outcomes.csv line 6: followed_days: must be a whole number; found",
        ],
    ),
    "the wrong folder": (lambda lock: (lock / "manifest.json").unlink(), ["has no manifest.json"]),
}


@pytest.mark.parametrize("verb", ["analyse", "report"])
@pytest.mark.parametrize("case", LOCKS)
def test_a_damaged_lock_is_refused_with_every_fault(
    case: str, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, said = LOCKS[case]
    lock = synthetic.write(tmp_path / "lock", synthetic.few())
    spoil(lock)
    before = files_in(tmp_path)
    assert main([verb, str(lock), "--scrambled", "1", "--out", str(tmp_path / "out")]) == 2
    shown = capsys.readouterr().err
    assert [words for words in said if words not in shown] == []
    assert files_in(tmp_path) == before
