"""``handrail setup``: an empty, real installation: keys, tables, the protocol, the list, one administrator.

Nothing counts until the last step, which puts the database in its place (or, on a server, marks it as an
installation). Interrupted before that, the same command begins again.
"""

from __future__ import annotations

import argparse
import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID

from handrail.commands import moving_in, setup_request
from handrail.commands.installation import (
    make_folders,
    make_master_key,
    removed_on_failure,
    sync_folder,
    write_closed,
)
from handrail.commands.setup_request import Wanted
from handrail.commands.starting import make_tables, now, start_django
from handrail.domain.refusal import Reason, Refused, insist, only
from handrail.domain.words import Because, Role

AGENT = "setup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("--email", required=True, help="the first administrator's e-mail address")
    parser.add_argument("--name", required=True, help="the first administrator's name")
    parser.add_argument(
        "--office-telephone",
        required=True,
        metavar="NUMBER",
        help="the trial office's number, for people to ring",
    )
    parser.add_argument("--office-email", required=True, metavar="ADDRESS", help="and its e-mail address")
    parser.add_argument("--office-hours", default="", metavar="WORDS", help="when somebody answers")
    parser.add_argument(
        "--protocol", type=Path, metavar="FILE", help="the protocol; otherwise the CORE trial's"
    )
    parser.add_argument(
        "--statistician-key",
        metavar="AGE1…|FILE",
        help="the statistician's public key in the age format, or the file that holds it",
    )
    parser.add_argument(
        "--block-sizes",
        type=Path,
        metavar="FILE",
        help="the statistician's file with one line: sizes = [4, 6]",
    )


def run(arguments: argparse.Namespace) -> int:
    """Set up, all or nothing, and tell what to do next.

    Raises:
        BadFile: when a file is not what it should be.
        Refused: when there is an installation already, or something is missing.
    """
    start_django()
    from django.conf import settings

    home: Path = settings.PLACE
    wanted = setup_request.read(arguments, settings.SHIPPED_PROTOCOL)
    _insist_free(home)
    made = [home / "protocol.toml", settings.STATISTICIAN_KEY_FILE, home / "office.toml"]
    crisis_file = home / "crisis.toml"  # one that is there stays: somebody has written it
    made += [path for path in (settings.MASTER_KEY_FILE, crisis_file) if not path.exists()]
    for path in made[:3]:
        path.unlink(missing_ok=True)  # left by a set-up that was interrupted
    with removed_on_failure(made):
        make_folders(home)
        make_master_key(settings.MASTER_KEY_FILE)
        write_closed(made[0], wanted.protocol_bytes)
        write_closed(made[1], f"{wanted.statistician_key}\n".encode())
        write_closed(made[2], wanted.office_file.encode())
        if crisis_file in made:
            write_closed(crisis_file, settings.CRISIS_FILE.read_bytes())
        account_id = _fill_database(wanted, at=now())
    _tell(home, wanted, account_id)
    return 0


def _insist_free(home: Path) -> None:
    """Go on only where there is no installation, real or synthetic."""
    from django.db import connection

    from handrail.records.accounts import facts as accounts

    insist(only((moving_in.is_cut_off(home), Reason(Because.RESTORE_CUT_OFF, str(home)))))
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return
    if "accounts_installation" not in connection.introspection.table_names():
        insist(only((connection.vendor == "sqlite", Reason(Because.SETUP_STRANGE, str(home)))))
        return
    found = accounts.installation()
    if found is None:
        return
    raise Refused(
        (
            Reason(Because.SETUP_SYNTHETIC, str(home))
            if found.is_synthetic
            else Reason(Because.INSTALLED_ALREADY),
        )
    )


def _fill_database(wanted: Wanted, *, at: datetime) -> UUID:
    """Every table and the first rows. A file is made beside its place, and put there when it is whole."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return _first_rows(wanted, at=at)
    finished = Path(connection.settings_dict["NAME"])
    stage = finished.with_name(finished.name + ".being-made")
    stage.unlink(missing_ok=True)
    connection.close()
    connection.settings_dict["NAME"] = str(stage)
    try:
        with removed_on_failure([stage]):
            account_id = _first_rows(wanted, at=at)
            connection.close()
            stage.chmod(0o600)
            stage.rename(finished)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(finished)
        stage.with_name(f"{stage.name}.turn").unlink(missing_ok=True)  # the queue of a name that is gone
    sync_folder(finished.parent)
    return account_id


def _first_rows(wanted: Wanted, *, at: datetime) -> UUID:
    """The tables; then, in one transaction, what makes them an installation."""
    make_tables()
    from django.conf import settings
    from django.db import connection, transaction

    from handrail.journey import enrol
    from handrail.records import durability
    from handrail.records.accounts import actions as accounts
    from handrail.records.audit import anchor

    durability.insist_safe(connection)
    protocol = wanted.protocol
    with transaction.atomic():
        accounts.install(is_synthetic=False, protocol_hash=protocol.file_hash, at=at, agent=AGENT)
        account_id = accounts.invite(
            wanted.email,
            wanted.name,
            Role.ADMINISTRATOR,
            under=protocol.programme,
            by=None,
            at=at,
            agent=AGENT,
        )
        enrol.make_list(
            under=protocol,
            block_sizes=wanted.block_sizes,
            pick=secrets.choice,
            is_seeded=False,
            by=None,
            at=at,
            agent=AGENT,
        )
    anchor.keep_head(settings.ANCHOR_FOLDER, at=at)
    return account_id


def _tell(home: Path, wanted: Wanted, account_id: UUID) -> None:
    """What was made, and what to do next."""
    from django.conf import settings

    from handrail.journey import admit

    programme = wanted.protocol.programme
    print(f"set up: {home}")
    print(f"  {programme.short_title}, version {programme.version}; {len(programme.teams)} teams; nobody yet")
    print(
        f"  the allocation list is made, once and for all: delete the copy of {wanted.block_sizes_name} here"
    )
    print(f"  the master key is {settings.MASTER_KEY_FILE}: keep a copy of it in another place, and no other")
    print("  ring or text each line for help in a crisis, put your own crisis team first, and vouch for each")
    print(f"  in {home / 'crisis.toml'}: nobody here has; so too the trial office's number")
    print(f"  and address, which people see on their pages, in {home / 'office.toml'}")
    print("  next: start the site; then open this letter's link")
    print()
    print(admit.invitation(account_id, address=settings.ADDRESS.rstrip("/")).text)
