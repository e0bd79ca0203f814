"""Odd values in the environment stop with advice, all at once; a good one is read as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.domain.refusal import BadFile
from handrail.exchange.environment import Environment
from tests.commands.operating import handrail

HOME = Path("/srv/handrail")


def faults_of(environment: Environment) -> list[str]:
    with pytest.raises(BadFile) as refused:
        environment.finish()
    return [str(fault) for fault in refused.value.faults]


def test_what_is_not_set_has_its_usual_value() -> None:
    environment = Environment({})

    assert environment.folder("HANDRAIL_HOME", HOME) == HOME
    assert environment.file("HANDRAIL_PROTOCOL", HOME / "protocol.toml") == HOME / "protocol.toml"
    assert environment.flag("HANDRAIL_TESTING") is False
    assert environment.text("HANDRAIL_MAIL", "none") == "none"
    assert environment.secret("HANDRAIL_DATABASE_PASSWORD_FILE") == ""
    assert environment.postgresql("HANDRAIL_DATABASE_URL", password="") is None
    assert environment.notify_key("HANDRAIL_NOTIFY_KEY_FILE") is None
    environment.finish()


@pytest.mark.parametrize(
    ("text", "is_yes"), [("true", True), ("Yes", True), ("1", True), ("no", False), ("0", False)]
)
def test_a_flag_is_read_as_a_person_writes_it(text: str, is_yes: bool) -> None:
    environment = Environment({"HANDRAIL_TESTING": text})

    assert environment.flag("HANDRAIL_TESTING") is is_yes
    environment.finish()


def test_a_relative_folder_is_fixed_where_the_command_began(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Environment({"HANDRAIL_HOME": "var"}).folder("HANDRAIL_HOME", HOME) == tmp_path / "var"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://ada:p%40ss@db.test:5433/trial", ("trial", "ada", "p@ss", "db.test", "5433")),
        ("postgres://localhost/trial", ("trial", "", "", "localhost", "5432")),
        ("postgresql:///trial?host=/run/postgresql", ("trial", "", "", "/run/postgresql", "5432")),
    ],
)  # fmt: skip
def test_the_address_of_a_server_is_taken_apart(address: str, expected: tuple[str, ...]) -> None:
    environment = Environment({"HANDRAIL_DATABASE_URL": address})

    found = environment.postgresql("HANDRAIL_DATABASE_URL", password="")

    assert found is not None
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    environment.finish()


def test_a_password_may_come_from_a_file_and_stands_before_the_addresss_own(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from the file\n")
    environment = Environment(
        {
            "HANDRAIL_DATABASE_URL": "postgresql://ada:seen@db/trial",
            "PASSWORD_FILE": str(tmp_path / "password"),
        }
    )

    password = environment.secret("PASSWORD_FILE")
    found = environment.postgresql("HANDRAIL_DATABASE_URL", password=password)

    assert found is not None and found["PASSWORD"] == "from the file"


@pytest.mark.parametrize(
    "address",
    ["sqlite:///x", "postgresql://ada:secret@/", "postgresql://h:notaport/x", "postgresql:///x", "trial", "http://[x/y"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_without_telling_its_password(address: str) -> None:
    environment = Environment({"HANDRAIL_DATABASE_URL": address})

    assert environment.postgresql("HANDRAIL_DATABASE_URL", password="") is None

    (said,) = faults_of(environment)
    assert "HANDRAIL_DATABASE_URL must be the address of a PostgreSQL database" in said
    assert "postgresql://handrail@localhost/handrail" in said
    assert "secret" not in said


def test_every_odd_value_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xff")
    environment = Environment(
        {
            "HOME": str(tmp_path / "file"),
            "PROTOCOL": str(tmp_path),
            "TESTING": "perhaps",
            "SECRET": str(tmp_path / "file"),
            "GONE": str(tmp_path / "gone"),
            "MAIL": "a\x07b",
        }
    )
    environment.folder("HOME", HOME)
    environment.file("PROTOCOL", HOME)
    environment.flag("TESTING")
    environment.secret("SECRET")
    environment.secret("GONE")
    assert environment.text("MAIL", "none") == "none"

    said = faults_of(environment)

    for name, words in (
        ("HOME", "must be a folder"),
        ("PROTOCOL", "must be a file"),
        ("TESTING", 'must be true or false; found "perhaps". Set it to true, or unset it'),
        ("SECRET", "must be a file with a secret in it"),
        ("GONE", "must be a file with a secret in it"),
        ("MAIL", "must be plain text"),
    ):
        assert any(line.startswith(f"environment: {name} {words}") for line in said)
    assert len(said) == 6


@pytest.mark.slow
def test_a_command_stops_with_the_advice_and_not_with_a_trace(tmp_path: Path) -> None:
    more = {"HANDRAIL_DATABASE_URL": "mysql://localhost/x", "HANDRAIL_TESTING": "perhaps"}

    done = handrail("verify", home=tmp_path, more=more)

    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(" must")[0] for line in done.stderr.splitlines()] == [
        "environment: HANDRAIL_TESTING",
        "environment: HANDRAIL_DATABASE_URL",
    ]


def test_a_key_of_notify_that_is_not_one_is_odd_and_never_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a-secret-of-another-kind")
    environment = Environment({"KEY": str(tmp_path / "key")})
    assert environment.notify_key("KEY") is None
    (fault,) = faults_of(environment)
    assert "API key of GOV.UK Notify" in fault and "a-secret" not in fault
