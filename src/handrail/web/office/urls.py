"""Addresses of the trial office's pages."""

from django.urls import path

from handrail.web.office import pages

app_name = "office"
urlpatterns = [path("", pages.today, name="today")]
