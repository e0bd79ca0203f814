"""Reports that were made from locks, and what was given: for the office, and, once locked, service managers.

A service manager is masked until the first lock: before it these pages are not there. They reach the
sealed wing, so they live here and not among the masked staff's pages; the marks say from when.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render

from handrail.domain.refusal import NotFound
from handrail.domain.words import UNMASKED_BY_LOCK, Role
from handrail.records.support import measures
from handrail.web.office.given import Table, as_csv, tables, workbooks
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.locked import is_locked

SERVED = frozenset({".html", ".pdf", ".css", ".svg", ".csv", ".json"})


@audience(Role.TRIAL_MANAGER, after_lock=UNMASKED_BY_LOCK)
def reports(request: PageRequest) -> HttpResponse:
    """The reports in this installation's folder, newest first; whoever made them named the folders."""
    names = (path.parent.name for path in _folder().glob("*/index.html"))
    made = sorted((name for name in names if name.isprintable()), reverse=True)  # the rest has no address
    return render(request, "office/reports.html", {"made": made, "is_locked": is_locked()})


@audience(Role.TRIAL_MANAGER, after_lock=UNMASKED_BY_LOCK)
def report_file(request: PageRequest, name: str, file: str) -> HttpResponseBase:
    """One file of one report: nothing outside the reports' folder, no links, known endings only."""
    folder = (_folder() / name).resolve()
    path = (folder / file).resolve()
    inside = folder.parent == _folder().resolve() and path.is_relative_to(folder)
    if not inside or path.suffix not in SERVED or not path.is_file():
        raise NotFound("report")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path.open("rb"), content_type=kind)


@audience(after_lock={Role.TRIAL_MANAGER, *UNMASKED_BY_LOCK})
def given(request: PageRequest) -> HttpResponse:
    """What was given, and to whom. Before the lock it is for nobody: the counts would tell on chance."""
    figures, found = measures.latest(), _tables(request)
    context = {"figures": figures, "tables": found[:-1], "workbooks": found[-1]}
    return render(request, "office/given.html", context)


@audience(after_lock={Role.TRIAL_MANAGER, *UNMASKED_BY_LOCK})
def given_file(request: PageRequest) -> HttpResponse:
    """The same tables as a file: what is hidden on the page is hidden in it."""
    name = {"Content-Disposition": 'attachment; filename="what-was-given.csv"'}
    return HttpResponse(as_csv(_tables(request)), content_type="text/csv; charset=utf-8", headers=name)


def _tables(request: PageRequest) -> list[Table]:
    """How far people got, once figures are made, and the workbooks by post last."""
    every, figures = settings.PROTOCOL.programme.teams, measures.latest()
    teams = [team for team in every if request.viewer.sees(team.code)]
    return [*(tables(figures.release, teams) if figures else ()), workbooks(every, teams)]


def _folder() -> Path:
    return Path(settings.PLACE) / "reports"
