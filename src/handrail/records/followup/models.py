"""Interviews, questionnaires and attempts to get in touch. Masked: nothing here differs by arm."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass


class Characteristics(models.Model):
    """What a person said of themselves at the baseline, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=40)
    ethnic_group = models.CharField(max_length=40)
    housing = models.CharField(max_length=40)
    is_first_crisis = models.BooleanField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "gender": {FieldClass.CLINICAL},
        "ethnic_group": {FieldClass.CLINICAL},
        "housing": {FieldClass.CLINICAL},
        "is_first_crisis": {FieldClass.CLINICAL},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }


class Interview(models.Model):
    """One interview at one follow-up point. Until it is booked there is no row: it is simply due."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=30)
    state = models.CharField(max_length=20)
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    is_in_window = models.BooleanField(null=True)
    mode = models.CharField(max_length=20, default="")

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "point": {FieldClass.TRIAL},
        "state": {FieldClass.TRIAL},
        "planned_on": {FieldClass.TRIAL},
        "held_on": {FieldClass.TRIAL},
        "is_in_window": {FieldClass.TRIAL},
        "mode": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "point"], name="followup_one_interview_a_point"),
            models.CheckConstraint(
                condition=models.Q(state="done", held_on__isnull=False)
                | (~models.Q(state="done") & models.Q(held_on__isnull=True)),
                name="followup_done_has_a_day",
            ),
        ]


class Response(models.Model):
    """One person's answers to one instrument at one interview. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="responses")
    instrument = models.CharField(max_length=30)
    answers = models.JSONField()
    answered_count = models.PositiveSmallIntegerField()
    total = models.FloatField(null=True)

    classes = {
        "id": {FieldClass.TRIAL},
        "interview": {FieldClass.TRIAL},
        "instrument": {FieldClass.TRIAL},
        "answers": {FieldClass.CLINICAL},
        "answered_count": {FieldClass.TRIAL},
        "total": {FieldClass.CLINICAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "instrument"], name="followup_one_response_each")
        ]


class Attempt(models.Model):
    """One attempt to get in touch about an interview. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=30)
    how = models.CharField(max_length=20)
    result = models.CharField(max_length=30)
    tried_at = models.DateTimeField()
    tried_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "point": {FieldClass.TRIAL},
        "how": {FieldClass.TRIAL},
        "result": {FieldClass.TRIAL},
        "tried_at": {FieldClass.TRIAL},
        "tried_by": {FieldClass.TRIAL},
    }
