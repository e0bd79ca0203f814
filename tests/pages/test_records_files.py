"""A records file that is sent in: its name is only a name, whatever it looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.domain.words import Role
from tests.pages import door

pytestmark = pytest.mark.django_db
ROWS = b"person_id,service,provider,start,end\nP1,ward,north,2014-05-01,2014-05-09\n"


@pytest.mark.parametrize(
    "name", ["spells.csv", "--json.csv", "--out=elsewhere.csv", "-h.csv", "../../spells.csv", "a b;c.csv"]
)
def test_a_files_name_is_never_taken_for_an_option_or_a_place(
    site: None, settings: object, tmp_path: Path, name: str
) -> None:
    settings.PLACE = tmp_path  # type: ignore[attr-defined]
    day = {"covers_until-day": "31", "covers_until-month": "3", "covers_until-year": "2015"}
    form = {"file": SimpleUploadedFile(name, ROWS), **day}
    answer = door.let_in(door.make_staff(Role.DATA_DESK)).post("/study/records/send", form)
    assert answer.status_code == 302, answer.content.decode()
    (kept,) = (tmp_path / "incoming").iterdir()
    assert answer.headers["Location"] == f"/study/records/checked/{kept.stem}"
    assert [path.name for path in tmp_path.iterdir()] == ["incoming"]
