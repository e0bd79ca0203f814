"""The methods sections of a report, told from the protocol alone, in the order of CONSORT 2025."""

from __future__ import annotations

from handrail.domain.protocol import (
    Arm,
    DerivedRule,
    FollowUpSource,
    OutcomeDefinition,
    Protocol,
    Schedule,
    WorkbookRoute,
)
from handrail.reports.document import Bullets, Grid, Paragraph, Section
from handrail.reports.sentences import long_date

ROUTES = {
    WorkbookRoute.WITH_PEER_WORKER: "worked through with the peer support worker",
    WorkbookRoute.POST: "sent by post, to work through alone if wished",
}


def sections(protocol: Protocol) -> tuple[Section, ...]:
    """Methods: design, people, what each arm received, outcomes, allocation, masking, statistics."""
    return (
        _design(protocol),
        _people(protocol),
        _interventions(protocol),
        _outcomes(protocol),
        _allocation(protocol),
        _statistics(protocol),
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _design(protocol: Protocol) -> Section:
    programme = protocol.programme
    shares = ":".join(str(arm.share) for arm in protocol.arms)
    text = (
        f"A randomised controlled superiority trial with {len(protocol.arms)} arms in a ratio of {shares}, "
        f"at {len(programme.teams)} crisis teams. Recruitment was planned from "
        f"{long_date(programme.recruits_from)} to {long_date(programme.recruits_until)}; "
        f"the target was {programme.target_count} people. Registration: {programme.registration}. "
        f"Funder: {programme.funder}. Protocol version {programme.version}."
    )
    return Section("design", "Methods: design and setting", "items 2, 5, 9, 11, 16", (Paragraph(text),))


def _people(protocol: Protocol) -> Section:
    rules = protocol.eligibility
    only_warned = rules.date_rules is DerivedRule.WARN
    after = " (where this did not hold, a warning was recorded and the person could still enter)"
    warned = after if only_warned else ""
    items = [
        f"aged {rules.minimum_age} or over",
        f"at least {rules.minimum_caseload_days} days on the crisis team's caseload{warned}",
        f"discharged from the crisis team within {rules.discharged_within_days} days{warned}",
    ]
    items += [
        f"{item.question} (answer needed: {'yes' if item.eligible_answer else 'no'})"
        for item in rules.criteria
    ]
    lead = Paragraph("A person could take part when all of these held at screening:")
    return Section("people", "Methods: who could take part", "item 12", (lead, Bullets(tuple(items))))


def _offer(arm: Arm) -> str:
    offers = []
    if arm.peer_sessions:
        sessions = arm.peer_sessions
        offers.append(
            f"up to {sessions.maximum_count} meetings of {sessions.minutes} minutes with a peer support "
            f"worker within {sessions.within_months} months"
        )
    if arm.workbook:
        offers.append(f"the personal recovery workbook, {ROUTES[arm.workbook.route]}")
    return "; ".join(offers) + ". All other care went on as usual."


def _interventions(protocol: Protocol) -> Section:
    rows = tuple((arm.title, _offer(arm)) for arm in protocol.arms)
    table = Grid("offers", "What each arm was offered", ("Arm", "Offered"), rows)
    return Section("interventions", "Methods: what each arm was offered", "item 13", (table,))


def _outcomes(protocol: Protocol) -> Section:
    outcome = protocol.outcome
    settings = ", ".join(setting.sentence.lower() for setting in outcome.settings)
    gap = f"{outcome.merge_gap_days} {'day' if outcome.merge_gap_days == 1 else 'days'}"
    primary = (
        f"The primary outcome was readmission to acute care within {outcome.horizon_days} days of entry, "
        f"from health records. Acute care means: {settings}. Spells with a gap of at most "
        f"{gap} between them are one episode. An episode that began on or before the "
        f"day of entry is the index episode and does not count.{_index_gap(outcome)} The day of entry is "
        "day 0; day 1 is the "
        "first day on which a readmission can happen. Whoever died before a readmission counts as not "
        "readmitted."
    )
    rows = []
    for point in protocol.schedule.points:
        source = "health records" if point.source is FollowUpSource.RECORDS else "interview"
        names = "; ".join(protocol.schedule.instrument(code).short_title for code in point.instruments)
        rows.append((point.title, source, names or "–"))
    table = Grid("schedule", "Points of follow-up", ("Point", "Source", "Questionnaires"), tuple(rows))
    harms = (
        "Harms: every serious adverse event was recorded with how it came to light, its seriousness and "
        "whether it was on the protocol's list of expected events."
    )
    return Section(
        "outcomes",
        "Methods: outcomes and harms",
        "items 14, 15",
        (Paragraph(primary), table, _instruments(protocol.schedule), Paragraph(harms)),
    )


def _index_gap(outcome: OutcomeDefinition) -> str:
    """What joins the index episode, where the protocol gives it a gap of its own."""
    days = outcome.index_gap_days
    within = f"{days} {'day' if days == 1 else 'days'}"
    return f" A spell that starts at most {within} after it ends is part of it." if days else ""


def _instruments(schedule: Schedule) -> Grid:
    """Each questionnaire's range and direction, whether its scoring is confirmed, and if it is compared."""
    rows = tuple(
        (
            one.title,
            f"{one.item_count}, each {one.item_minimum} to {one.item_maximum}",
            "{} to {}".format(*one.total_range),
            one.higher_is.value if one.higher_is else "not stated",
            "yes" if one.is_confirmed else "not yet",
            "between arms" if one.is_compared else "described only",
        )
        for one in schedule.instruments
    )
    columns = ("Questionnaire", "Items", "Raw total", "Higher is", "Scoring confirmed", "Total is")
    note = (
        "Raw totals, with reversed items turned round. “Not yet”: the questionnaire's use in the trial, its "
        "length or its range has not been confirmed, so its numbers are provisional. “Described only”: the "
        "items do not add up to a score."
    )
    return Grid("instruments", "Questionnaires", columns, rows, note)


def _allocation(protocol: Protocol) -> Section:
    strata = " and ".join(_lower(stratum.sentence) for stratum in protocol.allocation.strata)
    masked = ", ".join(
        role.sentence.lower().replace(" (masked)", "") for role in sorted(protocol.masked_roles)
    )
    blocks = (
        Paragraph(
            f"People were allocated one by one, in permuted blocks of random size, kept apart by {strata}. "
            "The list was made once, before recruitment, from the operating system's source of randomness "
            "(in a demonstration: from its seed). It was stored encrypted; the block sizes were known to "
            "the statistician alone. An allocation was drawn only after eligibility, consent and baseline "
            "were complete and frozen, and could not be undone."
        ),
        Paragraph(
            f"People and their peer support workers knew the arm. Masked to it were: {masked}. "
            "What would betray the arm was stored where masked staff cannot read."
        ),
    )
    return Section("allocation", "Methods: allocation and masking", "items 17 to 20", blocks)


def _statistics(protocol: Protocol) -> Section:
    plan = protocol.analysis
    adjust = " and ".join(_lower(word.sentence) for word in plan.adjust_for) or "nothing"
    population, level = _lower(plan.population.sentence), 100 * plan.interval_level
    text = (
        f"Analysis followed the plan in the protocol, on {population}. The primary "
        f"comparison was a logistic regression adjusted for {adjust}, with crude results, the risk "
        "difference and the risk ratio beside it. Time to first readmission was described by Kaplan–Meier "
        f"estimates and compared by Cox regression. Intervals are at {level:g}%: Wilson's for a share, t for "
        "a mean, the order of the values for a median; differences in means are Welch's, in nights also by "
        "bootstrap, and rates of events are compared exactly. Proportional hazards were tested by a score "
        "test over Kaplan–Meier time. P values are two-sided and are not adjusted for the number of "
        "secondary outcomes."
    )
    checks = "; ".join(_lower(check.sentence) for check in plan.sensitivity)
    again = f" Sensitivity analyses of the plan: {checks}." if checks else ""
    missing = (
        "Nothing missing was filled in. People whose outcome is not known are left out of the main "
        f"analysis.{again} In time to readmission they count until their records end."
    )
    return Section("statistics", "Methods: statistics", "item 21", (Paragraph(text), Paragraph(missing)))
