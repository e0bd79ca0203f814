"""``handrail``: thin argparse over the verbs. A verb's code is imported only when it runs."""

from __future__ import annotations

import argparse
import importlib
import sys

# verb → (module under handrail.commands, one line of help). Each module has add_arguments and run.
VERBS: dict[str, tuple[str, str]] = {
    "protocol": ("protocol", "check a protocol file, or show it as a person would read it"),
    "readmissions": ("readmissions", "spells and a cohort → readmission outcomes"),
    "spells": ("spells", "check a spells file on its own: what is accepted, and what is not and why"),
    "analyse": ("analyse", "a locked data set, or plain counts → findings"),
    "report": ("report", "findings → the report, in HTML and PDF"),
    "lock": ("lock", "write the locked data, and the arm file sealed to the statistician"),
    "setup": ("setup", "make an empty, real installation"),
    "demo": ("demo", "play a trial of synthetic people through the product's own actions"),
    "verify": ("verify", "check the ledger's chain against its head kept elsewhere, and a lock's hashes"),
    "backup": ("backup", "a safe copy of the installation, with a manifest"),
    "restore": ("restore", "bring a copy back, and verify it"),
    "manage": ("manage", "Django's own management commands, and Handrail's due work"),
}
INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one verb. Exit status: 0 done; 1 refused; 2 bad input, nothing written; 130 interrupted."""
    try:
        return _main(argv)
    except KeyboardInterrupt:  # while code was being loaded, too
        print("Stopped. Nothing half done was kept.", file=sys.stderr)
        return INTERRUPTED


def _main(argv: list[str] | None) -> int:
    """Read the words, load the verb, run it."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="handrail", description=__doc__, add_help=True)
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
    """The one function that turns the four errors into exit statuses."""
    from handrail.commands.replacing import stoppable
    from handrail.domain.refusal import BadFile, Conflict, NotFound, Refused

    try:
        with stoppable():
            return int(run(arguments) or 0)  # type: ignore[operator]
    except BadFile as bad:
        print("\n".join(str(fault) for fault in bad.faults), file=sys.stderr)
        return 2
    except Refused as refused:
        print("\n".join(reason.sentence for reason in refused.reasons), file=sys.stderr)
        return 1
    except (NotFound, Conflict) as error:
        print(str(error) or "Not found, or somebody was quicker.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
