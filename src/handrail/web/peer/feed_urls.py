"""The secret addresses of calendars: neutral, for they stand in a phone's settings."""

from django.urls import path

from handrail.web.peer import feed

app_name = "calendar"
urlpatterns = [path("<slug:secret>", feed.feed, name="feed")]
