"""A picture that somebody sent, drawn again from its points: no place, time or other file travels in it."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from handrail.domain.picture import LONGEST_SIDE, MOST_MEGABYTES, MOST_PIXELS
from handrail.domain.refusal import BadFile, Fault

FORMATS = (
    "JPEG",
    "PNG",
    "WEBP",
)  # never SVG, which may hold a program; HEIC needs a library that we do not have
QUALITY = 85


def redrawn(sent: bytes) -> bytes:
    """The picture as a JPEG: upright, small enough, in plain colours, and nothing else. Raises: BadFile."""
    if len(sent) > MOST_MEGABYTES * 1_000_000:
        raise _bad(f"is larger than {MOST_MEGABYTES} MB", "Send a smaller one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large one is judged below, by its own measure
            picture = Image.open(io.BytesIO(sent), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise _bad("has too many points", "Send a smaller one")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except BadFile:
        raise
    except Exception as error:  # noqa: BLE001  (a spoilt file fails in its own way in each reader)
        raise _bad(f"is no picture: {type(error).__name__}", "Send a JPEG, PNG or WebP") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def _bad(problem: str, mend: str) -> BadFile:
    return BadFile((Fault("standard input", 0, "", problem, mend),))
