"""A whole demonstration in an empty folder: keys, tables, staff, the play, the lock, the report."""

from __future__ import annotations

import gc
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from handrail.commands.demonstration import finish, sign_ins, summary
from handrail.commands.demonstration.arrangement import BLOCK_SIZES, Plan, arrange
from handrail.commands.demonstration.before_entry import RANDOMISE, REFER
from handrail.commands.demonstration.play import STEPS_PER_LIFE, Manner, Played, play
from handrail.commands.demonstration.progress import Progress
from handrail.commands.demonstration.steering import NotArranged
from handrail.commands.demonstration.steps import Step, moment
from handrail.commands.installation import make_folders, make_master_key, write_closed
from handrail.commands.starting import make_tables, now
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Reason, Refused
from handrail.domain.words import Because
from handrail.exchange import sealed_file
from handrail.records import durability
from handrail.records.accounts import actions as accounts
from handrail.records.audit import anchor
from handrail.records.enrolment import facts as enrolment

AGENT = "demonstration"
MARKED_BEFORE = timedelta(days=40)  # the first day of recruitment
# About how long each part takes, in steps of the play: for the progress bar alone.
TABLES, ARRANGING, LOCKING, REPORTING = 400.0, 200.0, 250.0, 1200.0
PEOPLE_SHOWN = 4
LIVES = 1.6  # referred for each who enters


class Teller:
    """Turns steps into what the progress bar says: the month, and how far recruitment has got."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._referred = self._entered = 0

    def __call__(self, step: Step) -> None:
        """One step is done."""
        self._referred += step.key.endswith(f" {REFER}")
        self._entered += step.key.endswith(f" {RANDOMISE}")
        self._progress.went(1, f"{step.at:%b %Y}: {self._referred} referred, {self._entered} entered")


def play_whole(plan: Plan, stage: Path) -> None:
    """Make everything in this folder, which is the installation's own for as long as this process lives.

    Raises:
        Refused: when the published figures cannot be arranged from this seed.
    """
    gc.freeze()  # what is loaded stays loaded: no need to look at it again and again
    protocol: Protocol = settings.PROTOCOL
    ways_in = sign_ins.SignIns(protocol.programme)
    progress = Progress(TABLES + ARRANGING + LOCKING + REPORTING + STEPS_PER_LIFE * LIVES * plan.people)
    try:
        _make_installation(stage, protocol, progress)
        played = _play(plan, stage, protocol, progress)
        lock = _lock(played, stage, protocol, progress)
        doors = _open_doors(ways_in, played)
        ending = finish.tell(lock, stage, say=lambda words: progress.went(REPORTING / 4, words))
    finally:
        ways_in.drop()
        progress.close()
        connection.close()
        gc.unfreeze()  # or what libraries hold could not be let go at the end, and one says so at length
    words = summary.text(plan, ending, stage, seconds=progress.seconds)
    write_closed(stage / sign_ins.FILE, doors.encode())
    write_closed(stage / summary.FILE, words.encode())


def _make_installation(stage: Path, protocol: Protocol, progress: Progress) -> None:
    """Folders, keys and tables, marked as synthetic before anything else is written."""
    progress.went(0, "making keys and tables")
    make_folders(stage)
    make_master_key(settings.MASTER_KEY_FILE)
    write_closed(stage / "protocol.toml", settings.PROTOCOL_FILE.read_bytes())
    sizes = ", ".join(map(str, BLOCK_SIZES))
    write_closed(stage / "sealed" / "block-sizes.toml", f"# SYNTHETIC\nsizes = [{sizes}]\n".encode())
    make_tables()
    durability.insist_safe(connection)
    with connection.cursor() as cursor:  # half-played it is worth nothing: see decision 0041
        cursor.execute("PRAGMA synchronous=OFF")
    marked_at = moment(protocol.programme.recruits_from - MARKED_BEFORE, "09:00")
    accounts.install(is_synthetic=True, protocol_hash=protocol.file_hash, at=marked_at, agent=AGENT)
    progress.went(TABLES, "arranging the synthetic people's lives")


def _play(plan: Plan, stage: Path, protocol: Protocol, progress: Progress) -> Played:
    try:
        arrangement = arrange(plan, protocol)
    except NotArranged:
        raise Refused((Reason(Because.NOT_ARRANGED, str(plan.seed)),)) from None
    progress.went(ARRANGING, "the first people are referred")
    manner = Manner(after_step=Teller(progress))
    return play(arrangement, protocol, files=stage / "incoming", manner=manner)


def _lock(played: Played, stage: Path, protocol: Protocol, progress: Progress) -> Path:
    """Freeze the data to the statistician's key, and keep the ledger's head outside the database."""
    progress.went(0, "locking the data")
    statistician = sealed_file.new_identity()
    write_closed(settings.STATISTICIAN_KEY_FILE, f"{statistician.recipient}\n".encode())
    folder = finish.freeze(
        played, stage, under=protocol, protocol_file=settings.PROTOCOL_FILE, statistician=statistician
    )
    progress.went(LOCKING, "the data are locked")
    return folder


def _open_doors(ways_in: sign_ins.SignIns, played: Played) -> str:
    """Give the staff their ways in, and set the site's clock to the day after the lock."""
    at = played.lock_at + timedelta(hours=1)
    given = ways_in.give(played.cast, at=at)
    accounts.set_clock(at + timedelta(days=1) - now(), at=at, agent=AGENT)
    anchor.keep_head(settings.ANCHOR_FOLDER, at=at)
    return sign_ins.as_text(given, _people(played))


def _people(played: Played) -> list[tuple[str, str, str]]:
    """A few people who could sign in: some of either arm, the last who entered and live."""
    shown: list[tuple[str, str, str]] = []
    for is_supported in (True, False):
        trails = [
            trail
            for trail in reversed(played.trails)
            if trail.entry_id is not None
            and trail.life.fate.died_day is None
            and (trail.life.number in played.arrangement.supported) == is_supported
        ]
        for trail in trails[: PEOPLE_SHOWN // 2]:
            who = trail.life.identity
            number = enrolment.registration(trail.registration).study_number
            shown.append((f"{who.given_name} {who.surname}", who.email, number))
    return shown
