"""Tables that only grow, and columns that never change: the database itself refuses.

An action that forgets the rule, a shell, or a stray script with the application's own account is
stopped by a trigger. One text for SQLite and one for PostgreSQL; the migration picks by vendor.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

MESSAGE = "is append-only: rows are added, never changed or removed"

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} {message}'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} {message}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""

POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""

FIXED = "never changes after it is made"

SQLITE_FIXED = """
CREATE TRIGGER IF NOT EXISTS {table}_fixed BEFORE UPDATE ON {table} WHEN {changed}
BEGIN SELECT RAISE(ABORT, '{table} {message}'); END
"""

SQLITE_KEPT = """
CREATE TRIGGER IF NOT EXISTS {table}_no_DELETE BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} {message}'); END
"""

POSTGRESQL_FIXED = """
CREATE OR REPLACE TRIGGER {table}_fixed BEFORE UPDATE ON {table}
FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_refuse()
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


def fixing_statements(vendor: str, table: str, columns: tuple[str, ...]) -> list[str]:
    """The SQL after which these columns keep their first value, and no row is removed.

    Raises:
        ValueError: for a database that Handrail does not support.
    """
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}.get(vendor)
    if differs is None:
        raise ValueError(f"no trigger for columns that never change is written for {vendor}")
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    if vendor == "sqlite":
        texts = (SQLITE_FIXED, SQLITE_KEPT)
        return [text.format(table=table, changed=changed, message=FIXED) for text in texts]
    function = POSTGRESQL_FUNCTION.format(table=table, message=FIXED)
    removals = (POSTGRESQL.format(table=table, verb=verb) for verb in ("DELETE", "TRUNCATE"))
    return [function, POSTGRESQL_FIXED.format(table=table, changed=changed), *removals]


class AppendOnly(Operation):
    """A migration step after which the table of one model of the room can only grow.

    To be said again after a step that changes the table's columns: SQLite makes the whole table anew for
    that, and the triggers are not carried over.
    """

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
        for statement in self.sql(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    def sql(self, vendor: str, table: str) -> list[str]:
        """What the database is told."""
        return statements(vendor, table)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing to undo: going back drops the table, and its triggers fall with it."""

    def describe(self) -> str:
        """What the step does, for Django's listing."""
        return f"Refuse changes and removals on {self.model_name}"


class Fixed(AppendOnly):
    """A migration step after which these columns of a model never change, and its rows stay."""

    def __init__(self, model_name: str, columns: tuple[str, ...]) -> None:
        super().__init__(model_name)
        self.columns = columns

    def sql(self, vendor: str, table: str) -> list[str]:
        """What the database is told."""
        return fixing_statements(vendor, table, self.columns)

    def describe(self) -> str:
        """What the step does, for Django's listing."""
        return f"Refuse removals on {self.model_name}, and changes of {', '.join(self.columns)}"
