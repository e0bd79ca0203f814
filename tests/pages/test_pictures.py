"""Pictures in somebody's workbook: theirs alone, drawn again, encrypted, gone when they are taken away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.records.workbook.models import Picture
from tests.exchange.test_picture_file import SECRET, photograph
from tests.later import with_sessions
from tests.pages import door
from tests.river import River

PAGE = "/you/book/recovery/means/pictures"
SURE = {"csrfmiddlewaretoken": "as a browser sends it"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(river: River) -> Client:
    return door.let_person_in(with_sessions(river).person_id)


def send(client: Client, content: bytes, page: str = PAGE, says: str = "A hill") -> Any:
    file = SimpleUploadedFile("../evil.svg", content, content_type="image/svg+xml")
    return client.post(page, {"file": file, "says": says})


def test_a_photograph_is_kept_and_shown_to_its_owner_alone_and_taken_away(
    person: Client, river: River
) -> None:
    assert "Your pictures for this page" in person.get("/you/book/recovery/means").content.decode()
    assert send(person, photograph()).status_code == 302
    page = person.get(PAGE).content.decode()
    (place,) = re.findall(rf'src="({PAGE}/[0-9a-f-]+)" alt="A hill"', page)
    shown = person.get(place)
    assert shown.content.startswith(b"\xff\xd8") and SECRET not in shown.content
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in shown.headers["Cache-Control"]
    row = Picture.objects.get()
    assert shown.content[:20] not in bytes(row.drawn) and b"hill" not in bytes(row.words)
    other = door.let_person_in(with_sessions(river, first=60).person_id)
    for path in (place, f"{place}/away"):
        assert other.get(path).status_code == Client().get(path).status_code == 404
        assert person.get(path.replace("recovery/means", "endings/letter")).status_code == 404
    assert other.post(f"{place}/away", SURE).status_code == 404 and Picture.objects.exists()
    assert person.post(f"{place}/away", SURE).status_code == 302
    assert not Picture.objects.exists() and person.get(place).status_code == 404


def test_what_is_no_picture_is_told_plainly_and_nothing_is_kept(person: Client) -> None:
    answer = send(person, b"<svg onload='alert(1)'/>")
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "We could not read this picture." in said and 'value="A hill"' in said
    assert "Choose a picture" in person.post(PAGE, {}).content.decode()
    assert not Picture.objects.exists()


def test_only_a_question_to_draw_for_takes_pictures_and_no_more_than_three(person: Client) -> None:
    assert person.get("/you/book/recovery/good_day/pictures").status_code == 404
    for _ in range(3):
        assert send(person, photograph(), says="").status_code == 302
    assert "There is no room for more here." in person.get(PAGE).content.decode()
    assert "There is room for 3 here." in send(person, photograph()).content.decode()
    assert Picture.objects.count() == 3
