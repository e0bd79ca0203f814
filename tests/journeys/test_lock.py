"""The lock: every table as declared, the arms sealed, all or nothing, and the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from handrail.analysis import tables
from handrail.domain import extract
from handrail.domain.adjudication import Decision
from handrail.domain.conduct import NewDeviation
from handrail.domain.followup import InterviewMode
from handrail.domain.refusal import Conflict, Refused
from handrail.domain.safety import HowFound, NewEvent, WhyCorrected
from handrail.domain.support import SessionPlace
from handrail.domain.words import (
    Because,
    DeviationKind,
    Event,
    OutcomeStatus,
    Relatedness,
    Role,
    Scope,
    Seriousness,
)
from handrail.exchange import files, sealed_file
from handrail.journey import consent, deliver, follow, gather, lock
from handrail.records.audit import facts as audit
from handrail.records.conduct import actions as conduct
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.safety import actions as safety
from handrail.records.safety import facts as safety_facts
from tests.exchange.protocols import CORE
from tests.journeys.test_gather import extract as extract_file
from tests.journeys.test_gather import index, row
from tests.later import day, ledger_lines, moment, staff, with_post, with_sessions
from tests.river import River

AT = moment(2016, 1, 4)
KEY = sealed_file.new_identity()


def freeze(river: River, folder: Path, **changes: Any) -> Path:
    given = {
        "under": river.under,
        "protocol_file": CORE,
        "recipient": KEY.recipient,
        "label": "synthetic",
        "by": river.by,
        "at": AT,
    }
    with TestCase.captureOnCommitCallbacks(execute=True):  # as when its transaction ends
        return lock.freeze(folder, **{**given, **changes})


def played(river: River) -> tuple[EntryFacts, EntryFacts]:
    """A small trial with something in every table; gives one person of each offer."""
    supported, posted = with_sessions(river), with_post(river, first=50)
    river.refer(90)
    _support(river, supported)
    deliver.order_workbook(posted.id, under=river.under, by=river.by, at=moment(2014, 6, 3))
    deliver.post_workbook(posted.id, under=river.under, by=river.by, at=moment(2014, 6, 5))
    _follow(river, posted)
    _harm(river, supported)
    deviation = NewDeviation(DeviationKind.UNMASKED, day("2014-10-02"))
    conduct.record_deviation(deviation, team_code="team_2", by=river.by, at=AT)
    number = supported.study_number
    rows = (index(number), row(2, number, "2014-07-12", "2014-07-20"), index(posted.study_number, line=3))
    gather.read(extract_file(*rows), by=river.by, at=AT)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    return supported, posted


def _support(river: River, entry: EntryFacts) -> None:
    given = {"under": river.under, "by": river.by, "at": moment(2014, 6, 3)}
    deliver.pair(entry.id, staff(river, Role.PEER_WORKER), **given)
    met = moment(2014, 6, 10, 14)
    session = deliver.plan_session(entry.id, planned_at=met, **given)
    place = SessionPlace.HOME
    deliver.hold_session(
        session, minutes=55, held_at=met, place=place, under=river.under, by=river.by, at=met
    )
    deliver.stop(entry.id, under=river.under, by=river.by, at=moment(2014, 7, 1))


def _follow(river: River, entry: EntryFacts) -> None:
    follow.record(
        entry.registration_id,
        "month_4",
        {"lsns_6": [1, 2, 3, 4, 5, 0]},
        mode=InterviewMode.TELEPHONE,
        under=river.under.schedule,
        by=river.by,
        at=moment(2014, 10, 2),
    )
    given = {"is_open": False, "words": "", "by": entry.person_id, "at": moment(2014, 11, 3)}
    consent.change(entry.person_id, Scope.INTERVIEWS, **given)


def _harm(river: River, entry: EntryFacts) -> None:
    seriousness = frozenset({Seriousness.LIFE_THREATENING, Seriousness.HOSPITAL_STAY})
    event = NewEvent(day("2014-07-12"), day("2014-07-14"), "self_harm", seriousness, HowFound.RECORDS)
    given = {"by": river.by, "at": AT}
    event_id = safety.record_event(entry.registration_id, event, under=river.under.safety, **given)
    safety.review(event_id, could_be_related=True, **given)
    deliver.judge(event_id, Relatedness.UNLIKELY, was_found_by_worker=False, **given)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text())))


def unsealed(folder: Path) -> bytes:
    return sealed_file.decrypt(files.arm_file_of(folder).read_bytes(), KEY.secret)


def opened(folder: Path) -> dict[str, Any]:
    return json.loads(unsealed(folder))


def test_a_lock_is_what_the_analysis_reads_and_verifies(river: River, tmp_path: Path) -> None:
    played(river)
    with ledger_lines() as lines:
        folder = freeze(river, tmp_path / "lock-1")
    assert [(line.event, line.wing, line.by) for line in lines] == [("locked", "sealed", river.by)]
    read = tables.read(folder)
    assert set(read.tables) == {one.name for one in extract.TABLES}
    assert (read.protocol_hash, read.stamp.label) == (river.under.file_hash, "synthetic")
    manifest = json.loads((folder / "manifest.json").read_text())
    sealed = (tmp_path / "lock-1.arms.age").read_bytes()
    assert manifest["arm_file"] == {
        "name": "lock-1.arms.age",
        "sha256": hashlib.sha256(sealed).hexdigest(),
    }
    assert manifest["locked_at"] == "2016-01-04T10:00:00+00:00"
    arms = tables.sealed(opened(folder)["tables"], "arms")
    assert len(arms["arms"]) == len(read.tables["entries"])


def test_the_ledger_knows_each_lock_and_none_that_was_refused(river: River, tmp_path: Path) -> None:
    played(river)
    with pytest.raises(Refused), transaction.atomic():
        freeze(river, tmp_path / "lock-0", recipient="nonsense")
    assert (audit.has_happened(Event.LOCKED), audit.acts(Event.LOCKED)) == (False, ())
    for name in ("lock-1", "lock-2"):
        freeze(river, tmp_path / name)
    assert audit.has_happened(Event.LOCKED)
    told = [(act.at, act.by, act.detail) for act in audit.acts(Event.LOCKED)]
    assert told == [(AT, river.by, {"folder": "lock-1"}), (AT, river.by, {"folder": "lock-2"})]


def test_the_masked_tables_say_what_happened(river: River, tmp_path: Path) -> None:
    supported, posted = played(river)
    folder = freeze(river, tmp_path / "lock-1")
    outcomes = {one["study_number"]: one for one in table(folder, "outcomes")}
    assert list(outcomes[supported.study_number].values())[1:] == [
        *("readmitted", "1", "40", "ward"),
        *("8", "9", "365"),
    ]
    assert outcomes[posted.study_number]["status"] == "not_readmitted"
    (event,) = table(folder, "adverse_events")
    assert list(event.values()) == [
        *(supported.study_number, "1", "2014-07-12", "2014-07-14"),
        *("hospital_stay+life_threatening", "1"),
    ]
    assert table(folder, "deviations") == [
        {
            "deviation_number": "1",
            "study_number": "",
            "team": "team_2",
            "found_on": "2014-10-02",
            "kind": "unmasked",
        }
    ]
    assert table(folder, "participation") == [
        {"study_number": posted.study_number, "scope": "interviews", "stopped_on": "2014-11-03"}
    ]


def test_each_instrument_at_each_point_has_its_row_done_or_due(river: River, tmp_path: Path) -> None:
    _, posted = played(river)
    rows = table(freeze(river, tmp_path / "lock-1"), "followup")
    own = [list(one.values())[1:] for one in rows if one["study_number"] == posted.study_number]
    assert len(own) == 5 + 6 + 5
    assert ["month_4", "lsns_6", "done", "2014-10-02", "1", "6", "15"] in own
    assert ["month_4", "qpr_15", "done", "2014-10-02", "1", "0", ""] in own
    assert ["month_18", "qpr_15", "due", "", "", "", ""] in own
    assert ["baseline", "qpr_15", "done", "2014-06-02", "1", "0", ""] in own


def test_screening_has_one_row_for_each_person_referred_however_far_they_came(
    river: River, tmp_path: Path
) -> None:
    played(river)
    rows = table(freeze(river, tmp_path / "lock-1"), "screening")
    entered = sum(one["is_entered"] == "1" for one in rows)
    assert len(rows) == entered + 1
    (waiting,) = [one for one in rows if one["is_entered"] == "0"]
    assert list(waiting.values())[1:] == ["team_1", "2014-06-02", "0", "", "", "0", "0", "0", ""]


def test_the_sealed_tables_say_what_was_given(river: River, tmp_path: Path) -> None:
    supported, posted = played(river)
    sealed = opened(freeze(river, tmp_path / "lock-1"))["tables"]
    delivered = {one["study_number"]: one for one in csv.DictReader(io.StringIO(sealed["delivery"]))}
    assert list(delivered[supported.study_number].values())[1:] == [
        *("PW01", "1", "1", "55", "2014-06-10", "2014-06-10", "2014-07-01"),
    ]
    assert posted.study_number not in delivered
    assert sealed["post"].splitlines()[1:] == [f"{posted.study_number},2014-06-03,2014-06-05,"]
    assert sealed["relatedness"].splitlines()[1:] == [f"{supported.study_number},1,unlikely"]
    arms = dict(line.split(",") for line in sealed["arms"].splitlines()[1:])
    offered = {number: river.under.arm(arm).peer_sessions is not None for number, arm in arms.items()}
    assert (offered[supported.study_number], offered[posted.study_number]) == (True, False)


def test_whoever_stops_the_programme_is_in_the_arm_file_though_offered_no_meetings(
    river: River, tmp_path: Path
) -> None:
    _, posted = played(river)
    deliver.stop(posted.id, under=river.under, by=river.by, at=moment(2014, 8, 5))
    sealed = opened(freeze(river, tmp_path / "lock-1"))["tables"]
    delivered = {one["study_number"]: one for one in csv.DictReader(io.StringIO(sealed["delivery"]))}
    assert list(delivered[posted.study_number].values())[1:] == ["", "1", "0", "0", "", "", "2014-08-05"]


def test_what_was_judged_of_an_event_before_its_correction_stays_out_of_the_lock(
    river: River, tmp_path: Path
) -> None:
    played(river)
    (judged,) = [one for one in safety_facts.events() if one.could_be_related]
    event = NewEvent(
        judged.onset_on, judged.aware_on, "other", frozenset(judged.seriousness), HowFound.RECORDS
    )
    given = {"why": WhyCorrected.MORE_IS_KNOWN, "under": river.under.safety, "by": river.by, "at": AT}
    safety.correct_event(judged.id, event, **given)
    assert opened(freeze(river, tmp_path / "lock"))["tables"]["relatedness"].splitlines()[1:] == []


def test_an_event_that_is_serious_no_more_is_judged_but_is_no_serious_event_of_the_lock(
    river: River, tmp_path: Path
) -> None:
    played(river)
    (judged,) = [one for one in safety_facts.events() if one.could_be_related]
    event = NewEvent(judged.onset_on, judged.aware_on, judged.kind, frozenset(), HowFound.RECORDS)
    given = {"why": WhyCorrected.JUDGED_AGAIN, "under": river.under.safety, "by": river.by, "at": AT}
    made = safety.correct_event(judged.id, event, **given)
    safety.review(made, could_be_related=True, by=river.by, at=AT)
    deliver.judge(made, Relatedness.UNLIKELY, was_found_by_worker=False, by=river.by, at=AT)
    assert opened(freeze(river, tmp_path / "lock"))["tables"]["relatedness"].splitlines()[1:] == []


def test_unknown_attendance_is_blank_and_nobody_held_is_nought(river: River, tmp_path: Path) -> None:
    supported, _ = played(river)
    deliver.lose_attendance(supported.id, under=river.under, by=river.by, at=AT)
    never = with_sessions(river, first=100)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    sealed = opened(freeze(river, tmp_path / "lock-1"))["tables"]
    delivered = {one["study_number"]: one for one in csv.DictReader(io.StringIO(sealed["delivery"]))}
    assert list(delivered[supported.study_number].values())[2:5] == ["0", "", ""]
    assert list(delivered[never.study_number].values())[1:5] == ["", "1", "0", "0"]


def test_nothing_in_the_clear_names_an_arm_a_person_or_a_word_of_theirs(river: River, tmp_path: Path) -> None:
    played(river)
    folder = freeze(river, tmp_path / "lock-1")
    text = "".join(path.read_text() for path in folder.glob("*.csv"))
    text += (folder / "manifest.json").read_text()
    text = re.sub(r"\b[0-9a-f]{64}\b", "", text)  # a hash is chance, and may hold any three figures
    assert not any(arm.code in text for arm in river.under.arms)
    assert "Synthetic" not in text and "example.org" not in text and "999" not in text


def test_the_same_records_make_the_same_bytes_and_an_arm_file_that_looks_different(
    river: River, tmp_path: Path
) -> None:
    played(river)
    first, second = freeze(river, tmp_path / "a" / "lock"), freeze(river, tmp_path / "b" / "lock")
    for path in first.glob("*.csv"):
        assert path.read_bytes() == (second / path.name).read_bytes()
        assert b"\r" not in path.read_bytes()
    assert opened(first)["tables"] == opened(second)["tables"]
    assert opened(first)["salt"] != opened(second)["salt"]
    sealed = [one.with_name("lock.arms.age").read_bytes() for one in (first, second)]
    assert sealed[0] != sealed[1]


def test_the_size_of_the_arm_file_tells_nothing_of_what_is_in_it(river: River, tmp_path: Path) -> None:
    _, posted = played(river)
    first = freeze(river, tmp_path / "lock-1")
    deliver.record_return(posted.id, under=river.under, by=river.by, at=moment(2014, 7, 1))
    second = freeze(river, tmp_path / "lock-2")
    assert opened(first)["tables"] != opened(second)["tables"]
    assert len({len(unsealed(folder)) for folder in (first, second)}) == 1  # age adds a few bytes of chance


def refused(river: River, folder: Path, **changes: Any) -> list[Because]:
    """Why a lock is refused; it must write nothing and leave no line."""
    before = sorted(folder.parent.rglob("*"))
    with ledger_lines() as lines, pytest.raises(Refused) as found:
        freeze(river, folder, **changes)
    assert lines == [] and sorted(folder.parent.rglob("*")) == before
    return [reason.code for reason in found.value.reasons]


def test_an_empty_trial_is_not_locked(river: River, tmp_path: Path) -> None:
    assert refused(river, tmp_path / "lock") == [Because.NOBODY_ENTERED]


def test_a_lock_waits_until_the_records_are_linked_and_the_link_is_fresh(
    river: River, tmp_path: Path
) -> None:
    entry = with_sessions(river)
    assert Because.NOT_LINKED in refused(river, tmp_path / "lock")
    gather.read(extract_file(index(entry.study_number)), by=river.by, at=AT)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    gather.end_records(entry.registration_id, day("2015-01-01"), by=river.by, at=AT)
    assert refused(river, tmp_path / "lock") == [Because.LINK_IS_STALE]
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    assert freeze(river, tmp_path / "lock").is_dir()


def test_a_lock_waits_for_the_adjudicator(river: River, tmp_path: Path) -> None:
    entry = with_sessions(river)
    number = entry.study_number
    rows = (row(1, number, "2014-05-10", None), row(2, number, "2014-07-12", "2014-07-20"))
    gather.read(extract_file(*rows), by=river.by, at=AT)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    assert refused(river, tmp_path / "lock") == [Because.UNDECIDED]
    untold = Decision(OutcomeStatus.INDEX_END_UNKNOWN, grounds="Synthetic: no letter was found.")
    gather.adjudicate(entry.registration_id, untold, under=river.under.outcome, by=river.by, at=AT)
    outcomes = table(freeze(river, tmp_path / "lock"), "outcomes")
    own = next(one for one in outcomes if one["study_number"] == number)
    assert (own["status"], own["readmitted"], own["followed_days"]) == ("index_end_unknown", "", "365")


def test_a_lock_made_under_another_definition_is_refused(river: River, tmp_path: Path) -> None:
    from dataclasses import replace

    played(river)
    other = replace(river.under, outcome=replace(river.under.outcome, horizon_days=180))
    assert refused(river, tmp_path / "lock", under=other) == [Because.LINKED_BY_ANOTHER_RULE]


def test_a_lock_is_never_written_over_and_needs_a_real_key(river: River, tmp_path: Path) -> None:
    played(river)
    folder = freeze(river, tmp_path / "lock")
    kept = (folder / "manifest.json").read_bytes()
    assert refused(river, folder) == [Because.LOCK_EXISTS]
    assert (folder / "manifest.json").read_bytes() == kept
    assert refused(river, tmp_path / "other", recipient="age1nonsense") == [Because.RECIPIENT_WRONG]


def test_a_protocol_file_that_changed_since_stops_the_lock(river: River, tmp_path: Path) -> None:
    played(river)
    changed = tmp_path / "core.toml"
    changed.write_bytes(CORE.read_bytes() + b"\n# changed\n")
    with ledger_lines() as lines, pytest.raises(Conflict):
        freeze(river, tmp_path / "lock", protocol_file=changed)
    assert lines == [] and not (tmp_path / "lock").exists()


def test_an_event_of_somebody_who_never_entered_stays_out_of_the_lock(river: River, tmp_path: Path) -> None:
    supported, _ = played(river)
    event = NewEvent(river.at.date(), river.at.date(), "other", frozenset(), HowFound.PERSON)
    given = {"under": river.under.safety, "by": river.by, "at": AT}
    safety.record_event(river.registered(95), event, **given)
    events = table(freeze(river, tmp_path / "lock-1"), "adverse_events")
    assert [one["study_number"] for one in events] == [supported.study_number]


STEPS = len(extract.TABLES) + 5  # the tables, protocol, manifest and arm file written; two folders synced


@pytest.mark.slow
def test_an_interruption_at_any_step_leaves_no_lock_and_the_next_attempt_succeeds(
    river: River, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(river)
    for stop_at in range(1, STEPS):  # the last step comes after the folder has its name
        with monkeypatch.context() as patched, ledger_lines() as lines:
            steps = _interrupted_at(stop_at, patched)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                freeze(river, tmp_path / "lock")
        assert len(steps) == stop_at
        assert lines == [] and not (tmp_path / "lock").exists()
    steps = _interrupted_at(0, monkeypatch)
    folder = freeze(river, tmp_path / "lock")
    sealed = folder.with_name("lock.arms.age").read_bytes()
    assert len(steps) == STEPS
    assert tables.read(folder).arm_file_hash == hashlib.sha256(sealed).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "lock.arms.age"]


def _interrupted_at(stop_at: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make the so-manieth write or sync an interruption, and list them as they come."""
    steps: list[str] = []

    def patch(name: str) -> None:
        real = getattr(files, name)

        def step(*words: Any) -> None:
            steps.append(name)
            if len(steps) == stop_at:
                raise KeyboardInterrupt
            real(*words)

        monkeypatch.setattr(files, name, step)

    patch("_write")
    patch("_sync")
    return steps
