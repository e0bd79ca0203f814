"""Pictures under a question: sent in, drawn again by a child process, shown to their owner alone."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.picture import MOST_MEGABYTES, MOST_PICTURES, Picture
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.domain.workbook import LONGEST_LINE, Field, Part
from handrail.records.workbook import pictures as kept
from handrail.web.person.desk import Desk, part_of, question_in, sit
from handrail.web.shared import child
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Attached, Form, Line
from handrail.web.shared.layout import say

SECONDS = 20
NO_PICTURE = "We could not read this picture. Send a JPEG, PNG or WebP. Nothing was kept."


class PictureForm(Form):
    """A picture to send in, and what is in it."""

    file = Attached(
        "Choose a picture",
        largest_megabytes=MOST_MEGABYTES,
        hint="You can take a photo of something that you drew. A place or time in the file is taken out.",
        error_messages={"required": "Choose a picture", "empty": NO_PICTURE},
    )
    says = Line(
        "What is in it?",
        max_length=LONGEST_LINE,
        required=False,
        small=True,
        hint="You can leave this empty. It is read out to you if you do not see the picture.",
    )


@audience(Role.PERSON, takes_forms=True)
def pictures(request: PageRequest, part: str, field: str) -> HttpResponse:
    """The pictures under one question, and a form for another."""
    desk, found = sit(request), part_of(part)
    asked = _asked(found, field)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _keep(desk, found, asked, form):
        say(request, "Kept. Only you can see it.")
        return redirect("person:pictures", part, field)
    shown = kept.pictures(desk.entry_id, part, field, viewer_id=desk.person_id)
    context = {"part": found, "question": asked, "form": form, "shown": shown}
    return render(request, "person/pictures.html", context | {"has_room": len(shown) < MOST_PICTURES})


@audience(Role.PERSON)
def picture(request: PageRequest, part: str, field: str, picture: UUID) -> HttpResponse:
    """One picture, as the server itself drew it: whatever was sent is never sent on."""
    desk = sit(request)
    _held(desk, part, field, picture)
    drawn = kept.drawn(desk.entry_id, picture, viewer_id=desk.person_id)
    return HttpResponse(drawn, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


@audience(Role.PERSON, takes_forms=True)
def take_away(request: PageRequest, part: str, field: str, picture: UUID) -> HttpResponse:
    """Take one picture away, once its owner has said that they are sure."""
    desk = sit(request)
    held = _held(desk, part, field, picture)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept.take_away_picture(desk.entry_id, picture, by=desk.person_id, at=desk.acting["at"])
        say(request, "Taken away.")
        return redirect("person:pictures", part, field)
    return render(request, "person/picture_away.html", {"form": form, "picture": held})


def _asked(part: Part, field: str) -> Field:
    """A question that takes pictures. Raises: NotFound."""
    asked = question_in(part, field)
    if not asked.can_draw:
        raise NotFound("question")
    return asked


def _held(desk: Desk, part: str, field: str, picture: UUID) -> Picture:
    for one in kept.pictures(desk.entry_id, part, field, viewer_id=desk.person_id):
        if one.id == picture:
            return one
    raise NotFound("picture")


def _keep(desk: Desk, part: Part, asked: Field, form: PictureForm) -> bool:
    said = form.cleaned_data
    status, drawn = child.run(["picture"], seconds=SECONDS, given=said["file"].read())
    if status or not drawn:
        form.add_error("file", NO_PICTURE)
        return False
    new = Picture(_number(said["request_key"]), part.code, asked.code, said["says"].strip())
    try:
        kept.keep_picture(desk.entry_id, new, drawn, **desk.acting)
    except Refused as refused:
        form.refuse(refused.reasons)
        return False
    return True


def _number(request_key: str) -> UUID:
    """The form's own number is the new picture's: sent twice, it is one picture."""
    try:
        return UUID(request_key)
    except ValueError:
        return uuid4()
