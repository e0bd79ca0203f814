"""Addresses for whoever was given a link: they say nothing of what it opens."""

from django.urls import path

from handrail.web.recipient import pages

app_name = "recipient"
urlpatterns = [
    path("", pages.now, name="now"),
    path("<slug:link>", pages.knock, name="knock"),
]
