"""What docs/reference/screens.md shows: one page for each role, on a phone and at a desk."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

HEAD = """\
# Screens

One page for each role, as it looks on a phone (390 pixels wide) and at a desk (1280 pixels). Everybody in
the pictures is made up, and each page says so in its yellow line. `python -m tools.screenshots HOME` takes
the pictures and writes this page; the same pages are walked by keyboard alone, and judged by axe, in
`tests/browser`.
"""


@dataclass(frozen=True)
class Screen:
    """One page: who sees it, where it is, and what is in the picture, in words.

    From ``path`` on, a link to the person of the stage who ``waits_for`` something is followed, and then
    the link with the words of ``follows``.
    """

    name: str
    role: str
    title: str
    shows: str
    path: str = "/"
    waits_for: str = ""
    follows: str = ""
    is_by_name: bool = False


SCREENS = (
    Screen(
        "front",
        "",
        "Everybody: the first page",
        "Two ways in, for people who take part and for staff, above the lines for help in a crisis.",
    ),
    Screen(
        "help",
        "",
        "Everybody: help now",
        "Four cards: call 999, call 111 option 2, call Samaritans on 116 123, text SHOUT to 85258.",
        "/help",
    ),
    Screen(
        "person", "paired", "Person", "What comes next for this person, with a button for help at the top."
    ),
    Screen(
        "workbook",
        "paired",
        "Person: the workbook online",
        "The parts of the workbook, to write in as far as one likes.",
        "/you/book",
    ),
    Screen(
        "plan",
        "paired",
        "Person: the action plan",
        "Numbers to call first, then what this person wrote or brought from the workbook.",
        "/you/plan",
    ),
    Screen(
        "peer-worker",
        "peer_worker",
        "Peer support worker",
        "One person of the worker’s caseload: meetings, and what can be done next.",
        waits_for="paired",
        is_by_name=True,
    ),
    Screen(
        "peer-supervisor",
        "peer_supervisor",
        "Peer supervisor",
        "Who still needs a peer worker, and who has one.",
    ),
    Screen(
        "crisis-team",
        "crisis_team",
        "Crisis team",
        "The team’s own referrals and how far each has come; nothing of what anybody is offered.",
    ),
    Screen(
        "duty-clinician",
        "duty_clinician",
        "Duty clinician",
        "Worries that wait for an answer, the most urgent first; no names before one is taken up.",
    ),
    Screen(
        "researcher",
        "researcher",
        "Researcher (masked)",
        "One person by study number: interviews, when each is due, and what can be recorded.",
        waits_for="interview",
    ),
    Screen(
        "data-desk",
        "data_desk",
        "Data desk (masked)",
        "Files of acute-care records that came in, with rows kept and refused.",
        "/study/records",
    ),
    Screen(
        "adjudicator",
        "adjudicator",
        "Adjudicator (masked)",
        "One person’s episodes, and the decision that is asked for.",
        "/study/outcomes",
        waits_for="decision",
    ),
    Screen(
        "safety-reviewer",
        "safety_reviewer",
        "Safety reviewer (masked)",
        "One serious event, and the one question to be answered and signed.",
        "/study/events",
        waits_for="interview",
    ),
    Screen(
        "service-manager",
        "service_manager",
        "Service manager",
        "How far the trial has come, for everybody together.",
        "/study/progress",
    ),
    Screen("trial-manager", "trial_manager", "Trial manager", "The day’s work in the trial office."),
    Screen(
        "statistician",
        "statistician",
        "Statistician",
        "Where the locked files are; the statistician works from files.",
        "/",
    ),
    Screen(
        "administrator",
        "administrator",
        "Administrator",
        "Accounts of staff; no records of anybody in the trial.",
    ),
)

REPORT = """
## The report

The report of the demonstration trial: its beginning, and the time to first readmission.

![The first page of the report, with the summary of the trial’s results](../screenshots/report.png)

![Readmissions over a year, a curve for each arm, numbers at risk beneath][curves]

[curves]: ../screenshots/report-readmission.png
"""


def written() -> str:
    """The page, in Markdown."""
    return HEAD + "".join(_section(one) for one in SCREENS) + REPORT


def _section(one: Screen) -> str:
    return dedent(f"""
        ## {one.title}

        {one.shows}

        | On a phone | At a desk |
        |-|-|
        | {_picture(one, "phone", 250)} | {_picture(one, "desk", 600)} |
        """)


def _picture(one: Screen, width: str, pixels: int) -> str:
    place = "on a phone" if width == "phone" else "at a desk"
    alt = f"{one.title}, {place}. {one.shows}"
    return f'<img src="../screenshots/{one.name}-{width}.png" width="{pixels}" alt="{alt}">'
