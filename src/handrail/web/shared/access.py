"""Who may see a page. Closed by default: a page without an audience is not there.

Every view carries a mark, ``@audience(Role.RESEARCHER, Role.DATA_DESK)`` or ``@everyone()``; the middleware
here reads it, and anyone else gets the very answer that a page which does not exist gets. It runs before
the check of forms, so that a form sent to a hidden page tells nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from handrail.domain.words import MASKED_ROLES, UNMASKED_BY_LOCK, Role
from handrail.web.shared import errors, sessions
from handrail.web.shared.locked import is_locked
from handrail.web.shared.viewer import HOME, PageRequest, Viewer

__all__ = ["HOME", "STAFF", "Audience", "PageRequest", "Viewer", "ViewerMiddleware", "audience", "everyone"]

View = TypeVar("View", bound=Callable[..., Any])

STAFF: tuple[Role, ...] = tuple(role for role in Role if role is not Role.PERSON)


@dataclass(frozen=True)
class Audience:
    """The mark of a view: who may see it, who besides from the first lock on, and whether it takes a form."""

    roles: frozenset[Role]
    after_lock: frozenset[Role] = frozenset()
    is_public: bool = False
    takes_forms: bool = False
    while_enrolling: bool = False

    def includes(self, viewer: Viewer | None, *, is_locked: Callable[[], bool] = lambda: False) -> bool:
        """Whether a page with this mark is this viewer's to see; ``is_locked`` is asked only if it counts."""
        if self.is_public:
            return True
        if viewer is None or (viewer.is_enrolling and not self.while_enrolling):
            return False
        return viewer.role in self.roles or (viewer.role in self.after_lock and is_locked())


def audience(
    *roles: Role,
    after_lock: Iterable[Role] = (),
    takes_forms: bool = False,
    while_enrolling: bool = False,
) -> Callable[[View], View]:
    """Mark a view for some roles. ``takes_forms``: it answers POST too; without it, only GET and HEAD.

    ``after_lock``: roles for which the page is there only once the data have been locked.
    ``while_enrolling``: also for staff who have yet to add a second factor.
    """
    later = frozenset(after_lock)
    if not roles and not later:
        raise TypeError("an audience names at least one role; a page for anybody says @everyone()")
    if later & (MASKED_ROLES - UNMASKED_BY_LOCK):
        raise TypeError("a role that stays masked learns nothing by a lock")
    return _mark(Audience(frozenset(roles), later, False, takes_forms, while_enrolling))


def everyone(*, takes_forms: bool = False) -> Callable[[View], View]:
    """Mark a view for anybody, signed in or not: the way in, and help in a crisis."""
    return _mark(Audience(frozenset(), is_public=True, takes_forms=takes_forms))


def _mark(mark: Audience) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.audience = mark  # type: ignore[attr-defined]
        return view

    return put


class ViewerMiddleware:
    """Puts ``request.viewer`` on every request, and lets nobody else's page run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Say who is there before anything else asks."""
        request.viewer = sessions.viewer(request)
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, *_: Any) -> HttpResponse | None:
        """Nothing, when the page may run; otherwise the answer that stands in its place."""
        mark: Audience | None = getattr(view, "audience", None)
        if mark is None or not mark.includes(request.viewer, is_locked=is_locked):
            return errors.not_found(request)
        allowed = ["GET", "HEAD", "POST"] if mark.takes_forms else ["GET", "HEAD"]
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)
