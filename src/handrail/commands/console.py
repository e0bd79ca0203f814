"""``handrail``: thin argparse over the verbs. A verb's code is imported only when it runs."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from handrail.commands.words_given import Words

# verb → (module under handrail.commands, one line of help). Each module has add_arguments and run.
VERBS: dict[str, tuple[str, str]] = {
    "protocol": ("protocol", "check a protocol file, or show it as a person would read it"),
    "readmissions": ("readmissions", "spells and a cohort → readmission outcomes"),
    "spells": ("spells", "check a spells file on its own: what is accepted, and what is not and why"),
    "analyse": ("analyse", "a locked data set, or plain counts → findings"),
    "report": ("report", "findings → the report, in HTML and PDF"),
    "booklet": ("booklet", "the workbook on paper, as an accessible PDF"),
    "picture": ("picture", "a photograph in, the same drawn again out, with nothing hidden in it"),
    "lock": ("lock", "write the locked data, and the arm file sealed to the statistician"),
    "setup": ("setup", "make an empty, real installation"),
    "demo": ("demo", "play a trial of synthetic people through the product's own actions"),
    "verify": ("verify", "check the ledger's chain against its head kept elsewhere, and a lock's hashes"),
    "backup": ("backup", "a safe copy of the installation, with a manifest"),
    "restore": ("restore", "bring a copy back, and verify it"),
    "manage": ("manage", "Django's own management commands, and Handrail's due work"),
}
PURPOSE = "Handrail runs a trial of peer support for people who leave crisis care, from referral to report."
MORE = "`handrail VERB --help` says what a verb takes."
# What a verb ends with, for whoever runs it from a timer: docs/reference/exit-statuses.md says it at length.
DONE = 0
NOT_DONE = 1  # a rule or the state of things said no, a check found a fault, or the machine failed
BAD_INPUT = 2  # the words or a file cannot be used: every fault is listed, and nothing was written
INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one verb, and give its exit status: 0, 1, 2 or 130, as above."""
    try:
        return _main(argv)
    except KeyboardInterrupt:  # while code was being loaded, too
        print("Stopped. Nothing half done was kept.", file=sys.stderr)
        return INTERRUPTED


def _main(argv: list[str] | None) -> int:
    """Read the words, load the verb, run it."""
    words = sys.argv[1:] if argv is None else argv
    parser = Words(prog="handrail", description=PURPOSE, epilog=MORE)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    chosen = words[0] if words and words[0] in VERBS else None
    for verb, (module, line) in VERBS.items():
        sub = verbs.add_parser(verb, help=line, description=line, add_help=verb != "manage")
        if verb == chosen:
            importlib.import_module(f"handrail.commands.{module}").add_arguments(sub)
    if chosen == "manage":  # whatever follows is Django's to read, --help too
        arguments = argparse.Namespace(verb="manage", words=words[1:])
    else:
        arguments = parser.parse_args(words)
    act = importlib.import_module(f"handrail.commands.{VERBS[arguments.verb][0]}")
    return _exit_status(act.run, arguments)


def _exit_status(run: object, arguments: argparse.Namespace) -> int:
    """The one function that turns the errors into exit statuses."""
    from handrail.commands.replacing import stoppable
    from handrail.domain.refusal import BadFile, Conflict, NotFound, Refused

    try:
        with stoppable():
            status = int(run(arguments) or DONE)  # type: ignore[operator]
            sys.stdout.flush()
            return status
    except BadFile as bad:
        print("\n".join(str(fault) for fault in bad.faults), file=sys.stderr)
        return BAD_INPUT
    except Refused as refused:
        print("\n".join(reason.sentence for reason in refused.reasons), file=sys.stderr)
        return NOT_DONE
    except (NotFound, Conflict) as error:
        print(str(error) or "Not found, or somebody was quicker.", file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:  # whoever read what is printed went away, as `head` does: the work was done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except OSError as error:  # a full disk, a folder taken away: the machine's doing, not a mistake of ours
        place = f"{error.filename}: " if error.filename else ""
        print(f"It failed. {place}{error.strerror or error}", file=sys.stderr)
        return NOT_DONE


if __name__ == "__main__":
    sys.exit(main())
