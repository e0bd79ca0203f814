"""Addresses of the masked staff's pages."""

from django.urls import path

from handrail.web.assessor import events, interviews, outcomes, oversight, pages, records

app_name = "assessor"
urlpatterns = [
    path("", pages.today, name="today"),
    path("people", pages.people_list, name="people"),
    path("people/<uuid:registration_id>", pages.person, name="person"),
    path("people/<uuid:registration_id>/code", pages.code, name="code"),
    path("people/<uuid:registration_id>/baseline", interviews.baseline, name="baseline"),
    path("people/<uuid:registration_id>/<slug:point>/book", interviews.book, name="book"),
    path("people/<uuid:registration_id>/<slug:point>/record", interviews.record, name="record"),
    path("people/<uuid:registration_id>/<slug:point>/missed", interviews.missed, name="missed"),
    path("people/<uuid:registration_id>/<slug:point>/tried", interviews.tried, name="tried"),
    path("people/<uuid:registration_id>/event", events.new, name="new_event"),
    path("events", events.listing, name="events"),
    path("events/<uuid:event_id>", events.event, name="event"),
    path("records", records.files, name="files"),
    path("records/send", records.send, name="send"),
    path("records/checked/<uuid:token>", records.checked, name="checked"),
    path("records/<uuid:file_id>", records.file, name="file"),
    path("outcomes", outcomes.waiting, name="outcomes"),
    path("outcomes/<uuid:registration_id>", outcomes.decide, name="decide"),
    path("progress", oversight.progress, name="progress"),
]
