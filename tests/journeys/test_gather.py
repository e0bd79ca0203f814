"""Acute-care files become outcomes: kept once, matched, worked out afresh, decided where unclear."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from unittest.mock import Mock
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.adjudication import Decision
from handrail.domain.refusal import Conflict, NotFound, Refused
from handrail.domain.words import Because, OutcomeStatus, Scope, SetAside, Setting
from handrail.exchange.acutecare import AcceptedRow, CheckedFile, RefusedRow
from handrail.journey import consent, gather
from handrail.records.acutecare import actions, facts
from handrail.records.acutecare.models import Adjudication, ExtractFile, Match, RecordsEnd, SpellRow
from handrail.records.acutecare.models import RefusedRow as Refusal
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.people import actions as people
from tests.later import day, ledger_lines, moment
from tests.river import River
from tests.synthetic import nhs_number

AT = moment(2016, 1, 4)
UNTIL = date(2015, 12, 31)


def row(line: int, person: str, start: str, end: str | None, service: Setting = Setting.WARD) -> AcceptedRow:
    return AcceptedRow(line, person, service, "provider-1", day(start), day(end) if end else None)


def extract(*rows: AcceptedRow, name: str = "spells.csv", until: date = UNTIL, **more: Any) -> CheckedFile:
    text = repr((rows, until)).encode()
    return CheckedFile(name, hashlib.sha256(text).hexdigest(), until, rows, more.get("refused", ()))


def entered(river: River, serial: int = 1) -> EntryFacts:
    """Somebody who entered on 2 June 2014."""
    return enrolment.entry(river.entered(serial))


def gathered(river: River, *rows: AcceptedRow, until: date = UNTIL) -> None:
    gather.read(extract(*rows, until=until), by=river.by, at=AT)
    gather.link(under=river.under.outcome, by=river.by, at=AT)


def index(person: str, line: int = 1) -> AcceptedRow:
    """The crisis team's spell that led to the referral."""
    return row(line, person, "2014-05-10", "2014-05-29", Setting.CRISIS_TEAM)


def test_a_readmission_is_found_with_its_day_service_nights_and_source(river: River) -> None:
    entry = entered(river)
    number = entry.study_number
    gathered(river, index(number), row(2, number, "2014-07-12", "2014-07-20"))
    outcome = facts.outcomes()[entry.registration_id]
    assert (outcome.status, outcome.readmitted, outcome.day) == (OutcomeStatus.READMITTED, True, 40)
    assert (outcome.first_service, outcome.nights, outcome.calendar_days) == ("ward", 8, 9)
    before, after = facts.episodes(entry.registration_id)
    assert (before.is_index, after.is_index) == (True, False)
    (source,) = after.sources
    assert (source.file_name, source.line, source.joined) == ("spells.csv", 2, "opens")


def test_a_person_is_found_by_nhs_number_with_or_without_spaces(river: River) -> None:
    first, second = entered(river, 1), entered(river, 2)
    spaced = f"{nhs_number(2)[:3]} {nhs_number(2)[3:6]} {nhs_number(2)[6:]}"
    gathered(river, index(nhs_number(1)), index(spaced, line=2))
    found = {key: outcome.status for key, outcome in facts.outcomes().items()}
    assert found == dict.fromkeys(
        (first.registration_id, second.registration_id), OutcomeStatus.NOT_READMITTED
    )


def test_reading_and_linking_leave_one_masked_line_each(river: River) -> None:
    entry = entered(river)
    with ledger_lines() as lines:
        gathered(river, index(entry.study_number))
    assert [(line.event, line.wing, line.by) for line in lines] == [
        ("extract_read", "masked", river.by),
        ("records_linked", "masked", river.by),
    ]


def test_the_same_file_again_changes_nothing_and_gives_the_same_answer(river: River) -> None:
    entry = entered(river)
    file = extract(index(entry.study_number))
    first = gather.read(file, by=river.by, at=AT)
    with ledger_lines() as lines:
        assert gather.read(file, by=river.by, at=moment(2016, 2, 1)) == first
    assert lines == []
    assert (ExtractFile.objects.count(), SpellRow.objects.count()) == (1, 1)


