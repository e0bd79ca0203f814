"""A spoilt protocol file is refused, with the key, the line and the mend of every fault."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from handrail.domain.refusal import BadFile
from handrail.domain.words import MASKED_ROLES, Scope, Setting
from handrail.exchange import protocol_file
from tests.exchange.protocols import CORE, faults_of, header_line, load, spoil

TEXT = CORE.read_text()


TABLE = Path(__file__).with_name("spoilt_protocols.txt").read_text().splitlines()
SPOILT = [line.split(" ¦ ") for line in TABLE if line and not line.startswith("#")]


@pytest.mark.parametrize(("old", "new", "place", "said", "mend"), SPOILT)
def test_a_fault_names_its_key_its_line_and_its_mend(
    tmp_path: Path, old: str, new: str, place: str, said: str, mend: str
) -> None:
    spoilt, line = spoil(TEXT, old, new)

    (fault,) = faults_of(tmp_path, spoilt)

    where, key = place.split()
    assert (fault.column, fault.line) == (key, line if where == "here" else header_line(spoilt, line))
    assert said in fault.problem
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("old", "new", "arm", "said"),
    [
        ("is_reference = true ", "is_reference = false ", 0, "for exactly one arm; found none"),
        ("is_reference = false", "is_reference = true", 1, "for exactly one arm; found true on line"),
    ],
)
def test_exactly_one_arm_is_the_reference(tmp_path: Path, old: str, new: str, arm: int, said: str) -> None:
    spoilt, _ = spoil(TEXT, old, new)

    (fault,) = faults_of(tmp_path, spoilt)

    lines = [number for number, line in enumerate(spoilt.splitlines(), 1) if line.startswith("is_reference")]
    assert (fault.column, fault.line) == (f"arms[{arm + 1}].is_reference", lines[arm])
    assert said in fault.problem


def test_a_fault_reads_as_the_house_says(tmp_path: Path) -> None:
    spoilt, line = spoil(TEXT, "horizon_days = 365 ", 'horizon_days = "a year" ')

    (fault,) = faults_of(tmp_path, spoilt)

    sentence = f'core.toml line {line}: outcome.horizon_days must be a whole number of days; found "a year"'
    assert str(fault).startswith(sentence)


def test_every_fault_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = TEXT
    for old, new in (
        ("horizon_days = 365 ", 'horizon_days = "a year" '),
        ("minimum_age = 18 ", 'minimum_age = "adult" '),
        ("is_reference = true ", "is_refrence = true "),
        ('code = "team_2"', 'code = "team_1"'),
    ):
        text, _ = spoil(text, old, new)

    faults = faults_of(tmp_path, text)

    keys = [
        "programme.teams[2].code",
        "eligibility.minimum_age",
        "arms[2].is_refrence",
        "outcome.horizon_days",
    ]
    assert [fault.column for fault in faults] == keys
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


@pytest.mark.parametrize(
    "section", ["programme", "eligibility", "allocation", "masking", "outcome", "analysis"]
)
def test_a_missing_section_is_one_fault_of_the_whole_file(tmp_path: Path, section: str) -> None:
    blocks = TEXT.split("\n[")
    kept = [block for block in blocks if not block.startswith((f"{section}]", f"[{section}."))]

    (fault,) = faults_of(tmp_path, "\n[".join(kept))

    assert (fault.column, fault.line, fault.problem) == (section, 0, "is missing")
    assert f"[{section}]" in fault.mend


def test_a_missing_key_is_told_at_its_section(tmp_path: Path) -> None:
    spoilt, line = spoil(TEXT, "merge_gap_days = 1 ", "# ")

    (fault,) = faults_of(tmp_path, spoilt)

    assert (fault.column, fault.problem) == ("outcome.merge_gap_days", "is missing")
    assert fault.line == header_line(spoilt, line)


def test_the_gap_after_the_index_episode_may_be_left_out_or_be_wider(tmp_path: Path) -> None:
    wider, _ = spoil(TEXT, "merge_gap_days = 1 ", "index_gap_days = 14\nmerge_gap_days = 1 ")

    plain, found = load(tmp_path, TEXT).outcome, load(tmp_path, wider).outcome

    assert (plain.index_gap_days, plain.gap_after_index(plain.merge_gap_days)) == (0, 1)
    assert (found.index_gap_days, found.gap_after_index(found.merge_gap_days)) == (14, 14)


def test_the_gap_after_the_index_episode_is_not_narrower(tmp_path: Path) -> None:
    spoilt, line = spoil(TEXT, "merge_gap_days = 1 ", "index_gap_days = 2\nmerge_gap_days = 3 ")

    (fault,) = faults_of(tmp_path, spoilt)

    assert (fault.column, fault.line) == ("outcome.index_gap_days", line)
    assert fault.problem == "must not be less than merge_gap_days (3); found 2"


def test_arms_that_are_missing_or_alone_are_refused(tmp_path: Path) -> None:
    blocks = TEXT.split("\n[")
    without = "\n[".join(block for block in blocks if not block.startswith(("[arms]", "arms.")))
    starts = [index for index, block in enumerate(blocks) if block.startswith("[arms]")]
    alone = "\n[".join(blocks[: starts[1]] + blocks[starts[1] + 2 :])

    assert [(f.column, f.problem) for f in faults_of(tmp_path, without)] == [("arms", "is missing")]
    (fault,) = faults_of(tmp_path, alone)
    assert (fault.column, fault.problem) == (
        "arms",
        "must be a list of sections, at least 2 long; found a list of 1",
    )


def test_a_value_where_a_section_belongs_is_refused(tmp_path: Path) -> None:
    spoilt, line = spoil(TEXT, "[arms.peer_sessions]\n", 'peer_sessions = "ten"\n[arms.peer]\n')

    faults = faults_of(tmp_path, spoilt)

    wrong = next(fault for fault in faults if fault.column == "arms[1].peer_sessions")
    assert (wrong.line, wrong.problem) == (line, 'must be a section of its own; found "ten"')


def test_a_form_that_leaves_a_scope_out_is_refused(tmp_path: Path) -> None:
    spoilt, _ = spoil(TEXT, 'scope = "recontact"', "")

    (fault,) = faults_of(tmp_path, spoilt)

    assert (fault.column, fault.problem) == (
        "consent_forms[1].statements",
        'must offer the scope "recontact"',
    )


def test_a_form_without_a_required_statement_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, TEXT.replace("is_required = true", "is_required = false"))

    assert fault.column == "consent_forms[1].statements"
    assert "at least one statement with is_required = true" in fault.problem


def test_consent_forms_stand_in_order_of_date(tmp_path: Path) -> None:
    start = TEXT.index("[[consent_forms]]")
    form = TEXT[start : TEXT.index("[[arms]]")]
    second = form.replace('version = "1"', 'version = "2"')

    later = second.replace("2014-03-01", "2014-09-01")
    rest = TEXT[start + len(form) :]

    (fault,) = faults_of(tmp_path, TEXT[:start] + form + second + rest)

    assert [form.version for form in load(tmp_path, TEXT[:start] + form + later + rest).consent_forms] == [
        "1",
        "2",
    ]
    assert fault.column == "consent_forms[2].valid_from"
    assert "must be after the form before it (2014-03-01); found 2014-03-01" in fault.problem


BROKEN = [
    (b"[programme\ntitle = 1\n", 1, "is not TOML"),
    (b'a = 1\nb = "x\n', 2, "is not TOML"),
    (b"a = 1\na = 2\n", 2, "is not TOML"),
    (b'a = """x\n\n', 3, "is not TOML"),
    (b"a = 1\nb = \xff\n", 2, "is not UTF-8 text"),
    (b"a = 1\nb = 2\0\n", 2, "holds a null character"),
    (b"a = " + b"[" * 5000, 0, "is not TOML"),
    (b"a = " + b"1" * 5000, 0, "is not TOML"),
    (b"#" * 1_000_001, 0, "is larger than a million bytes"),
]


