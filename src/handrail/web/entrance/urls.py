"""Addresses of the way in, and of what everybody may see."""

from django.urls import path

from handrail.web.entrance import door, front, shell

app_name = "entrance"
urlpatterns = [
    path("", front.front, name="front"),
    path("help", front.help_now, name="help"),
    path("kept", shell.kept, name="kept"),
    path("worker.js", shell.worker, name="worker"),
    path("health", front.health, name="health"),
    path("signed-out", front.ended, name="ended"),
    path("sign-out", front.sign_out, name="sign_out"),
    path("leave", front.leave, name="leave"),
    path("code", door.ask_for_code, name="ask_code"),
    path("code/enter", door.enter_code, name="enter_code"),
    path("second-step", front.enrol, name="enrol"),
    path("files", front.files, name="files"),
]
