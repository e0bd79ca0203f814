"""Before the data are locked: what stands in the way, what is still open, and how locking is done.

The act itself is a command on the server (decision 0046): no page writes the locked data or the arm file,
and nothing of either comes to a browser.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain import extract
from handrail.domain.lock import MENDED_BY_LINKING, why_not_freeze
from handrail.domain.words import Event, Role
from handrail.journey import lock as journey
from handrail.journey.lock_loose_ends import still_open
from handrail.records.accounts import facts as accounts
from handrail.records.audit import facts as audit
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience


@audience(Role.TRIAL_MANAGER)
def lock(request: PageRequest) -> HttpResponse:
    """Whether the data can be locked, what a lock writes, how it is done, and the locks there are."""
    protocol, on = settings.PROTOCOL, clock.today()
    folder = Path(settings.PLACE).absolute() / "locks" / f"lock-{on.isoformat()}"
    ready = journey.readiness(folder, under=protocol, recipient=_recipient())
    reasons = why_not_freeze(ready)
    names = {one.id: one.name for one in accounts.accounts()}
    context = {
        "entered_count": ready.entered_count,
        "in_the_way": [one for one in reasons if one.code not in MENDED_BY_LINKING],
        "mended": [one for one in reasons if one.code in MENDED_BY_LINKING],
        "open": still_open(under=protocol, on=on),
        "tables": extract.TABLES,
        "sealed": extract.SEALED_TABLES,
        "command": _command(folder, by=accounts.account(request.viewer.id).email),
        "locks": [
            (act.detail.get("folder", ""), act.at, names.get(act.by, "") if act.by else "")
            for act in audit.acts(Event.LOCKED)
        ],
    }
    return render(request, "office/lock.html", context)


def _command(folder: Path, *, by: str) -> list[str]:
    """The words to type. The folder is told whole, so that it is the same one wherever they are typed."""
    return [shlex.quote(word) for word in ("handrail", "lock", str(folder), "--by", by)]


def _recipient() -> str:
    """The statistician's public key; empty where none is kept, which the rule then names."""
    file = Path(settings.STATISTICIAN_KEY_FILE)
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
