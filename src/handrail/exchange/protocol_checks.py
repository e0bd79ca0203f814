"""What one part of a protocol file says about another: codes that differ, dates in order, names that exist.

Each check leans only on values that were read without fault, so that one mistake is told once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from handrail.domain import protocol as p
from handrail.domain.words import MASKED_ROLES, Role, Scope
from handrail.exchange.protocol_lines import Path
from handrail.exchange.protocol_sheet import Sheet

KNOW_THE_ARM = (Role.PERSON, Role.PEER_WORKER, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER)


def check(protocol: p.Protocol, sheet: Sheet) -> None:
    """Note every cross-fault on the sheet."""
    _programme(protocol.programme, sheet)
    _different(
        sheet, ("eligibility", "criteria"), "code", [each.code for each in protocol.eligibility.criteria]
    )
    _consent(protocol, sheet)
    _arms(protocol.arms, sheet)
    _instruments(protocol.schedule.instruments, sheet)
    _points(protocol.schedule, sheet)
    _outcome(protocol.outcome, sheet)
    _different(
        sheet, ("safety", "expected_events"), "code", [code for code, _ in protocol.safety.expected_events]
    )
    _different(sheet, ("safety", "clocks"), "code", [clock.code for clock in protocol.safety.clocks])
    _published(protocol.published, sheet)
    _masking(protocol.masked_roles, sheet)


def _different(sheet: Sheet, path: Path, key: str, values: Iterable[str]) -> None:
    """Each entry's name must be its own. Names that are absent, or could not be read, are left out."""
    seen: dict[str, int] = {}
    for index, value in enumerate(values):
        if not value or (*path, index, key) in sheet.spoilt:
            continue
        if value in seen:
            first = sheet.line((*path, seen[value], key))
            sheet.note(
                (*path, index, key),
                f'must differ from the others; found "{value}", which stands on line {first} too',
                "Choose another",
            )
        seen.setdefault(value, index)


def _programme(programme: p.Programme, sheet: Sheet) -> None:
    _different(sheet, ("programme", "teams"), "code", [team.code for team in programme.teams])
    _different(sheet, ("programme", "teams"), "name", [team.name for team in programme.teams])
    dates_read = sheet.is_sound("programme", "recruits_from") and sheet.is_sound(
        "programme", "recruits_until"
    )
    if dates_read and programme.recruits_until < programme.recruits_from:
        sheet.note(
            ("programme", "recruits_until"),
            f"must not be before recruits_from ({programme.recruits_from}); found {programme.recruits_until}",
            "Put the two dates in order",
        )


def _consent(protocol: p.Protocol, sheet: Sheet) -> None:
    forms = protocol.consent_forms
    _different(sheet, ("consent_forms",), "version", [form.version for form in forms])
    for index, form in enumerate(forms):
        _statements(form, ("consent_forms", index, "statements"), sheet)
    if not sheet.is_sound("consent_forms", "valid_from") or not forms:
        return
    for index in range(1, len(forms)):
        if forms[index].valid_from <= forms[index - 1].valid_from:
            sheet.note(
                ("consent_forms", index, "valid_from"),
                f"must be after the form before it ({forms[index - 1].valid_from}); "
                f"found {forms[index].valid_from}",
                "Put the forms in order of date, the oldest first",
            )
    starts = protocol.programme.recruits_from
    if sheet.is_sound("programme", "recruits_from") and forms[0].valid_from > starts:
        sheet.note(
            ("consent_forms", 0, "valid_from"),
            f"must not be after recruiting starts ({starts}); found {forms[0].valid_from}",
            "A form must be in force on the first day",
        )


def _statements(form: p.ConsentForm, path: Path, sheet: Sheet) -> None:
    _different(sheet, path, "code", [statement.code for statement in form.statements])
    _different(sheet, path, "scope", [statement.scope or "" for statement in form.statements])
    if sheet.is_sound("consent_forms", "statements", "is_required") and not any(
        statement.is_required for statement in form.statements
    ):
        sheet.note(
            path, "must hold at least one statement with is_required = true", "Say which must be agreed to"
        )
    if not sheet.is_sound("consent_forms", "statements", "scope"):
        return
    offered = {statement.scope for statement in form.statements}
    for scope in Scope:
        if scope not in offered:
            sheet.note(path, f'must offer the scope "{scope}"', f'Add a statement with scope = "{scope}"')


def _arms(arms: tuple[p.Arm, ...], sheet: Sheet) -> None:
    _different(sheet, ("arms",), "code", [arm.code for arm in arms])
    references = [index for index, arm in enumerate(arms) if arm.is_reference]
    if sheet.is_sound("arms", "is_reference"):
        if not references:
            sheet.note(
                ("arms", 0, "is_reference"),
                "must be true for exactly one arm; found none",
                "Say which arm the others are compared with",
            )
        for index in references[1:]:
            first = sheet.line(("arms", references[0], "is_reference"))
            sheet.note(
                ("arms", index, "is_reference"),
                f"must be true for exactly one arm; found true on line {first} too",
                "Set one of them to false",
            )
    for index, arm in enumerate(arms):
        _offers(arm, ("arms", index), sheet)


