"""Addresses of the pages of peer workers and their supervisors."""

from django.urls import path

from handrail.web.peer import (
    booking,
    contact,
    feed,
    meetings,
    handover,
    own_side,
    pages,
    shared,
    supervision,
    workers,
    worries,
)

app_name = "peer"
urlpatterns = [
    path("", pages.today, name="today"),
    path("person/<uuid:entry_id>", pages.person, name="person"),
    path("person/<uuid:entry_id>/plan", booking.plan, name="plan"),
    path("person/<uuid:entry_id>/safe-contact", contact.safe_contact, name="safe_contact"),
    path("person/<uuid:entry_id>/worry", pages.worry, name="worry"),
    path("person/<uuid:entry_id>/attendance", pages.attendance_lost, name="attendance_lost"),
    path("person/<uuid:entry_id>/code", pages.code, name="code"),
    path("shared/<uuid:share_id>", shared.shared, name="shared"),
    path("meeting/<uuid:session_id>", booking.meeting, name="meeting"),
    path("meeting/<uuid:session_id>/move", booking.move, name="move"),
    path("meeting/<uuid:session_id>/off", booking.call_off, name="call_off"),
    path("worries", worries.worries, name="worries"),
    path("worries/<uuid:concern_id>/talked-over", worries.debrief, name="debrief"),
    path("meeting/<uuid:session_id>/together", meetings.together, name="together"),
    path("person/<uuid:entry_id>/agreement", meetings.agreement, name="agreement"),
    path("promise/<uuid:promise_id>", meetings.promise, name="promise"),
    path("pairs/<uuid:entry_id>/log", supervision.log, name="pair_log"),
    path("pairs", supervision.pairs, name="pairs"),
    path("pairs/<uuid:entry_id>", supervision.pair, name="pair"),
    path("pairs/<uuid:entry_id>/attendance", supervision.attendance_lost, name="pair_attendance_lost"),
    path("calendar", feed.address, name="calendar"),
    path("me", own_side.own_side, name="own_side"),
    path("workers", workers.workers, name="workers"),
    path("workers/<uuid:worker_id>", workers.worker, name="worker"),
    path("workers/<uuid:worker_id>/hand-over", handover.hand_over, name="hand_over"),
    path("workers/<uuid:worker_id>/log", workers.log, name="worker_log"),
    path("workers/<uuid:worker_id>/training", workers.training, name="worker_training"),
    path("workers/<uuid:worker_id>/cap", workers.cap, name="worker_cap"),
]
