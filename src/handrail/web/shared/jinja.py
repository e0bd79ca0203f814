"""How pages are rendered: our templates strictly, the design system's macros as they need.

The design system's macros read keys that are not there, so their undefined values must be chainable;
with those, a misspelt name in one of our own templates would print nothing and nobody would know. So
there are two environments: ours refuses an undefined name, and ``nhs.button({...})`` renders a macro of
the other and hands back its markup.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static as static_address
from django.urls import reverse
from jinja2 import ChainableUndefined, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from handrail.domain.dates import LONDON, in_words
from handrail.web.shared.inputs import design, first_input


class DesignSystem:
    """``nhs.dateInput({...})``: one macro of the NHS design system, by its documented name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _macro(name)


@cache
def _macros() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(name: str) -> Any:
    folder = re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower()
    module: Any = _macros().get_template(f"nhsuk/components/{folder}/macro.jinja").module
    macro = getattr(module, name)

    def render(params: dict[str, Any] | None = None) -> Markup:
        return Markup(str(macro(params or {})).strip())  # noqa: S704  (escaped by the macro's environment)

    return render


@cache
def static(name: str) -> str:
    """The address of a style, script or image, with the start of its hash, so that it may be kept long."""
    found = finders.find(name)
    if not found:
        raise LookupError(f"{name} is missing: run tools/frontend")
    mark = hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10]
    return f"{static_address(name)}?v={mark}"


def dialled(text: str) -> str:
    """The figures of a telephone number, as a link dials them; nothing where it is none."""
    number = re.sub(r"[\s().-]", "", text)
    return number if re.fullmatch(r"\+?[0-9]{3,15}", number, re.ASCII) else ""


def problems(form: Any) -> list[dict[str, str]]:
    """The lines of a form's error summary: each leads to its input, or nowhere for the whole form's."""
    of_all = [{"text": str(error)} for error in form.non_field_errors()]
    of_fields = [
        {"text": str(error), "href": f"#{first_input(bound)}"} for bound in form for error in bound.errors
    ]
    return of_all + of_fields


def field(bound: Any) -> Markup:
    """One field of a form, whole: label, hint, error and input."""
    name, params = design(bound)
    return _macro(name)(params) if name else Markup(str(bound))  # noqa: S704  (Django escapes a hidden input)


def day(value: date | datetime | None, *, none: str = "–") -> str:
    """A date as people read it, ``3 May 2026``; a moment is put on London's clock first."""
    if value is None:
        return none
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return in_words(value)


def moment(value: datetime | None, *, none: str = "–") -> str:
    """A moment as people read it, ``3 May 2026 at 2:05pm``, on London's clock."""
    if value is None:
        return none
    local = value.astimezone(LONDON)
    return f"{day(local)} at {clock(local)}"


def clock(value: datetime) -> str:
    """The time of day as the design system writes it: ``2pm``, ``2:05pm``, ``midday``, ``midnight``."""
    local = value.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def pieces(word: str) -> list[str]:
    """A word of a command, cut where a line may break: after each slash and after an @."""
    return re.findall("[^/@]*[/@]|[^/@]+", word)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 person``, ``3 people``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def environment(**options: Any) -> Environment:
    """The environment of our own templates, for Django's Jinja2 backend."""
    options.update(
        extensions=["jinja2.ext.do"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    ours = Environment(**options)  # noqa: S701  (autoescape is set in the line above)
    ours.add_extension("jinja2.ext.do")  # tables are built row by row
    ours.filters.update(day=day, moment=moment, clock=clock, dialled=dialled)
    ours.globals.update(
        nhs=DesignSystem(),
        static=static,
        url=_url,
        field=field,
        problems=problems,
        count=count,
        pieces=pieces,
        new_key=lambda: str(uuid4()),
        service=settings.SERVICE_NAME,
    )
    return ours


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)
