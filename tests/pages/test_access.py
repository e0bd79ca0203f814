"""Closed by default: who may see which page, and what everybody else gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from handrail.domain.words import MASKED_ROLES, UNMASKED_BY_LOCK, Role
from handrail.web.shared.access import STAFF, Audience, ViewerMiddleware, audience, everyone
from handrail.web.shared.viewer import HOME, Viewer
from tests.pages import door
from tests.pages.door import Staff

pytestmark = pytest.mark.django_db

NOBODYS_ID = "00000000-0000-4000-8000-000000000000"
PUBLIC = {
    "", "kept", "worker.js", "leave", "calendar/<slug:secret>",
    "help", "health", "signed-out", "sign-out", "code", "code/enter", "sign-in", "sign-in/second-step",
    "sign-in/passkey", "sign-in/new-password", "sign-in/new-password/sent", "sign-in/new-password/chosen",
    "sign-in/new-password/<uuid:uidb36>-<str:key>", "see/", "see/<slug:link>",
}  # fmt: skip


def pages(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the site and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from pages(entry, route)
        else:
            yield route, entry.callback


def address(route: str) -> str:
    """A route with nobody's identifier in each gap."""
    words = []
    for word in route.split("/"):
        if word.startswith("<uuid:uidb36>"):
            word = f"{NOBODYS_ID}-no-such-key"
        elif word.startswith("<uuid:"):
            word = NOBODYS_ID
        elif word.startswith("<"):
            word = "nothing"
        words.append(word)
    return "/" + "/".join(words)


def test_every_page_says_who_may_see_it() -> None:
    assert [
        route for route, view in pages() if not isinstance(getattr(view, "audience", None), Audience)
    ] == []


def test_only_the_way_in_and_help_are_for_everybody() -> None:
    assert {route for route, view in pages() if view.audience.is_public} == PUBLIC


def test_no_address_counts_rows() -> None:
    """A number in sequence would tell masked staff how much others have done, and when."""
    routes = [route for route, _ in pages()]
    assert [route for route in routes if re.search(r"<int:|<(\w+:)?pk>|\(\?P", route)] == []
    assert any("<uuid:" in route for route in routes)


def test_a_page_without_a_mark_is_not_there(site: None, rf: RequestFactory) -> None:
    request: Any = rf.get("/new")
    request.viewer = Viewer(UUID(NOBODYS_ID), "account", Role.ADMINISTRATOR)
    request.user = request.session = None
    answer = ViewerMiddleware(lambda _: HttpResponse()).process_view(
        request, lambda _: HttpResponse("secret")
    )
    assert answer is not None
    assert answer.status_code == 404


def test_an_audience_of_nobody_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        audience()


@pytest.mark.parametrize("role", sorted(MASKED_ROLES))
def test_a_masked_role_sees_a_page_from_the_lock_on_only_where_the_lock_unmasks_it(role: Role) -> None:
    if role not in UNMASKED_BY_LOCK:
        with pytest.raises(TypeError):
            audience(Role.TRIAL_MANAGER, after_lock=[role])
        return

    def page(request: Any) -> HttpResponse:
        return HttpResponse()

    mark, viewer = audience(after_lock=[role])(page).audience, Viewer(UUID(NOBODYS_ID), "account", role)
    assert not mark.includes(viewer)
    assert not mark.includes(viewer, is_locked=lambda: False)
    assert mark.includes(viewer, is_locked=lambda: True)
    assert not mark.includes(None, is_locked=lambda: True)


@pytest.mark.parametrize(
    ("mark", "viewer", "expected"),
    [
        (everyone(), None, True),
        (audience(Role.RESEARCHER), None, False),
        (audience(Role.RESEARCHER), Viewer(UUID(NOBODYS_ID), "account", Role.RESEARCHER), True),
        (audience(Role.RESEARCHER), Viewer(UUID(NOBODYS_ID), "account", Role.DATA_DESK), False),
        (
            audience(Role.RESEARCHER),
            Viewer(UUID(NOBODYS_ID), "account", Role.RESEARCHER, is_enrolling=True),
            False,
        ),
        (
            audience(Role.RESEARCHER, while_enrolling=True),
            Viewer(UUID(NOBODYS_ID), "account", Role.RESEARCHER, is_enrolling=True),
            True,
        ),
    ],
)
def test_a_mark_includes_its_roles_and_nobody_else(mark: Any, viewer: Viewer | None, expected: bool) -> None:
    def page(request: Any) -> HttpResponse:
        return HttpResponse()

    assert mark(page).audience.includes(viewer) is expected


def _same(a: Any, b: Any) -> bool:
    names = sorted(set(a.headers) | set(b.headers))
    return (
        a.status_code == b.status_code
        and door.plain(a.content) == door.plain(b.content)
        and [a.headers.get(name) for name in names] == [b.headers.get(name) for name in names]
    )


def test_a_stranger_gets_the_very_answer_of_a_page_that_is_not_there(site: None) -> None:
    missing = Client().get("/no-such-page")
    different = [
        route
        for route, view in pages()
        if not view.audience.is_public and not _same(Client().get(address(route)), missing)
    ]
    assert missing.status_code == 404
    assert different == []


def test_a_form_sent_by_a_stranger_gets_it_too_with_or_without_a_mark(site: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    missing = strict.post("/no-such-page", {"name": "x"})
    different = [
        route
        for route, view in pages()
        if not view.audience.is_public and not _same(strict.post(address(route), {"name": "x"}), missing)
    ]
    assert different == []


@pytest.mark.prove  # with real objects in the addresses, ./run test asks it: tests/pages/test_matrix.py
@pytest.mark.parametrize("role", STAFF)
def test_each_role_gets_it_for_every_page_of_others(site: None, role: Role) -> None:
    client = door.let_in(door.make_staff(role))
    missing = client.get("/no-such-page")
    others = [
        route for route, view in pages() if not view.audience.is_public and role not in view.audience.roles
    ]
    assert others
    assert [route for route in others if not _same(client.get(address(route)), missing)] == []


def test_a_person_gets_it_for_every_page_of_staff(somebody: UUID) -> None:
    client = door.let_person_in(somebody)
    missing = client.get("/no-such-page")
    others = [
        route
        for route, view in pages()
        if not view.audience.is_public and Role.PERSON not in view.audience.roles
    ]
    assert [route for route in others if not _same(client.get(address(route)), missing)] == []


def test_every_role_has_a_first_page_that_is_its_own(site: None) -> None:
    assert set(HOME) == set(Role)
    for role in STAFF:
        answer = door.let_in(door.make_staff(role)).get("/", follow=True)
        assert answer.status_code == 200, role
        assert role.sentence in answer.content.decode(), role


def test_a_page_that_takes_no_form_refuses_one_from_its_own_audience(administrator: Staff) -> None:
    client = door.let_in(administrator)
    assert [client.post("/accounts/").status_code, client.delete("/accounts/").status_code] == [405, 405]


def test_a_form_without_our_mark_is_refused_for_its_own_audience(administrator: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = door.let_in(administrator).cookies
    answer = strict.post("/accounts/review", {"is_right": "on"})
    assert answer.status_code == 403
    assert b"too old to send" in answer.content
