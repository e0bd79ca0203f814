"""The masked-safe fact of being in the trial: a study number, and the day of entry. Never the arm."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass


class Registration(models.Model):
    """A person who consented and has a study number; follow-up and records hang on this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="registration")
    study_number = models.CharField(max_length=12, unique=True)
    team_code = models.CharField(max_length=30)
    registered_on = models.DateField()

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "study_number": {FieldClass.TRIAL},
        "team_code": {FieldClass.TRIAL},
        "registered_on": {FieldClass.TRIAL},
    }


class TrialEntry(models.Model):
    """Entry into the trial: day 0 of every clock, with the protocol version and stratum in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="entry")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    stratum = models.CharField(max_length=60)
    protocol_version = models.CharField(max_length=20)
    protocol_hash = models.CharField(max_length=64)

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "entered_on": {FieldClass.TRIAL},
        "entered_at": {FieldClass.TRIAL},
        "stratum": {FieldClass.TRIAL},
        "protocol_version": {FieldClass.TRIAL},
        "protocol_hash": {FieldClass.TRIAL},
    }
