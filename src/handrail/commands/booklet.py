"""``handrail booklet --out FILE``: the workbook on paper, as an accessible PDF; blank, or from a filled one.

The site calls it as a child process for somebody's own booklet: what they wrote comes in on standard input
and the PDF goes out on standard output, so that nothing of it is written to a disk.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault

PIPE = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's words."""
    parser.add_argument(
        "--out", required=True, metavar="FILE", help="the PDF to write; - for standard output"
    )
    parser.add_argument("--large-print", action="store_true", help="set it at 18 points")
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="in which language, such as cy; en unless told"
    )
    parser.add_argument("--easy-read", action="store_true", help="in easy words, with pictures")
    parser.add_argument("--composed", action="store_true", help="read a composed booklet from standard input")


def run(arguments: argparse.Namespace) -> int:
    """Write the booklet. Raises: BadFile, when the place cannot be written to or no booklet came in."""
    made = _composed() if arguments.composed else _blank(arguments)
    from handrail.reports.booklet_pdf import pdf  # setting is loaded only once there is something to set

    if arguments.out == PIPE:
        sys.stdout.buffer.write(pdf(made))
        return 0
    from handrail.commands.replacing import replacing

    with replacing(Path(arguments.out)) as place:
        place.write_bytes(pdf(made))
    print(f"The booklet is {arguments.out}")
    return 0


def _blank(arguments: argparse.Namespace) -> dict[str, object]:
    from handrail.commands.starting import start_django

    start_django()
    if arguments.easy_read:
        return easy_blank()
    return blank(is_large=arguments.large_print, language=arguments.language)


def blank(*, is_large: bool = False, language: str = "en") -> dict[str, object]:
    """The blank booklet with this installation's lines for a crisis; Django must have started.

    It is posted to people who have no meetings, so that it asks nothing about them.
    """
    from django.conf import settings

    from handrail.exchange import workbook_language
    from handrail.reports.booklet import booklet

    lines = [(line.action, line.title) for line in settings.CRISIS_LINES]
    worded = workbook_language.language(language)
    made = booklet(
        workbook_language.translated(language),
        lines,
        is_large=is_large,
        with_meetings=False,
        language=worded,
    )
    return made.as_plain()


def easy_blank() -> dict[str, object]:
    """The blank booklet in easy words; as :func:`blank`, with no meetings."""
    from django.conf import settings

    from handrail.exchange import easy_file, workbook_file
    from handrail.reports.booklet_easy import easy_booklet

    parts = workbook_file.load()
    lines = [(line.action, line.title) for line in settings.CRISIS_LINES]
    return easy_booklet(easy_file.load_easy(parts=parts), parts, lines, with_meetings=False).as_plain()


def _composed() -> dict[str, object]:
    try:
        made = json.load(sys.stdin)
    except ValueError:
        made = None
    if not isinstance(made, dict) or "chapters" not in made:
        raise BadFile((Fault("standard input", 0, "", "is not a composed booklet", "Leave out --composed"),))
    return made
