"""A protocol as a person would read it: plain text, every section, nothing left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from handrail.domain import protocol as p
from handrail.domain.dates import in_words

WIDTH = 92


def as_text(protocol: p.Protocol) -> str:
    """The whole protocol in plain English, wrapped at 92 columns."""
    sections = (
        ("The programme", _programme(protocol.programme)),
        ("Who may take part", _eligibility(protocol.eligibility)),
        ("Consent", _consent(protocol.consent_forms)),
        ("What people are offered", _arms(protocol.arms)),
        ("How people come to an arm", _allocation(protocol)),
        ("Follow-up", _schedule(protocol.schedule)),
        ("What counts as a readmission", _outcome(protocol.outcome)),
        ("Safety", _safety(protocol.safety)),
        ("Analysis", _analysis(protocol.analysis)),
        ("Figures already published", _published(protocol.published)),
    )
    head = textwrap.fill(protocol.programme.title, WIDTH)
    body = "\n\n".join(f"{title.upper()}\n\n" + "\n".join(lines) for title, lines in sections)
    return f"{head}\n\n{body}\n\nSHA-256 of the file: {protocol.file_hash}\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def _bullet(text: str, depth: int = 1) -> str:
    margin = "  " * depth
    return textwrap.fill(text, WIDTH, initial_indent=f"{margin}- ", subsequent_indent=f"{margin}  ")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _yes_or_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _programme(programme: p.Programme) -> list[str]:
    return [
        _wrapped(
            f"Short title: {programme.short_title}. Registration: {programme.registration}. "
            f"Funder: {programme.funder}. Version: {programme.version}."
        ),
        _wrapped(
            f"Recruits from {in_words(programme.recruits_from)} to {in_words(programme.recruits_until)}, "
            f"aiming at {_count(programme.target_count, 'person').replace('persons', 'people')}, from these "
            f"{_count(len(programme.teams), 'crisis team')}:"
        ),
        *(
            _bullet(f"{team.name} ({team.code}); in the acute-care records: {team.provider}")
            for team in programme.teams
        ),
    ]


def _eligibility(rules: p.Eligibility) -> list[str]:
    refuses = rules.date_rules == p.DerivedRule.REFUSE
    not_met = "the person is not eligible" if refuses else "that is a warning, and recorded"
    caseload = _count(rules.minimum_caseload_days, "day")
    since = _count(rules.discharged_within_days, "day")
    return [
        _bullet(f"Aged {rules.minimum_age} or over."),
        _bullet(
            f"At least {caseload} on the crisis team's caseload, and discharged from it at most {since} ago. "
            f"Where either is not met, {not_met}."
        ),
        *(
            _bullet(f"{each.question} Must be: {_yes_or_no(each.eligible_answer)}. Otherwise: {each.reason}.")
            for each in rules.criteria
        ),
    ]


def _consent(forms: tuple[p.ConsentForm, ...]) -> list[str]:
    lines = []
    for form in forms:
        lines.append(f"Form {form.version}, in force from {in_words(form.valid_from)}:")
        for each in form.statements:
            needed = "must be agreed to" if each.is_required else "a choice"
            scope = f"; opens: {each.scope.sentence.lower()}" if each.scope else ""
            lines.append(_bullet(f"{each.text} ({needed}{scope})"))
    return lines


def _arms(arms: tuple[p.Arm, ...]) -> list[str]:
    lines = []
    for arm in arms:
        compared = "; the others are compared with this one" if arm.is_reference else ""
        lines.append(f"{arm.title} ({arm.code}{compared}):")
        lines.append(_bullet(arm.description))
        lines.extend(_bullet(offer) for offer in _offers(arm))
    return lines


def _offers(arm: p.Arm) -> list[str]:
    offers = []
    if sessions := arm.peer_sessions:
        offers.append(
            f"Meetings with a peer support worker: up to {sessions.maximum_count}, of "
            f"{sessions.minutes} minutes, within {_count(sessions.within_months, 'month')}. "
            f"At least {sessions.adherent_count} count as taking the programme up."
        )
    else:
        offers.append("No meetings with a peer support worker.")
    if workbook := arm.workbook:
        days = workbook.post_within_working_days
        posted = f", within {_count(days, 'working day')}" if days else ""
        online = "also as online pages" if workbook.is_online else "not online"
        offers.append(f"Workbook: {workbook.route.sentence.lower()}{posted}; {online}.")
    else:
        offers.append("No workbook.")
    return offers


def _allocation(protocol: p.Protocol) -> list[str]:
    plan = protocol.allocation
    shares = " to ".join(str(arm.share) for arm in protocol.arms)
    return [
        _bullet(f"{plan.method.sentence}, {shares}."),
        _bullet(f"A list of its own for each of: {_listed(each.sentence.lower() for each in plan.strata)}."),
        _bullet(f"Places on each list: {plan.slots_per_stratum}."),
        _bullet("The sizes of the blocks are the statistician's sealed setting and stand nowhere here."),
        _bullet(
            "Do not know anybody's arm: "
            f"{_listed(role.sentence.lower().replace(' (masked)', '') for role in protocol.masked_roles)}."
        ),
    ]


def _schedule(schedule: p.Schedule) -> list[str]:
    lines = []
    for point in schedule.points:
        when = f"{_count(point.months, 'month')} after entry" if point.months else "before allocation"
        before, after = _count(point.opens_days_before, "day"), _count(point.closes_days_after, "day")
        asked = _listed(schedule.instrument(code).title for code in point.instruments)
        what = f"{point.title}: {point.source.sentence.lower()}, {when}"
        lines.append(_bullet(f"{what}; open from {before} before to {after} after. Asks: {asked}."))
    lines.append("Questionnaires (ranges only; each site brings the wording under its own licence):")
    lines.extend(_bullet(_instrument(each)) for each in schedule.instruments)
    return lines


def _instrument(each: p.Instrument) -> str:
    turned = _listed(str(item) for item in each.reversed_items)
    confirmed = "confirmed" if each.is_confirmed else "still to be confirmed"
    runs = f"; {each.higher_is.sentence.lower()}" if each.higher_is else ""
    compared = "" if each.is_compared else "; described only, never compared between arms"
    return (
        f"{each.title}: {_count(each.item_count, 'item')}, each {each.item_minimum} to {each.item_maximum}"
        f"{runs}; turned round before adding: {turned}; {confirmed}{compared}. Licence: {each.licence}"
    )


def _outcome(outcome: p.OutcomeDefinition) -> list[str]:
    return [
        _bullet(f"Acute care means: {_listed(setting.sentence.lower() for setting in outcome.settings)}."),
        _bullet(f"Day 0: {outcome.clock_start.sentence.lower()}. Days 1 to {outcome.horizon_days} count."),
        _bullet(
            f"Spells that overlap, or start at most {_count(outcome.merge_gap_days, 'day')} after the one "
            "before ends, are one episode, whatever the service."
        ),
        _bullet(f"Never a readmission: {outcome.index_rule.sentence.lower()}.{_index_gap(outcome)}"),
    ]


def _index_gap(outcome: p.OutcomeDefinition) -> str:
    """What joins the index episode, where that is more than what joins any other."""
    days = outcome.index_gap_days
    within = _count(days, "day")
    return f" A spell that starts at most {within} after that episode ends is part of it." if days else ""


def _safety(safety: p.Safety) -> list[str]:
    return [
        "Expected events (recorded, but no surprise in this group):",
        *(_bullet(f"{title} ({code})") for code, title in safety.expected_events),
        "Time limits. Working days are Monday to Friday, so a bank holiday never makes one later than it is:",
        *(
            _bullet(
                f"{each.title}: {_count(each.days, 'working day' if each.is_working_days else 'day')}. "
                f"{each.runs_for.sentence}."
            )
            for each in safety.clocks
        ),
    ]


def _analysis(plan: p.AnalysisPlan) -> list[str]:
    return [
        _bullet(f"Main question: {plan.primary_outcome.sentence.lower()}."),
        _bullet(f"Who is counted: {plan.population.sentence.lower()}."),
        _bullet(f"Adjusted for: {_listed(each.sentence.lower() for each in plan.adjust_for)}."),
        _bullet(f"Intervals at {100 * plan.interval_level:g}%."),
        "Other ways of looking, to see whether the answer holds:",
        *(_bullet(each.sentence) for each in plan.sensitivity),
        "Limits to be stated with the result:",
        *(_bullet(limit) for limit in plan.limits),
    ]


def _published(figures: tuple[p.PublishedFigure, ...]) -> list[str]:
    return [_bullet(_figure(each)) for each in figures] or ["None."]


def _figure(each: p.PublishedFigure) -> str:
    limits = (
        f" ({each.lower:g} to {each.upper:g})" if each.lower is not None and each.upper is not None else ""
    )
    chance = f", p = {each.p:g}" if each.p is not None else ""
    return f"{each.title}: {each.estimate:g}{limits}{chance}. {each.source}."
