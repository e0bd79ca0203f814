"""Allocation under fire: several processes ask at once, for the same people, and are killed at random.

Each worker acknowledges a request only after it is answered, in a file of its own. Afterwards the database
is compared with what was acknowledged: no double, no loss, no hole, no differing answer, one ledger line
for each entry. ``is_guarded=False`` plants the fault that all this is for: no lock, no transaction around
look and draw, no unique constraint. A proof that does not report that one proves nothing.

The work is done by children (``python -m tests.proofs.allocation_race …``), so that each has its own
connection, and so that one can be killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 4
MEDDLERS = 4  # two who allocate and two who screen
MEDDLED_SECONDS = 0.2  # between looking and drawing, while others screen: far longer than one screening
GUARDED_TABLES = ("allocation_draw", "enrolment_trialentry")


@dataclass(frozen=True)
class Course:
    """A prepared installation: people for whom every precondition holds, and the requests to come."""

    home: Path
    database_url: str  # empty for SQLite

    def child(self, *words: str) -> subprocess.Popen[bytes]:
        """Start one child at this installation."""
        environment = {
            **os.environ,
            "HANDRAIL_HOME": str(self.home),
            "HANDRAIL_TESTING": "true",
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        environment.pop("HANDRAIL_DATABASE_URL", None)
        if self.database_url:
            environment["HANDRAIL_DATABASE_URL"] = self.database_url
        command = [sys.executable, "-m", "tests.proofs.allocation_race", *words]
        printed = subprocess.DEVNULL if words[0] in ("work", "screen") else subprocess.PIPE
        return subprocess.Popen(command, cwd=self.home, env=environment, stdout=printed)

    def ask(self, *words: str) -> bytes:
        """Run one child to its end; gives what it printed."""
        child = self.child(*words)
        printed, _ = child.communicate()
        assert child.returncode == 0, f"{words} ended with {child.returncode}"
        return printed


def prepare(home: Path, *, people: int, server_url: str = "") -> Course:
    """Make an installation with this many people ready, on SQLite or on a database of its own at a server."""
    home.mkdir(parents=True, exist_ok=True)
    course = Course(
        home, _database(server_url, f"race_{home.name}_{uuid4().hex[:8]}".lower()) if server_url else ""
    )
    course.ask("prepare", str(people))
    return course


def copy(course: Course, home: Path) -> Course:
    """The same course again, untouched by a race on the first."""
    shutil.copytree(course.home, home)
    name = f"race_{home.name}_{uuid4().hex[:8]}".lower()
    return Course(home, _database(course.database_url, name, template=True) if course.database_url else "")


def race(course: Course, *, kills: int = 0, is_guarded: bool = True, seed: int = 1) -> dict[str, int]:
    """Run every request; gives each fault found with how often. Empty: none."""
    if not is_guarded:
        _strip(course)
    words = ["work"] if is_guarded else ["work", "--unguarded"]
    children = {number: course.child(*words, str(number)) for number in range(WORKERS)}
    dice, killed = Random(seed), 0
    while running := [number for number, child in children.items() if child.poll() is None]:
        time.sleep(dice.uniform(0.1, 0.6))
        victim = children[dice.choice(running)]
        if killed < kills and victim.poll() is None:
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            killed += 1
        for number, child in children.items():
            if child.poll() == -signal.SIGKILL:
                children[number] = course.child(*words, str(number))
    faults = Counter(json.loads(course.ask("report")))
    faults["workers_that_broke"] = sum(child.returncode != 0 for child in children.values())
    faults["kills_not_made"] = kills - killed
    return {fault: count for fault, count in faults.items() if count}


def meddle(course: Course, *, is_guarded: bool = True) -> dict[str, int]:
    """Two workers allocate while two others find the same people to have lost capacity.

    Whoever is entered can no longer be screened, and whoever is found ineligible can no longer enter: so
    nobody may end as both, in whatever order the processes come. Gives each fault with how often.
    """
    words = ["work", "--slow"] if is_guarded else ["work", "--slow", "--unguarded"]
    children = [
        course.child(*words, "0"),
        course.child(*words, "1"),
        course.child("screen"),
        course.child("screen"),
    ]
    broke = sum(child.wait() != 0 for child in children)
    faults = {**json.loads(course.ask("meddled")), "workers_that_broke": broke}
    return {fault: count for fault, count in faults.items() if count}


def repeat(course: Course) -> dict[str, int]:
    """Send every answered request again; gives how many answers differ and how many rows were written."""
    return {fault: count for fault, count in json.loads(course.ask("repeat")).items() if count}


def _database(server_url: str, name: str, *, template: bool = False) -> str:
    import psycopg

    server, _, current = server_url.rpartition("/")
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        origin = f'TEMPLATE "{current}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}" {origin}')
    return f"{server}/{name}"


def _strip(course: Course) -> None:
    """Take the unique constraints away: the second half of the planted fault."""
    if course.database_url:
        import psycopg

        with closing(psycopg.connect(course.database_url, autocommit=True)) as connection:
            found = connection.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'u' "
                "AND conrelid::regclass::text = ANY(%s)",
                [list(GUARDED_TABLES)],
            ).fetchall()
            for table, name in found:
                connection.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
        return
    with closing(sqlite3.connect(course.home / "handrail.sqlite3")) as connection:
        for table in GUARDED_TABLES:
            made = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
            ((text,),) = connection.execute(made, [table]).fetchall()
            connection.execute(text.replace(table, "stripped", 1).replace(" UNIQUE", ""))
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"ALTER TABLE stripped RENAME TO {table}")
        connection.commit()


# ------------------------------------------------------------------------------------------ in the children


def _prepare(people: int) -> None:
    """Migrate, and walk everybody to the brink; each is asked for by two workers.

    Every other person is asked for twice with one key, as by somebody who presses again; the rest by
    two workers with a key each.
    """
    from django.core.management import call_command
    from django.db import transaction

    from tests.river import River

    call_command("migrate", verbosity=0)
    river = River()
    with transaction.atomic():
        river.set_up()
        river.make_list()
        ready = [str(river.ready(n, f"team_{n % 6 + 1}")) for n in range(people)]
    requests: list[list[list[str]]] = [[] for _ in range(WORKERS)]
    for n, registration_id in enumerate(ready):
        for turn in (0, 1):
            key = f"{registration_id}-{turn if n % 2 else 'one'}"
            requests[(n + turn) % WORKERS].append([registration_id, key])
    Path("requests.json").write_text(json.dumps(requests), encoding="ascii")


def _work(number: int, flags: Sequence[str]) -> None:
    """Ask for everybody on this worker's list, acknowledging each answer once it is given."""
    from handrail.domain.refusal import Conflict, Refused

    if "--slow" in flags:
        _slow_down()
        _wait_for_the_others()
    randomise = _unguarded() if "--unguarded" in flags else _randomise()
    wanted = json.loads(Path("requests.json").read_text(encoding="ascii"))[number]
    done = {(said[0], said[1]) for said in _acknowledged(number)}
    file = os.open(f"acknowledged-{number}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for registration_id, key in wanted:
        if (registration_id, key) in done:
            continue
        try:
            answer = str(randomise(UUID(registration_id), key))
        except Refused as refused:
            answer = "+".join(reason.code.value for reason in refused.reasons)
        except Conflict:
            answer = "conflict"
        os.write(file, f"{registration_id} {key} {answer}\n".encode())


def _slow_down() -> None:
    """Leave time between looking and drawing for somebody else to come in, if anything lets them."""
    from handrail.journey import enrol

    choose = enrol.next_slot

    def slowly(free_slots):
        time.sleep(MEDDLED_SECONDS)
        return choose(free_slots)

    enrol.next_slot = slowly


def _wait_for_the_others() -> None:
    """Begin when all who meddle are there: how long a process takes to start must decide nothing."""
    Path(f"here-{os.getpid()}").touch()
    until = time.monotonic() + 60
    while len(list(Path().glob("here-*"))) < MEDDLERS and time.monotonic() < until:
        time.sleep(0.005)


def _screen() -> None:
    """Find everybody to have lost capacity, the last first, but for those who have entered by then.

    So they come past whoever is being allocated just then, between the look and the draw.
    """
    from handrail.domain.refusal import Refused
    from handrail.records.referral import facts
    from tests.river import River

    river = River()
    referrals = reversed(facts.referrals())
    _wait_for_the_others()
    for referral in referrals:
        try:
            river.screen(referral.id, has_capacity=False)
        except Refused:
            continue


def _meddled() -> dict[str, int]:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.referral import facts

    entered = {entry.person_id for entry in enrolment.entries()}
    found = {row.person_id for row in facts.referrals() if not row.assessments[-1].is_eligible}
    everybody = {row.person_id for row in facts.referrals()}
    return {
        "entered_though_ineligible": len(entered & found),
        "neither": len(everybody - entered - found),
        "nobody_entered": int(not entered),
        "nobody_found": int(not found),
    }


def _randomise():
    from tests.river import River

    return River().randomise


def _unguarded():
    """The planted fault: look and draw with no transaction around them and nothing held."""
    from handrail.journey import enrol

    def loose(read):
        return lambda *words, lock=False, **more: read(*words, **more)

    enrol.people.person = loose(enrol.people.person)  # type: ignore[assignment]
    enrol.facts.free_slots = loose(enrol.facts.free_slots)  # type: ignore[assignment]
    enrol.randomise = enrol.randomise.__wrapped__  # type: ignore[attr-defined]
    return _randomise()


def _acknowledged(number: int) -> Iterator[list[str]]:
    path = Path(f"acknowledged-{number}.txt")
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return (line.split() for line in lines)


def _report() -> dict[str, int]:
    """Compare what is stored with what was acknowledged."""
    from handrail.records.allocation.models import Draw
    from handrail.records.enrolment.models import TrialEntry

    asked = {pair[0] for each in json.loads(Path("requests.json").read_text("ascii")) for pair in each}
    said = [line for number in range(WORKERS) for line in _acknowledged(number)]
    entry_of = {
        str(entry_id): str(who) for entry_id, who in TrialEntry.objects.values_list("id", "registration_id")
    }
    drawn = Counter(str(entry_id) for entry_id in Draw.objects.values_list("entry_id", flat=True))
    entered = Counter(entry_of.values())
    slots = Counter(Draw.objects.values_list("slot_id", flat=True))
    answers = {(who, answer) for who, _, answer in said if answer in entry_of or _is_id(answer)}
    return {
        "people_entered_twice": sum(count - 1 for count in entered.values()),
        "slots_drawn_twice": sum(count - 1 for count in slots.values()),
        "people_lost": len(asked - set(entered)),
        "entries_without_one_draw": sum(drawn[entry_id] != 1 for entry_id in entry_of),
        "answers_not_kept": sum(entry_of.get(answer) != who for who, answer in answers),
        "people_with_differing_answers": sum(n - 1 for n in Counter(who for who, _ in answers).values()),
        "people_never_answered": len(asked - {who for who, _ in answers}),
        "other_refusals": sum(not _is_id(a) and a != "already_entered" for _, _, a in said),
        "holes": _holes(),
        **_ledger(set(entry_of)),
    }


def _is_id(answer: str) -> bool:
    return len(answer) == 36


def _holes() -> int:
    """Places skipped: every stratum's draws must be its first places, each once."""
    from handrail.records.allocation.models import Draw

    drawn: dict[str, list[int]] = {}
    for stratum, position in Draw.objects.values_list("slot__stratum", "slot__position"):
        drawn.setdefault(stratum, []).append(position)
    return sum(max(places) - len(set(places)) for places in drawn.values())


def _ledger(entry_ids: set[str]) -> dict[str, int]:
    from handrail.domain.words import Event
    from handrail.records.audit import chain
    from handrail.records.audit.models import Head, Line

    lines = list(Line.objects.order_by("number"))
    told = Counter(str(line.about) for line in lines if line.event == Event.RANDOMISED)
    hashes = [chain.FIRST, *(line.line_hash for line in lines)]
    head = Head.objects.get()
    return {
        "ledger_lines_amiss": len(entry_ids ^ set(told)) + sum(count - 1 for count in told.values()),
        "ledger_links_broken": sum(
            line.previous_hash != before for line, before in zip(lines, hashes, strict=False)
        )
        + sum(chain.hash_of(line) != line.line_hash for line in lines)
        + ((head.line_count, head.head_hash) != (len(lines), hashes[-1])),
    }


def _repeat() -> dict[str, int]:
    randomise = _randomise()
    before = _rows()
    answered = [line for n in range(WORKERS) for line in _acknowledged(n) if _is_id(line[2])]
    differing = sum(str(randomise(UUID(who), key)) != answer for who, key, answer in answered)
    return {"differing": differing, "written": sum(a != b for a, b in zip(before, _rows(), strict=True)),
            "not_sent": int(not answered)}  # fmt: skip


def _rows() -> list[int]:
    from handrail.records.allocation.models import Draw, Slot
    from handrail.records.audit.models import Line
    from handrail.records.enrolment.models import TrialEntry

    return [model.objects.count() for model in (Draw, Slot, TrialEntry, Line)]


def main(words: Sequence[str]) -> None:
    """One child's work."""
    import django

    django.setup()
    match words:
        case ["prepare", people]:
            _prepare(int(people))
        case ["work", *flags, number]:
            _work(int(number), flags)
        case ["screen"]:
            _screen()
        case ["meddled"]:
            print(json.dumps(_meddled()))
        case ["report"]:
            print(json.dumps(_report()))
        case ["repeat"]:
            print(json.dumps(_repeat()))


if __name__ == "__main__":
    main(sys.argv[1:])
