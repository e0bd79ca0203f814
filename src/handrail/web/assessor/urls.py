"""Addresses of the masked staff's pages."""

from django.urls import path

from handrail.web.assessor import (
    events,
    interviews,
    moves,
    outcomes,
    oversight,
    pages,
    person_steps,
    records,
    referrals,
    told,
)

app_name = "assessor"
urlpatterns = [
    path("", pages.today, name="today"),
    path("referrals", referrals.listing, name="referrals"),
    path("referrals/<uuid:referral_id>", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/screen", referrals.screen, name="screen"),
    path("referrals/<uuid:referral_id>/consent", referrals.consent, name="consent"),
    path("referrals/<uuid:referral_id>/left", referrals.left, name="left"),
    path("people", pages.people_list, name="people"),
    path("people/<uuid:registration_id>", pages.person, name="person"),
    path("people/<uuid:registration_id>/code", pages.code, name="code"),
    path("people/<uuid:registration_id>/contact", person_steps.contact, name="contact"),
    path("people/<uuid:registration_id>/safe-contact", person_steps.safe_contact, name="safe_contact"),
    path("people/<uuid:registration_id>/choice", person_steps.told, name="told"),
    path("people/<uuid:registration_id>/death", person_steps.death, name="death"),
    path("people/<uuid:registration_id>/baseline", interviews.baseline, name="baseline"),
    path("people/<uuid:registration_id>/<slug:point>/book", interviews.book, name="book"),
    path("people/<uuid:registration_id>/<slug:point>/record", interviews.record, name="record"),
    path("people/<uuid:registration_id>/<slug:point>/missed", interviews.missed, name="missed"),
    path("people/<uuid:registration_id>/<slug:point>/tried", interviews.tried, name="tried"),
    path("people/<uuid:registration_id>/event", events.new, name="new_event"),
    path("events", events.listing, name="events"),
    path("events/<uuid:event_id>", events.event, name="event"),
    path("events/<uuid:event_id>/correct", events.correct, name="correct_event"),
    path("events/<uuid:event_id>/told/<slug:clock>", told.told, name="told_of_event"),
    path("records", records.files, name="files"),
    path("records/send", records.send, name="send"),
    path("records/again", moves.again, name="again"),
    path("records/moved", moves.moved, name="moved"),
    path("records/moved/new", moves.new, name="new_move"),
    path("records/moved/<uuid:registration_id>", moves.undo, name="undo_move"),
    path("records/checked/<uuid:token>", records.checked, name="checked"),
    path("records/<uuid:file_id>", records.file, name="file"),
    path("outcomes", outcomes.waiting, name="outcomes"),
    path("outcomes/<uuid:registration_id>", outcomes.decide, name="decide"),
    path("progress", oversight.progress, name="progress"),
]