def _offers(arm: p.Arm, path: Path, sheet: Sheet) -> None:
    sessions, workbook = arm.peer_sessions, arm.workbook
    if (
        sessions
        and sheet.is_sound("arms", "peer_sessions")
        and sessions.adherent_count > sessions.maximum_count
    ):
        sheet.note(
            (*path, "peer_sessions", "adherent_count"),
            f"must not exceed maximum_count ({sessions.maximum_count}); found {sessions.adherent_count}",
            "Lower it",
        )
    if not workbook or not sheet.is_sound("arms", "workbook"):
        return
    if workbook.route == p.WorkbookRoute.POST and not workbook.post_within_working_days:
        sheet.note(
            (*path, "workbook", "post_within_working_days"),
            "is missing, and the workbook goes by post",
            "Add post_within_working_days = 5, for example",
        )
    if workbook.route == p.WorkbookRoute.WITH_PEER_WORKER and sessions is None:
        sheet.note(
            (*path, "workbook", "route"),
            "must not be with_peer_worker in an arm without peer sessions",
            f"Add [arms.peer_sessions] above it, or choose {p.WorkbookRoute.POST}",
        )


def _instruments(instruments: tuple[p.Instrument, ...], sheet: Sheet) -> None:
    path: Path = ("schedule", "instruments")
    _different(sheet, path, "code", [instrument.code for instrument in instruments])
    if not sheet.is_sound("schedule", "instruments", "item_count"):
        return
    ranges_read = all(
        sheet.is_sound("schedule", "instruments", key) for key in ("item_minimum", "item_maximum")
    )
    for index, each in enumerate(instruments):
        if ranges_read and each.item_maximum <= each.item_minimum:
            sheet.note(
                (*path, index, "item_maximum"),
                f"must be more than item_minimum ({each.item_minimum}); found {each.item_maximum}",
                "Give the lowest and the highest answer",
            )
        for place, item in enumerate(each.reversed_items):
            if not 1 <= item <= each.item_count or item in each.reversed_items[:place]:
                sheet.note(
                    (*path, index, "reversed_items", place),
                    f"must be an item from 1 to {each.item_count}, named once; found {item}",
                    "Items are counted from 1",
                )


def _points(schedule: p.Schedule, sheet: Sheet) -> None:
    path: Path = ("schedule", "points")
    _different(sheet, path, "code", [point.code for point in schedule.points])
    if sheet.is_sound("schedule", "instruments", "code"):
        _known_instruments(schedule, sheet)
    if not sheet.is_sound("schedule", "points", "months") or not sheet.is_sound(
        "schedule", "points", "source"
    ):
        return
    _right_source(schedule, sheet)
    months = [point.months for point in schedule.points]
    if months[0] != 0 or schedule.points[0].source != p.FollowUpSource.INTERVIEW:
        sheet.note(
            (*path, 0),
            "must be the baseline: months = 0, by interview",
            "Put the baseline first",
        )
    for index in range(1, len(months)):
        if months[index] <= months[index - 1]:
            sheet.note(
                (*path, index, "months"),
                f"must be later than the point before it ({months[index - 1]}); found {months[index]}",
                "Put the points in order of time",
            )


def _right_source(schedule: p.Schedule, sheet: Sheet) -> None:
    """An interview asks something; records ask nobody."""
    for index, point in enumerate(schedule.points):
        asks = bool(point.instruments)
        if sheet.is_sound("schedule", "points", "instruments") and asks != (
            point.source == p.FollowUpSource.INTERVIEW
        ):
            sheet.note(
                ("schedule", "points", index, "instruments"),
                "must name what is asked at an interview, and nothing at a point that comes from records",
                "Add or take out instruments, or change source",
            )


def _known_instruments(schedule: p.Schedule, sheet: Sheet) -> None:
    known = [instrument.code for instrument in schedule.instruments]
    for index, point in enumerate(schedule.points):
        for place, code in enumerate(point.instruments):
            if code not in known:
                likely = difflib.get_close_matches(code, known, n=1)
                mend = f'Did you mean "{likely[0]}"?' if likely else f"Known: {', '.join(known)}"
                found = f'must name an instrument of this file; found "{code}"'
                sheet.note(("schedule", "points", index, "instruments", place), found, mend)


def _outcome(outcome: p.OutcomeDefinition, sheet: Sheet) -> None:
    gap, least = outcome.index_gap_days, outcome.merge_gap_days
    if gap and gap < least and sheet.is_sound("outcome", "merge_gap_days"):
        sheet.note(
            ("outcome", "index_gap_days"),
            f"must not be less than merge_gap_days ({least}); found {gap}",
            "Raise it, or leave it out: merge_gap_days then holds for the index episode too",
        )


def _published(figures: tuple[p.PublishedFigure, ...], sheet: Sheet) -> None:
    _different(sheet, ("published",), "code", [figure.code for figure in figures])
    if not all(sheet.is_sound("published", key) for key in ("estimate", "lower", "upper")):
        return
    for index, figure in enumerate(figures):
        low = figure.estimate if figure.lower is None else figure.lower
        high = figure.estimate if figure.upper is None else figure.upper
        if not low <= figure.estimate <= high:
            sheet.note(
                ("published", index, "estimate"),
                f"must lie between lower and upper; found {figure.estimate:g}",
                "Check the three figures against the paper",
            )


def _masking(roles: tuple[Role, ...], sheet: Sheet) -> None:
    if not sheet.is_sound("masking"):
        return
    for index, role in enumerate(roles):
        if role in KNOW_THE_ARM:
            sheet.note(
                ("masking", "roles", index),
                f'must not name "{role}", who knows the arm by the work itself',
                "Take it out",
            )
        elif role not in MASKED_ROLES:
            sheet.note(
                ("masking", "roles", index),
                f'must not name "{role}", whose pages are not masked',
                "Take it out: masking is built into the pages, and a protocol cannot add to it",
            )
    for role in sorted(MASKED_ROLES - set(roles)):
        sheet.note(("masking", "roles"), f'must name "{role}", whose pages are masked', "Add it")
