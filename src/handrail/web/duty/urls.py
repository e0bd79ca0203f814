"""Addresses of the duty clinician's pages."""

from django.urls import path

from handrail.web.duty import pages

app_name = "duty"
urlpatterns = [
    path("", pages.today, name="today"),
    path("concern/<uuid:concern_id>", pages.concern, name="concern"),
    path("concern/<uuid:concern_id>/take-up", pages.take_up, name="take_up"),
    path("concern/<uuid:concern_id>/answer", pages.answer, name="answer"),
]
