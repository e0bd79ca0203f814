"""Addresses of the crisis team's pages."""

from django.urls import path

from handrail.web.team import pages

app_name = "team"
urlpatterns = [
    path("", pages.today, name="today"),
    path("refer", pages.refer, name="refer"),
    path("referral/<uuid:referral_id>", pages.referral, name="referral"),
]
