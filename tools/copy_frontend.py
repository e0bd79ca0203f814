"""Copies the NHS design system's styles and scripts into ``web/build``, cleaned.

Taken out: the licensed font (its ``@font-face`` rules and name), the NHS logo and icons that carry it, and
every address outside the site. Paths to images become relative, so that hashed file names apply. The
script becomes one file that starts itself. Safe to repeat; the old folder is replaced only when the new
one is whole. Standard library only.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "web" / "node_modules" / "nhsuk-frontend"
TARGET = ROOT / "web" / "build"
# "dynamic type" follows the size of text that the reader chose on their phone.
STYLES = "dist/nhsuk/nhsuk-frontend-dynamic-type.min.css"
SCRIPT = "dist/nhsuk/nhsuk-frontend.min.js"
IMAGES = "dist/nhsuk/assets/images"

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
EXPORTS = re.compile(r"export\{[^}]*\};?")
SOURCE_MAP = re.compile(r"(/\*#\s*sourceMappingURL=[^*]*\*/|//#\s*sourceMappingURL=\S*)")


def clean_styles(text: str) -> str:
    """The stylesheet without the licensed font, with relative image paths and no source map."""
    text = FONT_FACE.sub("", text)
    text = text.replace("Frutiger W01,", "")
    text = text.replace("url(/assets/images/", "url(images/")
    return SOURCE_MAP.sub("", text).strip() + "\n"


def clean_script(text: str) -> str:
    """The script as one file that starts every component of the page by itself.

    Raises:
        ValueError: when the file no longer has the one export that is expected.
    """
    text, count = EXPORTS.subn("initAll();", text)
    if count != 1:
        raise ValueError(f"{SCRIPT}: expected one export, found {count}")
    return SOURCE_MAP.sub("", text).strip() + "\n"


def why_not_clean(styles: str) -> list[str]:
    """What is left in the styles that must not be there."""
    wanted_out = ("Frutiger", "@font-face", "http://", "https://", "url(/")
    return [word for word in wanted_out if word in styles]


def copy() -> None:
    """Write ``web/build/nhsuk`` anew.

    Raises:
        FileNotFoundError: when ``npm ci`` has not been run.
        ValueError: when something that must go is still there.
    """
    styles = clean_styles((SOURCE / STYLES).read_text(encoding="utf-8"))
    left = why_not_clean(styles)
    if left:
        raise ValueError(f"{STYLES}: still holds {', '.join(left)}")
    making = TARGET.with_name("build.part")
    shutil.rmtree(making, ignore_errors=True)
    folder = making / "nhsuk"
    (folder / "images").mkdir(parents=True)
    (folder / "nhsuk.css").write_text(styles, encoding="utf-8")
    (folder / "nhsuk.js").write_text(
        clean_script((SOURCE / SCRIPT).read_text(encoding="utf-8")), encoding="utf-8"
    )
    for name in sorted(set(re.findall(r"url\(images/([\w.-]+)", styles))):
        shutil.copyfile(SOURCE / IMAGES / name, folder / "images" / name)
    shutil.rmtree(TARGET, ignore_errors=True)
    making.rename(TARGET)


if __name__ == "__main__":
    try:
        copy()
    except FileNotFoundError as missing:
        sys.exit(f"{missing.filename} is missing: run  cd web && npm ci --ignore-scripts  first")
    except ValueError as wrong:
        sys.exit(str(wrong))
