"""Addresses of the person's own pages. No word here says what the programme is about."""

from django.urls import path

from handrail.web.person import pages, workbook

app_name = "person"
urlpatterns = [
    path("", pages.today, name="today"),
    path("choices", pages.choices, name="choices"),
    path("choices/<slug:scope>", pages.choice, name="choice"),
    path("stop", pages.stop, name="stop"),
    path("book", workbook.contents, name="book"),
    path("book/<slug:part>", workbook.part, name="part"),
]
