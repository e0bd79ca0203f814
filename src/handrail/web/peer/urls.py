"""Addresses of the pages of peer workers and their supervisors."""

from django.urls import path

from handrail.web.peer import pages, supervision

app_name = "peer"
urlpatterns = [
    path("", pages.today, name="today"),
    path("person/<uuid:entry_id>", pages.person, name="person"),
    path("person/<uuid:entry_id>/plan", pages.plan, name="plan"),
    path("person/<uuid:entry_id>/worry", pages.worry, name="worry"),
    path("meeting/<uuid:session_id>", pages.meeting, name="meeting"),
    path("pairs", supervision.pairs, name="pairs"),
    path("pairs/<uuid:entry_id>", supervision.pair, name="pair"),
]
