"""Makes the first visitor wait no longer than the second: every template is compiled before anybody comes."""

from __future__ import annotations

from django.template import engines
from django.urls import get_resolver

from handrail.config.web import FOLDERS


def warm() -> int:
    """Compile our templates and load every page's code; how many templates there were."""
    ours = engines["ours"]
    names = [
        path.relative_to(folder).as_posix() for folder in FOLDERS for path in sorted(folder.rglob("*.html"))
    ]
    for name in names:
        ours.get_template(name)
    get_resolver().url_patterns  # noqa: B018  (loads the pages)
    return len(names)
