"""What `handrail setup` is asked to make: read, and put to the rules, before anything is made."""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import dataclass
from pathlib import Path

from handrail.commands.installation import read_bytes
from handrail.domain.account import Appointment, why_not_invite
from handrail.domain.allocation import ListRequest, why_not_make_list
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import BadFile, Fault, Reasons, only
from handrail.domain.words import Because, Role
from handrail.exchange import protocol_file, sealed_file, trial_office


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for on the command line, read and checked."""

    email: str
    name: str
    protocol_bytes: bytes
    protocol: Protocol
    statistician_key: str
    block_sizes: tuple[int, ...]
    block_sizes_name: str
    office_file: str


def read(arguments: argparse.Namespace, otherwise: Path) -> Wanted:
    """Everything that was asked for; the protocol is ``otherwise`` when none was named.

    Raises:
        BadFile: when something is missing, a file is not what it should be, or a rule will say no.
    """
    path = arguments.protocol or otherwise
    key = _statistician_key(arguments.statistician_key or "")
    _insist(
        only(
            (arguments.block_sizes is None, Because.BLOCK_SIZES_SEALED),
            (not key, Because.STATISTICIAN_KEY_MISSING),
        )
    )
    _insist(only((not sealed_file.is_recipient(key), Because.RECIPIENT_WRONG)))
    wanted = Wanted(
        email=arguments.email,
        name=arguments.name,
        protocol_bytes=read_bytes(path),
        protocol=protocol_file.load(path),
        statistician_key=key,
        block_sizes=_block_sizes(arguments.block_sizes),
        block_sizes_name=arguments.block_sizes.name,
        office_file=_office(arguments.office_telephone, arguments.office_email, arguments.office_hours),
    )
    _insist(_why_not(wanted))
    return wanted


def _insist(reasons: Reasons) -> None:
    """What was asked for cannot be: words of the command, as much as a file, are input."""
    if reasons:
        raise BadFile(tuple(Fault("handrail setup", 0, "", reason.sentence) for reason in reasons))


def _why_not(wanted: Wanted) -> Reasons:
    """What the rules will say at the end, asked before anything is made."""
    teams = frozenset(team.code for team in wanted.protocol.programme.teams)
    post = Appointment(Role.ADMINISTRATOR, "")
    first_list = ListRequest(wanted.block_sizes, is_made=False, is_seeded=False, is_synthetic=False)
    return (
        *why_not_invite(wanted.email, wanted.name, post, is_taken=False, teams=teams),
        *why_not_make_list(first_list, arms=wanted.protocol.arms),
    )


def _office(telephone: str, email: str, hours: str) -> str:
    """The file of the trial office, whom people ask."""
    found = trial_office.why_not(telephone, email, hours)
    faults = tuple(Fault(f"--office-{name}", 0, "", problem, mend) for name, problem, mend in found)
    if faults:
        raise BadFile(faults)
    return trial_office.as_file(telephone, email, hours)


def _statistician_key(given: str) -> str:
    """The key itself, from the command line or from the file that it names."""
    if not given or given.startswith(sealed_file.PREFIX):
        return given.strip()
    lines = read_bytes(Path(given), most=10_000).decode("utf-8", "replace").splitlines()
    return next((line.strip() for line in lines if line.startswith(sealed_file.PREFIX)), given)


def _block_sizes(path: Path) -> tuple[int, ...]:
    """The sizes in the statistician's file. No fault repeats what stands there."""
    try:
        sizes = tomllib.loads(read_bytes(path, most=10_000).decode("utf-8")).get("sizes")
    except ValueError:
        sizes = None
    if not isinstance(sizes, list) or not sizes or any(type(size) is not int for size in sizes):
        mend = "Write one line such as: sizes = [4, 6]"
        raise BadFile((Fault(path.name, 0, "sizes", "must be a list of whole numbers", mend),))
    return tuple(sizes)