@pytest.mark.parametrize(("content", "line", "said"), BROKEN)
def test_a_file_that_cannot_be_read_as_toml_is_refused(
    tmp_path: Path, content: bytes, line: int, said: str
) -> None:
    (fault,) = faults_of(tmp_path, content)

    assert fault.line == line
    assert fault.problem.startswith(said)
    assert fault.mend


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        protocol_file.load(tmp_path / "none.toml")


def test_an_empty_file_is_refused_section_by_section(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "")

    assert {fault.column for fault in faults} >= {"programme", "eligibility", "arms", "outcome", "analysis"}
    assert {(fault.line, fault.problem) for fault in faults} == {(0, "is missing")}


def test_a_hostile_value_is_shown_short_and_printable(tmp_path: Path) -> None:
    spoilt, _ = spoil(TEXT, "horizon_days = 365 ", f'horizon_days = "\\u001b[2J{"x" * 500}" ')

    (fault,) = faults_of(tmp_path, spoilt)

    assert len(fault.problem) < 120
    assert fault.problem.isprintable()


def test_the_shipped_protocol_says_what_the_trial_published(tmp_path: Path) -> None:
    protocol = load(tmp_path, TEXT)

    assert (protocol.programme.registration, len(protocol.programme.teams)) == ("ISRCTN01027104", 6)
    assert (protocol.programme.recruits_from, protocol.programme.recruits_until) == (
        date(2014, 3, 12),
        date(2015, 7, 3),
    )
    assert (protocol.eligibility.minimum_age, protocol.eligibility.minimum_caseload_days) == (18, 7)
    assert protocol.outcome.settings == tuple(Setting)
    assert (protocol.outcome.horizon_days, protocol.outcome.merge_gap_days) == (365, 1)
    assert [(point.code, point.months) for point in protocol.schedule.points] == [
        ("baseline", 0),
        ("month_4", 4),
        ("records_12", 12),
        ("month_18", 18),
    ]
    assert set(protocol.masked_roles) == MASKED_ROLES
    assert {statement.scope for statement in protocol.consent_forms[0].statements} == {*Scope, None}


