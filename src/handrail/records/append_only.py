"""Tables that only grow: the database itself refuses to change, remove or empty them.

An action that forgets the rule, a shell, or a stray script with the application's own account is
stopped by a trigger. One text for SQLite and one for PostgreSQL; the migration picks by vendor.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

MESSAGE = "is append-only: rows are added, never changed or removed"

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} {message}'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} {message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""

POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""


def statements(vendor: str, table: str) -> list[str]:
    """The SQL that makes one table append-only on one kind of database.

    Raises:
        ValueError: for a database that Handrail does not support; it must not be left unguarded.
    """
    if vendor == "sqlite":
        return [SQLITE.format(table=table, verb=verb, message=MESSAGE) for verb in ("UPDATE", "DELETE")]
    if vendor == "postgresql":
        function = POSTGRESQL_FUNCTION.format(table=table, message=MESSAGE)
        verbs = ("UPDATE", "DELETE", "TRUNCATE")
        return [function, *(POSTGRESQL.format(table=table, verb=verb) for verb in verbs)]
    raise ValueError(f"no append-only trigger is written for {vendor}")


class AppendOnly(Operation):
    """A migration step after which the table of one model of the room can only grow."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models are as they were: only the database learns to refuse."""

    def database_forwards(self, app_label: str, schema_editor: Any, _from_state: Any, to_state: Any) -> None:
        """Make the triggers."""
        model = to_state.models[app_label, self.model_name.lower()]
        table = model.options.get("db_table") or f"{app_label}_{self.model_name.lower()}"
        for statement in statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing to undo: going back drops the table, and its triggers fall with it."""

    def describe(self) -> str:
        """What the step does, for Django's listing."""
        return f"Refuse changes and removals on {self.model_name}"
