"""Addresses of the pages of peer workers and their supervisors."""

from django.urls import path

from handrail.web.peer import pages, supervision

app_name = "peer"
urlpatterns = [
    path("", pages.today, name="today"),
    path("person/<uuid:entry_id>", pages.person, name="person"),
    path("person/<uuid:entry_id>/plan", pages.plan, name="plan"),
    path("person/<uuid:entry_id>/worry", pages.worry, name="worry"),
    path("person/<uuid:entry_id>/attendance", pages.attendance_lost, name="attendance_lost"),
    path("person/<uuid:entry_id>/code", pages.code, name="code"),
    path("meeting/<uuid:session_id>", pages.meeting, name="meeting"),
    path("pairs", supervision.pairs, name="pairs"),
    path("pairs/<uuid:entry_id>", supervision.pair, name="pair"),
    path("pairs/<uuid:entry_id>/attendance", supervision.attendance_lost, name="pair_attendance_lost"),
]
