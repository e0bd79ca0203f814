"""Addresses of the administrator's pages: accounts, and nothing else."""

from django.urls import path

from handrail.web.accounts import health, pages

app_name = "accounts"
urlpatterns = [
    path("", pages.today, name="today"),
    path("invite", pages.invite, name="invite"),
    path("review", pages.review, name="review"),
    path("health", health.look, name="health"),
    path("<uuid:account_id>", pages.account, name="account"),
    path("<uuid:account_id>/change", pages.change, name="change"),
    path("<uuid:account_id>/left", pages.leave, name="leave"),
    path("<uuid:account_id>/link", pages.send_link, name="send_link"),
    path("<uuid:account_id>/second-step", pages.reset, name="reset"),
]
