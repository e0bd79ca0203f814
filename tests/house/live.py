"""What only a running Django can tell: where relations lead, how fields are classed, who may see a page.

``python -m tests.house.live models`` prints the faults of whichever package is first on the path, so that
a copy with a planted fault is asked in a process of its own.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# Lowest first: a room may look at earlier rows only. As in pyproject.toml; a test compares the two.
ROOMS = (
    ("audit",),
    ("accounts",),
    ("people",),
    ("referral",),
    ("consent",),
    ("enrolment",),
    ("followup", "acutecare", "safety", "conduct", "messages"),
    ("allocation",),
    ("support", "workbook", "post"),
    ("concern", "visit", "supervision", "sharing"),
)
SEALED = {"allocation", "support", "workbook", "post", "concern", "visit", "supervision", "sharing"}
ROOMS_WITH_NAMES = {"people", "workbook", "sharing"}  # in the last two under the person's own key
OUTSIDE_THE_WING = Path(__file__).with_name("outside_the_wing.toml")

# Models that come with a library and cannot carry our classes. All of it is staff sign-in, and all of it is
# FieldClass.TRIAL: it holds nothing of a person's health, name or arm. A new field must be looked at first.
FROM_LIBRARIES = {
    "contenttypes.ContentType": {"id", "app_label", "model"},
    "auth.Permission": {"id", "name", "content_type", "codename"},
    "auth.Group": {"id", "name"},
    "auth.Group_permissions": {"id", "group", "permission"},
    "sessions.Session": {"session_key", "session_data", "expire_date"},
    "account.EmailAddress": {"id", "user", "email", "verified", "primary"},
    "account.EmailConfirmation": {"id", "email_address", "created", "sent", "key"},
    "mfa.Authenticator": {"id", "user", "type", "data", "created_at", "last_used_at"},
}


def model_faults() -> list[str]:
    """Relations that run uphill or open a back door; fields without a class, or out of their place."""
    from django.apps import apps

    faults: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("handrail."):
            faults += [*_unclassified(model), *_misplaced(model), *_relations(model)]
        else:
            faults += _unlisted(model)
    ours = {
        model._meta.label: model for model in apps.get_models() if model.__module__.startswith("handrail.")
    }
    return faults + wing_faults(revealing(ours), outside_the_wing())


def _floor(room: str) -> int:
    return next((height for height, rooms in enumerate(ROOMS) if room in rooms), -1)


def _unlisted(model: Any) -> Iterator[str]:
    listed = FROM_LIBRARIES.get(model._meta.label, set())
    for field in model._meta.concrete_fields:
        if field.name not in listed:
            yield f"{model._meta.label}.{field.name}: a library's field that nobody has classified"


def _unclassified(model: Any) -> Iterator[str]:
    from handrail.domain.words import FieldClass

    classes = model.__dict__.get("classes", {})
    fields = {field.name for field in model._meta.concrete_fields}
    for name in sorted(fields - set(classes)):
        yield f"{model._meta.label}.{name}: unclassified"
    for name in sorted(set(classes) - fields):
        yield f"{model._meta.label}.{name}: classified, but there is no such field"
    for name, given in classes.items():
        if not given or not set(given) <= set(FieldClass):
            yield f"{model._meta.label}.{name}: not a class of field"


def _misplaced(model: Any) -> Iterator[str]:
    from handrail.domain.words import FieldClass

    room = model._meta.app_label
    for name, given in model.__dict__.get("classes", {}).items():
        field = next((field for field in model._meta.concrete_fields if field.name == name), None)
        if field is not None and FieldClass.IDENTIFYING in given:
            if room not in ROOMS_WITH_NAMES:
                yield f"{model._meta.label}.{name}: identifying, outside people and workbook"
            elif not _is_encrypted(field):
                yield f"{model._meta.label}.{name}: identifying, and not encrypted"


def revealing(models: dict[str, Any]) -> set[str]:
    """The arm-revealing fields outside the sealed wing, as ``room.Model.field``."""
    from handrail.domain.words import FieldClass

    return {
        f"{label}.{name}"
        for label, model in models.items()
        if model._meta.app_label not in SEALED
        for name, given in model.__dict__.get("classes", {}).items()
        if FieldClass.ARM_REVEALING in given
    }


def outside_the_wing() -> dict[str, dict[str, Any]]:
    """What may stand outside the sealed wing: model → fields, reason, the test that keeps them."""
    return tomllib.loads(OUTSIDE_THE_WING.read_text(encoding="utf-8"))


def wing_faults(found: set[str], listed: dict[str, dict[str, Any]]) -> list[str]:
    """Arm-revealing fields out of place; and entries of the list that hold no longer."""
    allowed = {f"{label}.{name}" for label, entry in listed.items() for name in entry.get("fields", ())}
    return [
        *(f"{name}: arm-revealing, outside the sealed wing" for name in sorted(found - allowed)),
        *(f"{name}: listed in {OUTSIDE_THE_WING.name} for nothing" for name in sorted(allowed - found)),
        *(
            f"{label}: no reason given"
            for label, entry in listed.items()
            if not entry.get("reason", "").strip()
        ),
        *(
            f"{label}: no such test"
            for label, entry in listed.items()
            if not _is_test(entry.get("kept_by", ""))
        ),
    ]


def _is_test(name: str) -> bool:
    """Whether ``tests/…/test_x.py::test_y`` is a test."""
    place, _, function = name.partition("::")
    path = ROOT / place
    if not place.startswith("tests/") or not path.is_file():
        return False
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in nodes)


def _is_encrypted(field: Any) -> bool:
    kept_as_hash = field.name.endswith(("_index", "_hash"))
    return kept_as_hash or field.get_internal_type() == "BinaryField"


def _relations(model: Any) -> Iterator[str]:
    room = model._meta.app_label
    for field in model._meta.get_fields(include_hidden=True):
        if not field.concrete or not field.is_relation:
            continue
        other = field.related_model._meta.app_label
        if other != room and (_floor(other) < 0 or _floor(other) > _floor(room)):
            yield f"{model._meta.label}.{field.name}: a relation uphill, to {other}"
        elif other != room and _floor(other) == _floor(room):
            yield f"{model._meta.label}.{field.name}: a relation across to {other}, a room of the same height"
        if room in SEALED and other != room and not field.remote_field.hidden:
            name = f"{model._meta.label}.{field.name}"
            yield f"{name}: a back door into a sealed room: related_name is not '+'"


def page_faults() -> list[str]:
    """Pages, images and downloads without an audience: nobody would ever see them, and nobody decided so."""
    from django.urls import get_resolver

    from handrail.web.shared.access import Audience

    views = _views(get_resolver())
    return [f"{route}: no audience" for route, view in views if not isinstance(_audience(view), Audience)]


def _views(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _views(entry, route)
        else:
            yield route, entry.callback


def _audience(view: Any) -> object:
    return getattr(view, "audience", None)


CHECKS: dict[str, Callable[[], list[str]]] = {"models": model_faults, "pages": page_faults}


def main(name: str) -> int:
    """Print the faults of one check; 1 where there are any."""
    import django

    django.setup()
    faults = CHECKS[name]()
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