def test_a_file_and_the_outcomes_that_know_of_it_come_together_or_not_at_all(
    river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entered(river)
    file, given = extract(index(entry.study_number)), {"by": river.by, "at": AT}
    with monkeypatch.context() as broken, pytest.raises(OSError, match="the disk is full"):
        broken.setattr(actions, "link", Mock(side_effect=OSError("the disk is full")))
        gather.take_in(file, under=river.under.outcome, **given)
    assert (facts.files(), facts.outcomes()) == ((), {})
    file_id = gather.take_in(file, under=river.under.outcome, **given)
    assert [one.id for one in facts.files()] == [file_id]
    assert facts.outcomes()[entry.registration_id].status is OutcomeStatus.NOT_READMITTED


def test_a_later_file_with_the_same_spells_does_not_count_them_twice(river: River) -> None:
    entry = entered(river)
    number = entry.study_number
    ward = row(2, number, "2014-07-12", "2014-07-20")
    gathered(river, index(number), ward, until=date(2015, 6, 30))
    once = facts.outcomes()[entry.registration_id]
    gathered(river, index(number), ward)
    again = facts.outcomes()[entry.registration_id]
    assert (once.nights, again.nights) == (8, 8)
    assert SpellRow.objects.count() == 4


def test_refused_rows_are_kept_by_rule_and_line_and_never_silently_dropped(river: River) -> None:
    refused = (RefusedRow(7, SetAside.ENDS_BEFORE_START, "end", "ends before it starts", ""),)
    file_id = gather.read(extract(refused=refused), by=river.by, at=AT)
    (kept,) = facts.refused_rows(file_id)
    assert (kept.line, kept.rule, kept.column) == (7, "ends_before_start", "end")
    (file,) = facts.files()
    assert (file.row_count, file.kept_count, file.refused_count) == (1, 0, 1)


def test_a_person_of_whom_only_refused_rows_were_found_was_at_least_looked_for(river: River) -> None:
    entry, nobody = entered(river, 1), entered(river, 2)
    refused = (RefusedRow(7, SetAside.UNKNOWN_SERVICE, "service", "is not known", nhs_number(1)),)
    gather.read(extract(refused=refused), by=river.by, at=AT)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    found = facts.outcomes()
    assert found[entry.registration_id].status is OutcomeStatus.NOT_READMITTED
    assert found[nobody.registration_id].status is OutcomeStatus.NO_RECORDS
    assert nhs_number(1) not in repr(Refusal.objects.get().__dict__)


def test_rows_of_nobody_registered_are_counted_and_matched_once_they_are(river: River) -> None:
    gathered(river, index(nhs_number(1)))
    assert (facts.unmatched_row_count(), facts.outcomes()) == (1, {})
    entry = entered(river, 1)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    assert facts.unmatched_row_count() == 0
    assert facts.outcomes()[entry.registration_id].status is OutcomeStatus.NOT_READMITTED


def test_no_nhs_number_is_kept_with_the_records(river: River) -> None:
    gathered(river, index(nhs_number(1)))
    kept = SpellRow.objects.get()
    assert nhs_number(1) not in repr(kept.__dict__)


@pytest.mark.parametrize(
    ("rows", "until", "expected"),
    [
        ((), UNTIL, OutcomeStatus.NO_RECORDS),
        ((("2014-05-10", "2014-05-29"),), date(2015, 6, 2), OutcomeStatus.NOT_READMITTED),  # day 365
        ((("2014-05-10", "2014-05-29"),), date(2015, 6, 1), OutcomeStatus.CENSORED),
        ((("2014-05-10", None), ("2014-07-12", "2014-07-20")), UNTIL, OutcomeStatus.INDEX_END_UNKNOWN),
        ((("2014-06-02", "2014-06-09"),), UNTIL, OutcomeStatus.NOT_READMITTED),  # on the day of entry
    ],
)
def test_each_status_comes_out_as_the_rule_says(
    river: River, rows: tuple, until: date, expected: OutcomeStatus
) -> None:
    entry = entered(river)
    made = [row(line, entry.study_number, *dates) for line, dates in enumerate(rows, start=1)]
    gathered(river, *made, until=until)
    assert facts.outcomes()[entry.registration_id].status is expected


def test_a_death_without_readmission_first_is_not_a_readmission(river: River) -> None:
    entry = entered(river)
    people.record_death(entry.person_id, date(2014, 9, 1), by=river.by, at=AT)
    gathered(river, index(entry.study_number))
    outcome = facts.outcomes()[entry.registration_id]
    assert (outcome.status, outcome.readmitted, outcome.followed_days) == (OutcomeStatus.DIED, False, 91)


def test_a_person_who_said_no_to_records_has_no_outcome_and_no_episode(river: River) -> None:
    referral_id = river.refer(1)
    river.screen(referral_id)
    registration_id = river.consent(referral_id, records=False)
    river.baseline(registration_id)
    entry = enrolment.entry(river.randomise(registration_id))
    gathered(river, index(entry.study_number), row(2, entry.study_number, "2014-07-12", "2014-07-20"))
    outcome = facts.outcomes()[registration_id]
    assert (outcome.status, outcome.readmitted, outcome.nights) == (OutcomeStatus.NOT_CONSENTED, None, None)
    assert facts.episodes(registration_id) == ()


@pytest.mark.parametrize(
    ("closed", "expected"),
    [(moment(2014, 7, 11), OutcomeStatus.CENSORED), (moment(2014, 7, 12), OutcomeStatus.READMITTED)],
)
def test_a_person_who_withdraws_from_records_is_followed_until_that_day(
    river: River, closed: Any, expected: OutcomeStatus
) -> None:
    entry = entered(river)
    given = {"is_open": False, "words": "", "by": entry.person_id, "at": closed}
    consent.change(entry.person_id, Scope.RECORDS, **given)
    gathered(river, index(entry.study_number), row(2, entry.study_number, "2014-07-12", "2014-07-20"))
    assert facts.outcomes()[entry.registration_id].status is expected


def test_a_person_who_moves_away_is_censored_on_the_last_day_seen_until_it_is_put_right(river: River) -> None:
    entry = entered(river)
    with ledger_lines() as lines:
        gather.end_records(entry.registration_id, date(2014, 12, 31), by=river.by, at=AT)
    assert [(line.event, line.wing) for line in lines] == [("records_end_set", "masked")]
    gathered(river, index(entry.study_number))
    outcome = facts.outcomes()[entry.registration_id]
    assert (outcome.status, outcome.followed_days) == (OutcomeStatus.CENSORED, 212)
    gather.end_records(entry.registration_id, None, by=river.by, at=moment(2016, 2, 1))
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    assert facts.outcomes()[entry.registration_id].status is OutcomeStatus.NOT_READMITTED


def test_a_move_whose_outcomes_cannot_be_worked_out_is_not_on_record(
    river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entered(river)
    gathered(river, index(entry.study_number))
    given = {"under": river.under.outcome, "by": river.by, "at": AT}
    with monkeypatch.context() as broken:
        broken.setattr(gather.actions, "link", Mock(side_effect=OSError))
        with ledger_lines() as lines, pytest.raises(OSError):
            gather.move(entry.registration_id, date(2014, 12, 31), **given)
    assert (facts.records_ends(), lines) == ({}, [])
    gather.move(entry.registration_id, date(2014, 12, 31), **given)
    assert facts.outcomes()[entry.registration_id].status is OutcomeStatus.CENSORED


def test_records_do_not_end_in_the_future_nor_for_nobody(river: River) -> None:
    entry = entered(river)
    for until, because in [
        (date(2016, 1, 5), Because.DAY_TO_COME),
        (date(2014, 6, 1), Because.BEFORE_ENTRY),
        (None, Because.NOT_MOVED),
    ]:
        with ledger_lines() as lines, pytest.raises(Refused) as refused:
            gather.end_records(entry.registration_id, until, by=river.by, at=AT)
        assert ([reason.code for reason in refused.value.reasons], lines) == ([because], [])
    waiting = river.registered(50)
    with pytest.raises(Refused) as refused:
        gather.end_records(waiting, date(2015, 1, 1), by=river.by, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [Because.NOT_ENTERED]
    with pytest.raises(NotFound):
        gather.end_records(UUID(int=404), date(2015, 1, 1), by=river.by, at=AT)


def test_somebody_who_reads_the_same_file_at_the_same_moment_is_told(
    river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = extract(index(nhs_number(1)))
    gather.read(file, by=river.by, at=AT)
    monkeypatch.setattr(actions, "_known", lambda sha256: None)  # as it looks before the other has ended
    with ledger_lines() as lines, pytest.raises(Conflict):
        gather.read(file, by=river.by, at=AT)
    assert lines == []


def test_a_file_that_covers_days_to_come_is_refused(river: River) -> None:
    with pytest.raises(Refused) as refused:
        gather.read(extract(until=date(2016, 1, 5)), by=river.by, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [Because.DAY_TO_COME]
    assert not ExtractFile.objects.exists()


def unclear(river: River) -> EntryFacts:
    """Somebody whose index episode has no end in the records."""
    entry = entered(river)
    number = entry.study_number
    gathered(river, row(1, number, "2014-05-10", None), row(2, number, "2014-07-12", "2014-07-20"))
    return entry


def decide(river: River, entry: EntryFacts, **changes: Any) -> None:
    decision = Decision(OutcomeStatus.READMITTED, 40, "ward", "Synthetic: the letter says so.")
    given = {"under": river.under.outcome, "by": river.by, "at": AT, **changes}
    gather.adjudicate(entry.registration_id, decision, **given)


def test_an_unclear_outcome_waits_for_a_decision_which_then_counts(river: River) -> None:
    entry = unclear(river)
    assert facts.undecided() == (entry.registration_id,)
    with ledger_lines() as lines:
        decide(river, entry)
    assert [(line.event, line.wing) for line in lines] == [("outcome_decided", "masked")]
    outcome = facts.outcomes()[entry.registration_id]
    assert (outcome.status, outcome.readmitted, outcome.day) == (OutcomeStatus.READMITTED, True, 40)
    assert facts.undecided() == ()


def test_linking_again_keeps_the_decision_until_the_records_can_say(river: River) -> None:
    entry = unclear(river)
    decide(river, entry)
    gather.link(under=river.under.outcome, by=river.by, at=AT)
    assert facts.outcomes()[entry.registration_id].status is OutcomeStatus.READMITTED
    gathered(river, row(9, entry.study_number, "2014-05-10", "2014-05-29"))  # now with its end
    assert facts.outcomes()[entry.registration_id].nights == 8
    with pytest.raises(Refused):
        decide(river, entry)


def test_a_clear_outcome_is_not_decided_by_anybody(river: River) -> None:
    entry = entered(river)
    gathered(river, index(entry.study_number))
    with ledger_lines() as lines, pytest.raises(Refused) as refused:
        decide(river, entry)
    assert [reason.code for reason in refused.value.reasons] == [Because.NEEDS_NO_DECISION]
    assert lines == []


def test_statuses_are_counted_for_everybody_together(river: River) -> None:
    entry = entered(river)
    gathered(river, index(entry.study_number))
    counts = facts.status_counts(facts.outcomes().values())
    assert counts[OutcomeStatus.NOT_READMITTED] == 1
    assert sum(counts.values()) == 1


@pytest.mark.parametrize("model", [ExtractFile, SpellRow, Refusal, Match, RecordsEnd, Adjudication])
def test_what_came_in_a_file_or_was_decided_is_never_changed_or_removed(river: River, model: type) -> None:
    entry = unclear(river)
    decide(river, entry)
    gather.end_records(entry.registration_id, date(2014, 12, 31), by=river.by, at=AT)
    refused = (RefusedRow(7, SetAside.DUPLICATE, "", "", ""),)
    gather.read(extract(refused=refused), by=river.by, at=AT)
    assert model._default_manager.exists()  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.all().delete()  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        key = model._meta.pk.name  # type: ignore[attr-defined]
        model._default_manager.update(**{key: UUID(int=9)})  # type: ignore[attr-defined]