def test_the_shipped_protocol_holds_no_block_size() -> None:
    settings = [line.split("#")[0] for line in TEXT.splitlines()]

    assert not any("block_size" in line for line in settings)


def test_the_hash_is_of_the_bytes_as_they_stand(tmp_path: Path) -> None:
    with_line_ends_of_windows = TEXT.replace("\n", "\r\n").encode()

    protocol = load(tmp_path, with_line_ends_of_windows)

    assert protocol.file_hash == hashlib.sha256(with_line_ends_of_windows).hexdigest()
    assert protocol.file_hash != load(tmp_path, TEXT).file_hash


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + TEXT.encode()).programme.short_title == "CORE"


def test_a_trial_without_published_figures_needs_none(tmp_path: Path) -> None:
    assert load(tmp_path, TEXT[: TEXT.index("[[published]]")]).published == ()


def test_a_protocol_older_than_the_keys_of_comparing_still_loads_and_compares(tmp_path: Path) -> None:
    newer = ("is_compared", "higher_is")
    older = "\n".join(line for line in TEXT.splitlines() if not line.startswith(newer))
    assert all(
        one.is_compared and one.higher_is is None for one in load(tmp_path, older).schedule.instruments
    )
    assert not load(tmp_path, TEXT).schedule.instrument("eq_5d_3l").is_compared


def test_a_protocol_older_than_what_a_clock_runs_for_means_by_its_three_clocks_what_it_meant(
    tmp_path: Path,
) -> None:
    older = "\n".join(line for line in TEXT.split("\n") if not line.startswith(("tell = ", "runs_for = ")))
    assert load(tmp_path, older).safety == load(tmp_path, TEXT).safety
    other = older.replace('code = "sponsor"', 'code = "board"')
    assert [str(fault) for fault in faults_of(tmp_path, other)] != []
    half = TEXT.replace('runs_for = "serious"\n', "")
    assert len(faults_of(tmp_path, half)) == 1
