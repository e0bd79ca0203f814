"""Reads a protocol file, or refuses it with every fault at once, each at its key and line.

The sections are read in the order in which the file has them. What one section says about another is
checked afterwards, in :mod:`handrail.exchange.protocol_checks`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from handrail.domain import protocol as p
from handrail.domain.refusal import BadFile, Fault
from handrail.domain.words import Role, Scope, Setting
from handrail.exchange import protocol_checks
from handrail.exchange.protocol_lines import lines_of
from handrail.exchange.protocol_section import Section
from handrail.exchange.protocol_sheet import Sheet

LARGEST_BYTES = 1_000_000
LONGEST_VERSION = 20  # as the records keep it
SYNTAX_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def load(path: Path) -> p.Protocol:
    """The protocol that the file states.

    Raises:
        BadFile: with every fault found, each at its key and line; also when the file cannot be read.
    """
    content = _content(path)
    text = _text(content, path.name)
    tables = _tables(text, path.name)
    sheet = Sheet(path.name, lines_of(text))
    whole = Section(sheet, (), tables)
    protocol = stated_in(whole, file_hash=hashlib.sha256(content).hexdigest())
    whole.finish()
    protocol_checks.check(protocol, sheet)
    if sheet.faults:
        raise BadFile(tuple(sorted(sheet.faults, key=lambda fault: fault.line)))
    return protocol


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise _bad(
            path.name, 0, f"cannot be read: {error.strerror}", "Check the name and the place"
        ) from None
    if len(content) > LARGEST_BYTES:
        raise _bad(
            path.name, 0, "is larger than a million bytes", "A protocol is a page or two: check the file"
        )
    return content


def _text(content: bytes, name: str) -> str:
    if content.startswith(UTF_16_MARKS):
        raise _bad(name, 0, "is UTF-16 text", "Save the file again as UTF-8")
    nulls = [number for number, line in enumerate(content.split(b"\n"), 1) if b"\0" in line]
    if nulls:
        faults = (
            Fault(name, line, "", "holds a null character", "Save it as plain text") for line in nulls[:20]
        )
        raise BadFile(tuple(faults))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _bad(name, line, "is not UTF-8 text", "Save the file again as UTF-8") from None


def _tables(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile((_broken(text, name, str(error)),)) from None


def _broken(text: str, name: str, said: str) -> Fault:
    """The one place where the text stops being TOML: its line, its column, and what stands there."""
    place = SYNTAX_PLACE.search(said)
    at_end = bool(place) and not (place and place[1])
    line = int(place[1]) if place and place[1] else text.count("\n") + 1 if at_end else 0
    column = f"column {place[2]}" if place and place[2] else ""
    lines = text.splitlines()
    stands = f" in “{lines[line - 1].strip()[:60]}”" if column and line <= len(lines) else ""
    problem = f"is not TOML{stands}: {SYNTAX_PLACE.sub('', said)}"
    return Fault(name, line, column, problem, "Mend this first; nothing after it was read")


def _bad(file: str, line: int, problem: str, mend: str) -> BadFile:
    return BadFile((Fault(file, line, "", problem, mend),))


def stated_in(whole: Section, *, file_hash: str = "") -> p.Protocol:
    """What the file as a whole states, section by section. The reference of the protocol file is made from
    what this asks for."""
    return p.Protocol(
        programme=whole.section("programme", _programme),
        eligibility=whole.section("eligibility", _eligibility),
        consent_forms=whole.sections("consent_forms", _consent_form, least=1),
        arms=whole.sections("arms", _arm, least=2),
        allocation=whole.section("allocation", _allocation),
        schedule=whole.section("schedule", _schedule),
        outcome=whole.section("outcome", _outcome),
        safety=whole.section("safety", _safety),
        analysis=whole.section("analysis", _analysis),
        published=whole.optional_sections("published", _figure),
        masked_roles=whole.section("masking", lambda masking: masking.words("roles", Role, least=1)),
        file_hash=file_hash,
    )


def _programme(section: Section) -> p.Programme:
    return p.Programme(
        title=section.text("title"),
        short_title=section.text("short_title", longest=40),
        registration=section.text("registration"),
        funder=section.text("funder"),
        version=section.text("version", longest=LONGEST_VERSION),
        recruits_from=section.day("recruits_from"),
        recruits_until=section.day("recruits_until"),
        target_count=section.whole("target_count", "people", least=1, most=1_000_000),
        teams=section.sections("teams", _team, least=1),
    )


def _team(section: Section) -> p.Team:
    return p.Team(section.code(), section.text("name", longest=120), section.text("provider", longest=60))


def _eligibility(section: Section) -> p.Eligibility:
    return p.Eligibility(
        minimum_age=section.whole("minimum_age", "years", least=0, most=120),
        minimum_caseload_days=section.whole("minimum_caseload_days", "days", least=0, most=365),
        discharged_within_days=section.whole("discharged_within_days", "days", least=0, most=365),
        date_rules=section.word("date_rules", p.DerivedRule),
        criteria=section.sections("criteria", _criterion, least=1),
    )


def _criterion(section: Section) -> p.Criterion:
    return p.Criterion(
        code=section.code(),
        question=section.text("question"),
        eligible_answer=section.flag("eligible_answer"),
        reason=section.text("reason"),
    )


def _consent_form(section: Section) -> p.ConsentForm:
    return p.ConsentForm(
        version=section.text("version", longest=LONGEST_VERSION),
        valid_from=section.day("valid_from"),
        statements=section.sections("statements", _statement, least=1),
    )


def _statement(section: Section) -> p.Statement:
    return p.Statement(
        code=section.code(),
        text=section.text("text"),
        is_required=section.flag("is_required"),
        scope=section.optional_word("scope", Scope),
    )


def _arm(section: Section) -> p.Arm:
    return p.Arm(
        code=section.code(),
        title=section.text("title", longest=120),
        description=section.text("description"),
        share=section.whole("share", "parts", least=1, most=100),
        is_reference=section.flag("is_reference"),
        peer_sessions=section.optional_section("peer_sessions", _peer_sessions),
        workbook=section.optional_section("workbook", _workbook),
    )


def _peer_sessions(section: Section) -> p.PeerSessions:
    return p.PeerSessions(
        maximum_count=section.whole("maximum_count", "meetings", least=1, most=100),
        minutes=section.whole("minutes", "minutes", least=5, most=480),
        within_months=section.whole("within_months", "months", least=1, most=60),
        adherent_count=section.whole("adherent_count", "meetings", least=1, most=100),
    )


def _workbook(section: Section) -> p.WorkbookOffer:
    return p.WorkbookOffer(
        route=section.word("route", p.WorkbookRoute),
        is_online=section.flag("is_online"),
        post_within_working_days=section.optional_whole(
            "post_within_working_days", "working days", least=1, most=60, otherwise=0
        ),
    )


def _allocation(section: Section) -> p.AllocationPlan:
    return p.AllocationPlan(
        method=section.word("method", p.AllocationMethod),
        strata=section.words("strata", p.Stratum, least=1),
        slots_per_stratum=section.whole("slots_per_stratum", "places", least=1, most=100_000),
    )


def _schedule(section: Section) -> p.Schedule:
    return p.Schedule(
        points=section.sections("points", _point, least=1),
        instruments=section.sections("instruments", _instrument, least=1),
    )


def _instrument(section: Section) -> p.Instrument:
    return p.Instrument(
        code=section.code(),
        title=section.text("title", longest=120),
        item_count=section.whole("item_count", "items", least=1, most=200),
        item_minimum=section.whole("item_minimum", "points", least=-1000, most=1000),
        item_maximum=section.whole("item_maximum", "points", least=-1000, most=1000),
        reversed_items=section.wholes("reversed_items"),
        is_confirmed=section.flag("is_confirmed"),
        licence=section.text("licence"),
        is_compared=section.optional_flag("is_compared", otherwise=True),
        higher_is=section.optional_word("higher_is", p.HigherIs),
    )


def _point(section: Section) -> p.FollowUpPoint:
    return p.FollowUpPoint(
        code=section.code(),
        title=section.text("title", longest=120),
        source=section.word("source", p.FollowUpSource),
        months=section.whole("months", "months", least=0, most=240),
        opens_days_before=section.whole("opens_days_before", "days", least=0, most=365),
        closes_days_after=section.whole("closes_days_after", "days", least=0, most=365),
        instruments=section.texts("instruments", least=0),
    )


def _outcome(section: Section) -> p.OutcomeDefinition:
    return p.OutcomeDefinition(
        settings=section.words("settings", Setting, least=1),
        horizon_days=section.whole("horizon_days", "days", least=1, most=3660),
        merge_gap_days=section.whole("merge_gap_days", "days", least=0, most=30),
        clock_start=section.word("clock_start", p.ClockStart),
        index_rule=section.word("index_rule", p.IndexRule),
        index_gap_days=section.optional_whole("index_gap_days", "days", least=1, most=90, otherwise=0),
    )


def _safety(section: Section) -> p.Safety:
    return p.Safety(
        expected_events=section.sections("expected_events", _expected_event, least=0),
        clocks=section.sections("clocks", _clock, least=1),
    )


def _expected_event(section: Section) -> tuple[str, str]:
    return section.code(), section.text("title")


# What the three clocks that shipped first mean in a file from before a file could say so.
FIRST_CLOCKS = {
    "sponsor": (p.Recipient.SPONSOR, p.ClockScope.SERIOUS),
    "ethics_committee": (p.Recipient.ETHICS_COMMITTEE, p.ClockScope.RELATED_UNEXPECTED),
    "urgent_measures": (p.Recipient.ETHICS_COMMITTEE, p.ClockScope.URGENT_MEASURE),
}


def _clock(section: Section) -> p.ReportingClock:
    code, title = section.code(), section.text("title")
    if code in FIRST_CLOCKS and not {"tell", "runs_for"} & section.table.keys():
        tell, runs_for = FIRST_CLOCKS[code]
    else:
        tell, runs_for = section.word("tell", p.Recipient), section.word("runs_for", p.ClockScope)
    return p.ReportingClock(
        code=code,
        title=title,
        tell=tell,
        runs_for=runs_for,
        days=section.whole("days", "days", least=0, most=365),
        is_working_days=section.flag("is_working_days"),
    )


def _analysis(section: Section) -> p.AnalysisPlan:
    return p.AnalysisPlan(
        primary_outcome=section.word("primary_outcome", p.PrimaryOutcome),
        population=section.word("population", p.Population),
        adjust_for=section.words("adjust_for", p.Adjustment, least=0),
        interval_level=section.number("interval_level", least=0.5, most=0.999),
        sensitivity=section.words("sensitivity", p.SensitivityCheck, least=0),
        limits=section.texts("limits", least=0),
    )


def _figure(section: Section) -> p.PublishedFigure:
    return p.PublishedFigure(
        code=section.code(),
        title=section.text("title"),
        estimate=section.number("estimate", least=-1e9, most=1e9),
        lower=section.optional_number("lower", least=-1e9, most=1e9),
        upper=section.optional_number("upper", least=-1e9, most=1e9),
        p=section.optional_number("p", least=0, most=1),
        source=section.text("source"),
    )
