"""``python -m tests.browser.stage``: an installation of synthetic people, for stories in a real browser.

The site is served from it by gunicorn, as an operator serves it, in a process of its own: so the stories
go through the real settings, the real start and the real password hashing. A trial is played to its
middle, and then work is laid out for each role. Prints one JSON object: ways in, and who waits for what.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from handrail.commands.demonstration.cast import Cast
    from tests.browser.lots import Lot, Somebody

NOW = datetime(2015, 1, 26, 10, 0, tzinfo=UTC)  # a Monday in the middle of the trial
PLAYED_UNTIL = date(2015, 1, 16)
PEOPLE, SEED = 24, 7
TEAMS = {"phone": "team_1", "desk": "team_2"}
LEAVES = 6  # sessions of one person that stories may end
AWAKE = timedelta(hours=1)  # sessions are seen this far ahead, so that none is idle before its story


def build() -> dict[str, Any]:
    """Make keys, tables, accounts and people in ``HANDRAIL_HOME``."""
    from handrail.commands.starting import start_django

    start_django()
    from django.db import connection

    _open()
    with connection.cursor() as cursor:  # nothing counts before everything stands
        cursor.execute("PRAGMA synchronous=OFF")
    cast = _play()
    _set_clock()
    lots = _lots(cast)
    people = {width: lot.fill() for width, lot in lots.items()}
    _read_records(cast, [found["decision"] for found in people.values()])
    return {
        **_true_ways_in(),
        "lots": {width: _told(found) for width, found in people.items()},
        "keys": {width: _keys(cast, TEAMS[width], found) for width, found in people.items()},
    }


def _open() -> None:
    """An empty installation, marked as synthetic."""
    from django.conf import settings

    from handrail.commands.demonstration.steps import moment
    from handrail.commands.installation import make_folders, make_master_key
    from handrail.commands.starting import make_tables
    from handrail.records.accounts import actions as accounts

    make_folders(settings.PLACE)
    make_master_key(settings.MASTER_KEY_FILE)
    make_tables()
    protocol = settings.PROTOCOL
    at = moment(protocol.programme.recruits_from - timedelta(days=40), "09:00")
    accounts.install(is_synthetic=True, protocol_hash=protocol.file_hash, at=at, agent="test")


def _play() -> Cast:
    """Half a trial: so that lists are as long as they are in use."""
    from django.conf import settings

    from handrail.commands.demonstration.arrangement import Plan, arrange
    from handrail.commands.demonstration.play import Manner, play

    arrangement = arrange(Plan(SEED, PEOPLE), settings.PROTOCOL)
    manner = Manner(until=PLAYED_UNTIL)
    return play(arrangement, settings.PROTOCOL, files=Path(settings.PLACE) / "incoming", manner=manner).cast


def _set_clock() -> None:
    """The site's clock stands at the stories' day."""
    from django.utils import timezone

    from handrail.records.accounts import actions as accounts

    accounts.set_clock(NOW - timezone.now(), at=NOW, agent="test")


def _lots(cast: Cast) -> dict[str, Lot]:
    from django.conf import settings

    from tests.browser.lots import Lot

    return {width: Lot(settings.PROTOCOL, cast, width, team, NOW) for width, team in TEAMS.items()}


def _read_records(cast: Cast, undecided: list[Somebody]) -> None:
    """One hospital's file, after which outcomes wait for a decision."""
    from django.conf import settings

    from handrail.analysis.acutecare import checking, sources
    from handrail.domain.words import Role
    from handrail.exchange import acutecare as checked_files
    from handrail.journey import gather
    from tests.browser.lots import extract

    path = extract(Path(settings.PLACE) / "incoming" / "spells-to-january.csv", undecided, now=NOW)
    verdict = path.with_suffix(".checked.jsonl")
    checking.check(sources.source(path), verdict, covers_until=(NOW - timedelta(days=2)).date())
    by = cast.one(Role.DATA_DESK)
    gather.read(checked_files.read(verdict), by=by, at=NOW)
    gather.link(under=settings.PROTOCOL.outcome, by=by, at=NOW)


def _true_ways_in() -> dict[str, Any]:
    """Accounts with a password, for the stories that sign in."""
    from handrail.domain.words import Role
    from tests.pages import door

    newcomer = door.make_staff(Role.SERVICE_MANAGER, has_app=False)  # a password, and no second factor yet
    roles = (Role.ADMINISTRATOR, Role.TRIAL_MANAGER, Role.RESEARCHER)
    staff = {role.value: door.make_staff(role).email for role in roles}
    return {"staff": staff, "newcomer": newcomer.email, "password": door.PASSWORD, "secret": door.SECRET}


def _told(people: dict[str, Somebody]) -> dict[str, dict[str, str]]:
    return {
        code: {"name": one.name, "number": one.study_number, "email": one.email}
        for code, one in people.items()
    }


def _keys(cast: Cast, team_code: str, people: dict[str, Somebody]) -> dict[str, str]:
    """A session for each role, and for a person of either arm."""
    from handrail.domain.words import Role
    from tests.pages import door

    accounts = {role: cast.one(role) for role in Role if role is not Role.PERSON}
    accounts[Role.CRISIS_TEAM] = cast.crisis_team(team_code)
    accounts[Role.PEER_SUPERVISOR] = cast.peer_supervisor(team_code)
    accounts[Role.DUTY_CLINICIAN] = cast.duty_clinician(team_code)
    accounts[Role.PEER_WORKER] = cast.peer_worker(team_code, 0)
    keys = {role.value: _key(door.let_in(door.Staff(found, "", role))) for role, found in accounts.items()}
    for code in ("paired", "posted", "begins"):
        keys[code] = _key(door.let_person_in(people[code].person_id))
    for number in range(LEAVES):
        keys[f"leaves_{number}"] = _key(door.let_person_in(people["paired"].person_id))
    return keys


def _key(client: Client) -> str:
    """The session's key, after it was made to stay awake."""
    from django.conf import settings

    from handrail.web.shared import sessions

    session = client.session
    session[sessions.SEEN] += int(AWAKE.total_seconds())
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    json.dump(build(), sys.stdout)
