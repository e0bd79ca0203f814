"""The trial office's telephone number and e-mail address: read from a file, or refused by key and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.config import web
from handrail.domain.refusal import BadFile
from handrail.exchange import trial_office
from handrail.exchange.trial_office import TrialOffice

GOOD = {
    "telephone": '"020 7946 0999"', "email": '"office@example.org"', "hours": '"Mornings"',
    "owner": '"Ada"', "checked_on": "2026-01-31", "review_on": "2027-01-31",
}  # fmt: skip
BARE = dict.fromkeys(("owner", "checked_on", "review_on"))


def office_file(folder: Path, changes: dict[str, str | None]) -> Path:
    """A file that is right but for the changes; None leaves a key out."""
    path = folder / "office.toml"
    kept = [f"{key} = {value}" for key, value in (GOOD | changes).items() if value is not None]
    path.write_text("\n".join(["# ours", "[office]", *kept]))
    return path


def test_an_office_that_is_vouched_for_is_read(tmp_path: Path) -> None:
    office = trial_office.read(office_file(tmp_path, {}))
    assert office == TrialOffice(
        "020 7946 0999", "office@example.org", "Mornings", "Ada", date(2026, 1, 31), date(2027, 1, 31)
    )
    assert (office.call_link, office.ask) == ("tel:02079460999", "call us on 020 7946 0999")
    assert [office.is_overdue(on=date(2027, day, 1)) for day in (1, 2)] == [False, True]


def test_an_office_that_nobody_has_rung_yet_is_read_and_never_overdue(tmp_path: Path) -> None:
    office = trial_office.read(office_file(tmp_path, dict(BARE)))
    assert (office.checked_on, office.is_overdue(on=date(2099, 1, 1))) == (None, False)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"telephone": None}, "telephone"),
        ({"telephone": "2079460999"}, "telephone"),
        ({"telephone": '"020 7946"'}, "telephone"),
        ({"telephone": '"javascript:alert(1)"'}, "telephone"),
        ({"email": '"office"'}, "email"),
        ({"hours": "9"}, "hours"),
        ({"hours": '"a\\u0007b"'}, "hours"),
        ({"owner": None}, "owner"),
        ({"owner": '""'}, "owner"),
        ({"checked_on": None}, "checked_on"),
        ({"review_on": '"soon"'}, "review_on"),
        ({"review_on": "2027-01-31T09:00:00"}, "review_on"),
        ({"review_on": "2027-02-01"}, "review_on"),  # more than twelve months on
        ({"review_on": "2026-01-30"}, "review_on"),  # before the check
        ({"fax": '"020 7946 0999"'}, "fax"),
    ],
)
def test_what_is_wrong_stops_the_start_by_key_and_line(
    tmp_path: Path, changes: dict[str, str | None], key: str
) -> None:
    path = office_file(tmp_path, changes)
    with pytest.raises(BadFile) as refused:
        trial_office.read(path)
    (fault,) = refused.value.faults
    assert (fault.column, bool(fault.mend)) == (f"office.{key}", True)
    assert path.read_text().splitlines()[fault.line - 1].startswith((key, "[office]"))


@pytest.mark.parametrize(("text", "line"), [("[office]\ntelephone = 020", 2), ("[offices]\n", 0)])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "office.toml"
    path.write_text(text)
    with pytest.raises(BadFile) as refused:
        trial_office.read(path)
    assert [fault.line for fault in refused.value.faults] == [line]


@pytest.mark.parametrize("hours", ["", 'Monday to "Friday", 9am–5pm'])
def test_what_is_written_at_set_up_is_read_back_unvouched(tmp_path: Path, hours: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(trial_office.as_file("+44 20 7946 0999", "office@example.org", hours))
    assert trial_office.read(path) == TrialOffice("+44 20 7946 0999", "office@example.org", hours)


def test_the_invented_office_is_shown_in_a_demonstration_alone() -> None:
    own, example = TrialOffice("020 7946 0999", "a@example.org"), web.EXAMPLE_OFFICE
    assert [trial_office.shown(own, example=example, is_synthetic=each) for each in (True, False)] == [
        own
    ] * 2
    assert trial_office.shown(None, example=example, is_synthetic=True) == example
    assert trial_office.shown(None, example=example, is_synthetic=False) is None


def test_the_invented_office_rings_nowhere_and_nobody_vouches_for_it() -> None:
    example = web.EXAMPLE_OFFICE
    assert example.telephone.startswith("020 7946 0")  # kept for drama
    assert example.email.endswith("@example.org")
    assert example.checked_on is None


def test_a_message_says_whom_to_ring_or_where_the_number_stands() -> None:
    assert trial_office.how_to_ask(None) == "call the number on your information sheet"
    assert (
        trial_office.how_to_ask(TrialOffice("020 7946 0999", "a@example.org")) == "call us on 020 7946 0999"
    )
