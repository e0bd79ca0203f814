"""Addresses of the trial office's pages."""

from django.urls import path

from handrail.web.office import delivery, entry, lock, oversight, pages, person_steps, results, told

app_name = "office"
urlpatterns = [
    path("", pages.today, name="today"),
    path("referrals", pages.referrals, name="referrals"),
    path("referral/<uuid:referral_id>", pages.referral, name="referral"),
    path("referral/<uuid:referral_id>/screen", entry.screen, name="screen"),
    path("referral/<uuid:referral_id>/consent", entry.consent, name="consent"),
    path("referral/<uuid:referral_id>/enter", entry.enter, name="enter"),
    path("referral/<uuid:referral_id>/left", entry.left, name="left"),
    path("referral/<uuid:referral_id>/contact", person_steps.contact, name="contact"),
    path("referral/<uuid:referral_id>/safe-contact", person_steps.safe_contact, name="safe_contact"),
    path("referral/<uuid:referral_id>/choice", person_steps.told, name="told"),
    path("referral/<uuid:referral_id>/death", person_steps.death, name="death"),
    path("post", delivery.parcels, name="parcels"),
    path("post/<uuid:entry_id>", delivery.parcel, name="parcel"),
    path("events", oversight.events, name="events"),
    path("events/<uuid:event_id>", oversight.event, name="event"),
    path("events/<uuid:event_id>/told/<slug:clock>", told.told, name="told_of_event"),
    path("deviations", oversight.deviations, name="deviations"),
    path("deviations/new", oversight.new_deviation, name="new_deviation"),
    path("reports", results.reports, name="reports"),
    path("reports/<str:name>/<path:file>", results.report_file, name="report_file"),
    path("given", results.given, name="given"),
    path("given/figures.csv", results.given_file, name="given_file"),
    path("lock", lock.lock, name="lock"),
]
