"""A whole trial's records at once: few questions to the database, and about a second."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.domain.words import OutcomeStatus
from handrail.exchange.acutecare import AcceptedRow
from handrail.journey import gather
from handrail.records.acutecare import facts
from handrail.records.acutecare.models import SpellRow
from handrail.records.consent.models import Consent
from handrail.records.encryption import blind_index
from handrail.records.enrolment.models import Registration, TrialEntry
from handrail.records.people.models import Person
from tests.journeys.test_gather import AT, UNTIL, extract
from tests.later import moment
from tests.river import River
from tests.synthetic import nhs_number

PEOPLE, ROWS_EACH = 441, 7
ENTERED = date(2014, 6, 2)
SECONDS = 3.0  # of the processor; about one where nothing else is counted


def _enter_everybody(river: River) -> list[str]:
    """441 people as they stand after entry, written straight to their tables to save time."""
    people = [Person(nhs_number_index=blind_index(nhs_number(n)), is_synthetic=True) for n in range(PEOPLE)]
    Person.objects.bulk_create(people)
    given: dict[str, Any] = {
        "number": 1,
        "form_version": "1",
        "statements": {},
        "scopes": {"records": True, "interviews": True},
        "capacity_confirmed": True,
        "how": "on_paper",
        "given_on": ENTERED,
        "given_at": moment(2014, 6, 2),
        "taken_by": river.by,
    }
    Consent.objects.bulk_create(Consent(person=one, **given) for one in people)
    registered = [
        Registration(person=one, study_number=f"HR-{n:05d}-X", team_code="team_1", registered_on=ENTERED)
        for n, one in enumerate(people)
    ]
    Registration.objects.bulk_create(registered)
    TrialEntry.objects.bulk_create(
        TrialEntry(registration=one, entered_on=ENTERED, entered_at=moment(2014, 6, 2)) for one in registered
    )
    return [nhs_number(n) for n in range(PEOPLE)]


def _rows(numbers: list[str]) -> list[AcceptedRow]:
    """Seven short spells each, a month apart from before entry on, the ends falling on different days."""
    found = []
    for n, number in enumerate(numbers):
        for k in range(ROWS_EACH):
            start = ENTERED + timedelta(days=30 * k - 20)
            end = start + timedelta(days=(n + k) % 9)
            setting = "ward" if k % 2 else "crisis-team"
            line = n * ROWS_EACH + k + 1
            found.append(AcceptedRow(line, number, setting, "provider-1", start, end))  # type: ignore[arg-type]
    return found


@pytest.mark.slow
def test_three_thousand_rows_of_441_people_take_about_a_second_and_few_questions(river: River) -> None:
    file = extract(*_rows(_enter_everybody(river)))
    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        gather.read(file, by=river.by, at=AT)
        linked = gather.link(under=river.under.outcome, by=river.by, at=AT)
    spent = time.process_time() - began
    assert (linked, SpellRow.objects.count()) == (PEOPLE, PEOPLE * ROWS_EACH)
    assert facts.status_counts(facts.outcomes().values())[OutcomeStatus.READMITTED] == PEOPLE
    assert len(asked) < 120, "bulk writes come in batches; nothing is asked person by person"
    assert spent < SECONDS
    assert file.covers_until == UNTIL
