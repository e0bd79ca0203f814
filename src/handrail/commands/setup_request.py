"""What `handrail setup` is asked to make: read, and put to the rules, before anything is made."""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import dataclass
from pathlib import Path

from handrail.commands.every_fault import EveryFault
from handrail.commands.installation import read_bytes
from handrail.domain.account import Appointment, why_not_invite
from handrail.domain.allocation import ListRequest, why_not_make_list
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import BadFile, Fault, Reason
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
    every = EveryFault(*_why_not_this_administrator(arguments.email, arguments.name))
    office = every.of(
        lambda: _office(arguments.office_telephone, arguments.office_email, arguments.office_hours)
    )
    key = every.of(lambda: _statistician_key(arguments.statistician_key or ""))
    sizes = every.of(lambda: _block_sizes(arguments.block_sizes))
    content = every.of(lambda: read_bytes(path))
    protocol = every.of(lambda: protocol_file.load(path)) if content is not None else None
    if sizes and protocol:
        every.found += _why_not_this_list(sizes, protocol)
    every.insist()
    assert office and key and sizes and content is not None and protocol
    return Wanted(
        email=arguments.email,
        name=arguments.name,
        protocol_bytes=content,
        protocol=protocol,
        statistician_key=key,
        block_sizes=sizes,
        block_sizes_name=arguments.block_sizes.name,
        office_file=office,
    )


def _bad(word: str, *reasons: Reason) -> tuple[Fault, ...]:
    """Why what was asked for cannot be: words of the command, as much as a file, are input."""
    return tuple(Fault("handrail setup", 0, word, reason.sentence) for reason in reasons)


def _why_not_this_administrator(email: str, name: str) -> tuple[Fault, ...]:
    """What the rules will say at the end of the first account, asked before anything is made."""
    post = Appointment(Role.ADMINISTRATOR, "")
    reasons = why_not_invite(email, name, post, is_taken=False, teams=frozenset())
    of_email = tuple(reason for reason in reasons if reason.code is Because.EMAIL_WRONG)
    of_name = tuple(reason for reason in reasons if reason.code is not Because.EMAIL_WRONG)
    return (*_bad("--email", *of_email), *_bad("--name", *of_name))


def _why_not_this_list(sizes: tuple[int, ...], protocol: Protocol) -> tuple[Fault, ...]:
    """What the rules will say at the end of the list, asked before anything is made."""
    first_list = ListRequest(sizes, is_made=False, is_seeded=False, is_synthetic=False)
    return _bad("--block-sizes", *why_not_make_list(first_list, arms=protocol.arms))


def _office(telephone: str, email: str, hours: str) -> str:
    """The file of the trial office, whom people ask."""
    found = trial_office.why_not(telephone, email, hours)
    faults = tuple(Fault(f"--office-{name}", 0, "", problem, mend) for name, problem, mend in found)
    if faults:
        raise BadFile(faults)
    return trial_office.as_file(telephone, email, hours)


def _statistician_key(given: str) -> str:
    """The key itself, from the command line or from the file that it names. Raises: BadFile."""
    word = "--statistician-key"
    if not given:
        raise BadFile(_bad(word, Reason(Because.STATISTICIAN_KEY_MISSING)))
    key = given.strip()
    if not key.startswith(sealed_file.PREFIX):
        lines = read_bytes(Path(given), most=10_000, word=word).decode("utf-8", "replace").splitlines()
        key = next((line.strip() for line in lines if line.startswith(sealed_file.PREFIX)), "")
    if not sealed_file.is_recipient(key):
        raise BadFile(_bad(word, Reason(Because.RECIPIENT_WRONG)))
    return key


def _block_sizes(path: Path | None) -> tuple[int, ...]:
    """The sizes in the statistician's file. No fault repeats what stands there. Raises: BadFile."""
    if path is None:
        raise BadFile(_bad("--block-sizes", Reason(Because.BLOCK_SIZES_SEALED)))
    try:
        content = read_bytes(path, most=10_000, word="--block-sizes")
        sizes = tomllib.loads(content.decode("utf-8")).get("sizes")
    except ValueError:
        sizes = None
    if not isinstance(sizes, list) or not sizes or any(type(size) is not int for size in sizes):
        mend = "Write one line such as: sizes = [4, 6]"
        raise BadFile((Fault(path.name, 0, "sizes", "must be a list of whole numbers", mend),))
    return tuple(sizes)
