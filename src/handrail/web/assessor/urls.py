"""Addresses of the masked staff's pages."""

from django.urls import path

from handrail.web.assessor import pages

app_name = "assessor"
urlpatterns = [path("", pages.today, name="today")]
