"""Rows that carry an answer or a judgement: the database itself holds a guard for each, on every vendor."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from handrail.records.append_only import AppendOnly, Fixed

GUARDED = {
    *("followup.characteristics", "followup.response", "followup.attempt"),
    *("acutecare.extractfile", "acutecare.spellrow", "acutecare.refusedrow", "acutecare.match"),
    *("acutecare.recordsend", "acutecare.adjudication"),
    *("safety.adverseevent", "safety.maskedreview", "safety.report", "conduct.deviation"),
    *("support.programmestop", "support.attendancegap", "support.relatedness", "support.sealedreport"),
    *("audit.line", "referral.assessment", "consent.consent", "consent.scopechange"),
    *("allocation.listmade", "allocation.slot", "allocation.draw", "enrolment.trialentry"),
    "visit.reminderwish",
    *("people.death", "people.safecontactcard"),
    *("concern.ring", "concern.debrief", "support.farewell", "support.ending"),
}
QUESTIONS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def listed() -> set[str]:
    """The models that a migration makes append-only."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {
        f"{app}.{step.model_name.lower()}"
        for (app, _), migration in migrations.items()
        for step in migration.operations
        if isinstance(step, AppendOnly) and not isinstance(step, Fixed)
    }


def test_every_model_that_must_only_grow_is_listed_in_a_migration() -> None:
    assert listed() >= GUARDED


@pytest.mark.django_db
def test_the_database_has_the_guards_that_the_migrations_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS[connection.vendor])
        found: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            found.setdefault(table, set()).add(name.lower())
    for model in listed():
        table = model.replace(".", "_")
        for verb in ("update", "delete"):
            assert any(name.endswith(f"no_{verb}") for name in found.get(table, ())), (table, verb)
