"""Addresses of the person's own pages."""

from django.urls import path

from handrail.web.person import (
    contact,
    meetings,
    pages,
    paper,
    phone,
    pictures,
    plan,
    questions,
    reminders,
    sharing,
    sorting,
    workbook,
)

app_name = "person"
urlpatterns = [
    path("", pages.today, name="today"),
    path("choices", pages.choices, name="choices"),
    path("choices/<slug:scope>", pages.choice, name="choice"),
    path("contact", contact.safe_contact, name="safe_contact"),
    path("stop", pages.stop, name="stop"),
    path("meetings", meetings.meetings, name="meetings"),
    path("meetings/reminders", reminders.reminders, name="reminders"),
    path("meetings/reminders/pause", reminders.pause, name="pause_reminders"),
    path("meetings/calendar", reminders.calendar, name="calendar"),
    path("meetings/agenda", meetings.agenda, name="agenda"),
    path("meetings/<uuid:session_id>/off", meetings.call_off, name="call_off"),
    path("meetings/<uuid:session_id>/other-time", meetings.other_time, name="other_time"),
    path("book", workbook.contents, name="book"),
    path("book/paper", paper.sizes, name="sizes"),
    path("book/paper/<slug:size>", paper.paper, name="paper"),
    path("book/<slug:part>", workbook.part, name="part"),
    path("book/<slug:part>/<slug:field>", questions.question, name="question"),
    path("book/<slug:part>/<slug:field>/sort/<slug:kind>", sorting.sort, name="sort"),
    path("book/<slug:part>/<slug:field>/pictures", pictures.pictures, name="pictures"),
    path("book/<slug:part>/<slug:field>/pictures/<uuid:picture>", pictures.picture, name="picture"),
    path(
        "book/<slug:part>/<slug:field>/pictures/<uuid:picture>/away", pictures.take_away, name="picture_away"
    ),
    path("book/<slug:part>/<slug:field>/<uuid:card>", questions.card, name="card"),
    path("book/<slug:part>/<slug:field>/<uuid:card>/away", questions.take_away, name="take_away"),
    path("phone", phone.phone, name="phone"),
    path("phone/whose", phone.whose, name="whose"),
    path("phone/plan", phone.keep_plan, name="keep_plan"),
    path("phone/forget", phone.forget, name="forget"),
    path("plan", plan.plan, name="plan"),
    path("plan/copy", phone.copy, name="copy"),
    path("plan/first", plan.first, name="first"),
    path("plan/card", plan.wallet_card, name="wallet_card"),
    path("plan/line/<uuid:link>", plan.line, name="line"),
    path("plan/line/<uuid:link>/out", plan.leave_out, name="leave_out"),
    path("sharing", sharing.shares, name="shares"),
    path("sharing/new/<slug:part>", sharing.new, name="share_part"),
    path("sharing/new/<slug:part>/<slug:field>", sharing.new, name="share_answer"),
    path("sharing/<uuid:share_id>", sharing.one, name="share"),
    path("sharing/<uuid:share_id>/stop", sharing.stop, name="stop_sharing"),
    path("sharing/<uuid:share_id>/code", sharing.code, name="share_code"),
    path("plan/<slug:section>/bring", plan.bring, name="bring"),
]
