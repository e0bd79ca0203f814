"""Set-up, start, backup and restore on PostgreSQL, with a server that keeps what it acknowledges."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from handrail.exchange.sealed_file import Identity
from tests.commands.operating import OFFICE, files_in, handrail, set_up
from tests.commands.test_restore_stopped import killed_after
from tests.commands.test_start import start

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
TOOL = Path(__file__).resolve().parents[2] / "tools" / "postgres"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a throwaway server with safe settings; it goes when its input is closed."""
    words = [TOOL, "run", "sh", "-c", 'echo "$HANDRAIL_TEST_DATABASE_URL"; cat >/dev/null']
    surroundings = {**os.environ, "FSYNC": "on"}
    child = subprocess.Popen(
        words, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    out: IO[str] | None = child.stdout
    assert out is not None and child.stdin is not None
    try:
        yield out.readline().strip()
    finally:
        child.stdin.close()
        child.wait(timeout=30)
        out.close()


def run_sql(address: str, *statements: str) -> list[tuple[object, ...]]:
    """Write to the server past everything; gives the last statement's rows."""
    import psycopg

    rows: list[tuple[object, ...]] = []
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            rows = cursor.fetchall() if cursor.description else []
    return rows


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the test's own."""
    name = f"ops_{abs(hash(request.node.name)) % 10**8}"
    run_sql(server, f"CREATE DATABASE {name}")
    yield server.rsplit("/", 1)[0] + f"/{name}"
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


COUNTS = """SELECT table_name, (xpath('/row/c/text()', query_to_xml(
    format('SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text
    FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"""


def test_an_installation_on_a_server_is_set_up_starts_and_comes_back_from_a_backup(
    server: str, database: str, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    home, more = tmp_path / "home", {"HANDRAIL_DATABASE_URL": database}
    set_up(home, key=statistician.recipient, sizes=block_sizes, more=more)
    assert start(home, **more).returncode == 0
    again = handrail(
        *("setup", "--email", "a@example.org", "--name", "A", *OFFICE),
        *("--statistician-key", statistician.recipient, "--block-sizes", block_sizes),
        home=home,
        more=more,
    )
    assert (again.returncode, "already set up" in again.stderr) == (1, True)

    done = handrail("backup", tmp_path / "backups", home=home, more=more)
    assert done.returncode == 0, done.stderr
    (backup,) = (tmp_path / "backups").iterdir()
    assert "handrail.pgdump" in files_in(backup)
    key = ("--key-file", home / "keys/master.key")
    counts = run_sql(database, COUNTS)
    full = handrail("restore", backup, *key, home=tmp_path / "full", more=more)
    assert (full.returncode, "is not empty" in full.stderr) == (2, True)
    assert run_sql(database, COUNTS) == counts
    run_sql(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")

    back = handrail("restore", backup, *key, home=tmp_path / "back", more=more)

    assert back.returncode == 0, back.stderr
    assert run_sql(database, COUNTS) == counts
    assert "handrail.pgdump" not in files_in(tmp_path / "back")
    assert handrail("verify", home=tmp_path / "back", more=more).returncode == 0


def test_a_ledger_changed_before_the_backup_leaves_the_server_empty_at_the_restore(
    database: str, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    home, more = tmp_path / "home", {"HANDRAIL_DATABASE_URL": database}
    set_up(home, key=statistician.recipient, sizes=block_sizes, more=more)
    run_sql(
        database,
        "ALTER TABLE audit_line DISABLE TRIGGER USER",
        "UPDATE audit_line SET agent = 'nobody' WHERE number = 2",
    )
    assert handrail("backup", tmp_path / "backups", home=home, more=more).returncode == 1
    (backup,) = (tmp_path / "backups").iterdir()
    run_sql(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")

    back = handrail(
        *("restore", backup, "--key-file", home / "keys/master.key"), home=tmp_path / "back", more=more
    )

    assert (back.returncode, files_in(tmp_path / "back")) == (2, {})
    assert "line 2 was changed" in back.stderr
    assert run_sql(database, COUNTS) == []


def test_a_restore_killed_while_moving_in_is_cleared_away_by_the_next_on_the_server_too(
    database: str, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    home, more = tmp_path / "home", {"HANDRAIL_DATABASE_URL": database}
    set_up(home, key=statistician.recipient, sizes=block_sizes, more=more)
    assert handrail("backup", tmp_path / "backups", "--with-keys", home=home, more=more).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    counts = run_sql(database, COUNTS)
    for step in (0, 2):  # before the server is loaded, and while files move
        run_sql(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        back = tmp_path / f"back-{step}"
        assert killed_after(step, backup, home=back, more=more)
        assert (run_sql(database, COUNTS) == counts) is (step > 0)
        assert "holds part of a restore that was cut off" in start(back, **more).stderr
        assert handrail("restore", backup, home=back, more=more).returncode == 0
        assert run_sql(database, COUNTS) == counts
        assert start(back, **more).returncode == 0


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("ALTER SYSTEM SET synchronous_commit = off", "synchronous_commit: is off: it must be on"),
        ("ALTER SYSTEM SET full_page_writes = off", "full_page_writes: is off: it must be on"),
    ],
)  # fmt: skip
def test_a_server_that_could_lose_what_it_acknowledged_is_not_used(
    database: str, tmp_path: Path, statistician: Identity, block_sizes: Path, planted: str, said: str
) -> None:
    run_sql(database, planted, "SELECT pg_reload_conf()")
    try:
        words = ("setup", "--email", "a@example.org", "--name", "A", *OFFICE, "--block-sizes", block_sizes)
        more = {"HANDRAIL_DATABASE_URL": database}
        done = handrail(
            *words, "--statistician-key", statistician.recipient, home=tmp_path / "home", more=more
        )
    finally:
        run_sql(database, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")

    assert (done.returncode, files_in(tmp_path / "home")) == (2, {})
    assert said in done.stderr
