"""A picture is drawn again: nothing hidden travels in it, and whatever is no picture is refused."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from handrail.domain.picture import LONGEST_SIDE, MOST_MEGABYTES
from handrail.domain.refusal import BadFile
from handrail.exchange.picture_file import redrawn

SECRET = b"51.5074N"  # where somebody lives
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def sent(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    picture, made = Image.new(mode, size), io.BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


def photograph() -> bytes:
    """As a phone makes it: on its side, with its place and a comment."""
    facts = Image.Exif()
    facts[ORIENTATION], facts[DESCRIPTION] = 6, SECRET.decode()
    facts.get_ifd(GPS)[1] = "N"
    return sent(exif=facts, comment=SECRET, icc_profile=SECRET * 20)


def test_a_photograph_stands_upright_and_says_nothing_of_its_place_or_time() -> None:
    before = photograph()
    assert SECRET in before
    after = redrawn(before)
    assert SECRET not in after and b"Exif" not in after and b"ICC" not in after
    made = Image.open(io.BytesIO(after))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (40, 60))
    assert not made.getexif() and "icc_profile" not in made.info and "comment" not in made.info


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_each_kind_comes_out_as_a_plain_jpeg_and_what_is_clear_is_white(kind: str, mode: str) -> None:
    made = Image.open(io.BytesIO(redrawn(sent(kind, mode=mode))))
    assert (made.format, made.mode) == ("JPEG", "RGB")
    if mode == "RGBA":
        assert made.getpixel((1, 1)) == (255, 255, 255)


def test_what_stands_behind_the_picture_is_left_behind() -> None:
    assert b"<script>" not in redrawn(sent() + b"<script>alert(1)</script>")


def test_a_large_one_is_made_smaller() -> None:
    assert max(Image.open(io.BytesIO(redrawn(sent(size=(3000, 1000))))).size) == LONGEST_SIDE


def bomb() -> bytes:
    """A small PNG that says it is 30,000 points each way."""
    head = b"IHDR" + (30000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (b"", "is no picture"),
        (b"hello", "is no picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is no picture"),
        (sent("GIF", mode="P"), "is no picture"),
        (sent()[:200], "is no picture"),
        (bomb(), ""),
        (sent() + b"0" * MOST_MEGABYTES * 1_000_000, "is larger than 10 MB"),
    ],
    ids=["empty", "words", "svg", "gif", "torn", "bomb", "large"],
)
def test_whatever_is_no_picture_or_too_much_is_refused(spoilt: bytes, words: str) -> None:
    with pytest.raises(BadFile) as bad:
        redrawn(spoilt)
    assert words in str(bad.value)


def test_one_with_too_many_points_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(BadFile, match="too many points"):
        redrawn(sent("PNG", size=(8000, 7000), mode="1"))
