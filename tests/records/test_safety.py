"""Adverse events as they are kept: numbered by onset, corrected by a newer row, reviewed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.safety import HowFound, NewEvent, WhyCorrected, awaits_review, counts_as_serious
from handrail.domain.words import Because, Seriousness
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, facts
from handrail.records.safety.models import AdverseEvent, MaskedReview
from tests.later import day, ledger_lines, moment
from tests.river import River

AT = moment(2014, 8, 1)
NEW = NewEvent(
    onset_on=day("2014-07-20"),
    aware_on=day("2014-07-22"),
    kind="psychiatric_admission",
    seriousness=frozenset({Seriousness.HOSPITAL_STAY, Seriousness.LIFE_THREATENING}),
    how_found=HowFound.FAMILY,
    narrative="Synthetic: admitted overnight.",
)


def record(river: River, registration_id: UUID, **changes: Any) -> UUID:
    event = replace(NEW, **changes)
    return actions.record_event(registration_id, event, under=river.under.safety, by=river.by, at=AT)


def correct(river: River, event_id: UUID, **changes: Any) -> UUID:
    given = {"why": WhyCorrected.JUDGED_AGAIN, "under": river.under.safety, "by": river.by, "at": AT}
    return actions.correct_event(event_id, replace(NEW, **changes), **given)


def registered(river: River, serial: int = 1) -> UUID:
    return enrolment.entry(river.entered(serial)).registration_id


def test_an_event_is_kept_whole_with_one_masked_line(river: River) -> None:
    registration_id = registered(river)
    with ledger_lines() as lines:
        event_id = record(river, registration_id)
    assert [(line.event, line.wing, line.about) for line in lines] == [
        ("adverse_event_recorded", "masked", registration_id)
    ]
    event = facts.event(event_id)
    assert event.seriousness == (Seriousness.HOSPITAL_STAY, Seriousness.LIFE_THREATENING)
    assert (event.is_expected, event.could_be_related) == (True, None)
    assert facts.narrative(event_id) == "Synthetic: admitted overnight."


def test_events_are_numbered_within_the_person_by_onset_not_by_when_they_were_told(river: River) -> None:
    registration_id = registered(river)
    later = record(river, registration_id)
    earlier = record(river, registration_id, onset_on=day("2014-07-01"), kind="other")
    somebody = record(river, registered(river, 2))
    numbers = {event.id: event.event_number for event in facts.events()}
    assert numbers == {earlier: 1, later: 2, somebody: 1}


def test_events_alike_in_everything_have_one_number_each_however_often_it_is_asked(river: River) -> None:
    registration_id = registered(river)
    made = [record(river, registration_id) for _ in range(7)]
    assert [event.id for event in facts.events()] == sorted(made)


def test_a_correction_stands_beside_the_first_record_which_stays(river: River) -> None:
    registration_id = registered(river)
    first = record(river, registration_id)
    with ledger_lines() as lines:
        second = actions.correct_event(
            first,
            replace(NEW, kind="self_harm", narrative=""),
            why=WhyCorrected.MORE_IS_KNOWN,
            under=river.under.safety,
            by=river.by,
            at=AT + timedelta(hours=1),
        )
    assert [line.event for line in lines] == ["adverse_event_corrected"]
    assert [event.id for event in facts.events()] == [second]
    assert AdverseEvent.objects.count() == 2
    assert facts.narrative(second) == facts.narrative(first) == NEW.narrative
    with pytest.raises(NotFound):
        facts.event(first)
    (earlier,) = facts.earlier(second)
    assert (earlier.id, earlier.kind, earlier.why) == (first, NEW.kind, WhyCorrected.MORE_IS_KNOWN)
    assert (earlier.recorded_at, earlier.corrected_at) == (AT, AT + timedelta(hours=1))
    assert facts.earlier(first) == ()


def test_an_event_is_corrected_only_where_something_differs_and_nothing_newer_stands(
    river: River,
) -> None:
    first = record(river, registered(river))
    given = {"why": WhyCorrected.TYPED_WRONGLY, "under": river.under.safety, "by": river.by, "at": AT}

    def refused(event_id: UUID, event: NewEvent) -> list[Because]:
        with ledger_lines() as lines, pytest.raises(Refused) as found:
            actions.correct_event(event_id, event, **given)
        assert lines == []
        return [reason.code for reason in found.value.reasons]

    assert refused(first, replace(NEW, narrative="")) == [Because.NOTHING_DIFFERS]
    assert refused(first, replace(NEW, kind="nonsense")) == [Because.EVENT_KIND_UNKNOWN]
    second = actions.correct_event(first, replace(NEW, narrative="Synthetic: at home."), **given)
    assert refused(first, replace(NEW, kind="self_harm")) == [Because.ALREADY_CORRECTED]
    assert facts.event(second).kind == NEW.kind


def test_a_signed_event_is_corrected_and_the_signature_stays_with_what_was_signed(river: River) -> None:
    first = record(river, registered(river))
    actions.review(first, could_be_related=True, by=river.by, at=AT)
    second = correct(river, first, kind="self_harm")
    now = facts.event(second)
    assert (now.could_be_related, awaits_review(now)) == (None, True)
    assert [one.could_be_related for one in facts.earlier(second)] == [True]
    actions.review(second, could_be_related=False, by=river.by, at=AT)
    assert facts.event(second).could_be_related is False
    assert MaskedReview.objects.count() == 2


def test_the_clocks_run_from_the_first_day_that_any_record_of_the_event_names(river: River) -> None:
    first = record(river, registered(river))
    second = correct(river, first, aware_on=day("2014-07-30"))
    third = correct(river, second, aware_on=day("2014-07-31"))
    assert (facts.event(third).aware_on, facts.event(third).first_aware_on) == (
        day("2014-07-31"),
        NEW.aware_on,
    )


def test_an_event_that_is_no_longer_called_serious_waits_until_a_reviewer_has_signed(river: River) -> None:
    first = record(river, registered(river))
    second = correct(river, first, seriousness=frozenset())
    third = correct(river, second, seriousness=frozenset(), kind="other")
    assert facts.event(third).is_downgraded
    assert facts.event(third).earlier_ids == (second, first)
    actions.review(third, could_be_related=False, by=river.by, at=AT)
    assert not facts.event(third).is_downgraded
    fourth = correct(river, third, seriousness=frozenset(), kind="self_harm")  # a reviewer has seen why
    assert not facts.event(fourth).is_downgraded
    fifth = correct(river, fourth)
    assert (facts.event(fifth).is_downgraded, awaits_review(facts.event(fifth))) == (False, True)


def test_an_event_called_serious_no_more_counts_until_it_is_signed_that_it_could_not_be_related(
    river: River,
) -> None:
    first = record(river, registered(river))
    second = correct(river, first, seriousness=frozenset())
    actions.review(second, could_be_related=True, by=river.by, at=AT)
    now = facts.event(second)
    assert (now.is_downgraded, counts_as_serious(now), awaits_review(now)) == (True, True, False)
    third = correct(river, second, seriousness=frozenset(), kind="self_harm")
    assert awaits_review(facts.event(third))  # signed again, as every corrected event
    actions.review(third, could_be_related=False, by=river.by, at=AT)
    now = facts.event(third)
    assert (now.is_downgraded, now.was_serious, counts_as_serious(now)) == (False, True, False)


def test_a_guess_at_the_sealed_words_is_not_answered(river: River) -> None:
    """The refusal would have said whether the words that masked staff cannot read are the ones they typed."""
    given = {"why": WhyCorrected.TYPED_WRONGLY, "under": river.under.safety, "by": river.by, "at": AT}
    event_id = record(river, registered(river))
    for guess in ("Synthetic: after a visit.", "Synthetic: after a visit.", NEW.narrative):
        event_id = actions.correct_event(event_id, replace(NEW, narrative=guess), **given)
    assert facts.narrative(event_id) == NEW.narrative


def test_a_review_is_signed_once_with_one_masked_line(river: River) -> None:
    event_id = record(river, registered(river))
    with ledger_lines() as lines:
        actions.review(event_id, could_be_related=True, by=river.by, at=AT)
    assert [(line.event, line.wing) for line in lines] == [("adverse_event_reviewed", "masked")]
    assert facts.event(event_id).could_be_related is True
    with pytest.raises(Refused):
        actions.review(event_id, could_be_related=False, by=river.by, at=AT)
    assert facts.event(event_id).could_be_related is True


def test_the_team_sees_its_own_people_only(river: River) -> None:
    record(river, registered(river))
    assert len(facts.events(team_code="team_1")) == 1
    assert facts.events(team_code="team_2") == ()


def test_nothing_is_recorded_about_nobody(river: River) -> None:
    with ledger_lines() as lines, pytest.raises(NotFound):
        record(river, UUID(int=404))
    with pytest.raises(NotFound):
        why, under = WhyCorrected.TYPED_WRONGLY, river.under.safety
        actions.correct_event(UUID(int=404), NEW, why=why, under=under, by=river.by, at=AT)
    with pytest.raises(NotFound):
        facts.narrative(UUID(int=404))
    assert lines == []


def test_the_number_of_questions_does_not_grow_with_the_number_of_events(
    river: River, django_assert_num_queries: Any
) -> None:
    registration_id = registered(river)
    for _ in range(5):
        record(river, registration_id)
    with django_assert_num_queries(1):
        assert len(facts.events()) == 5


@pytest.mark.parametrize("model", [AdverseEvent, MaskedReview])
def test_events_and_reviews_are_never_changed_or_removed(river: River, model: type) -> None:
    event_id = record(river, registered(river))
    actions.review(event_id, could_be_related=False, by=river.by, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.update(id=UUID(int=9))
