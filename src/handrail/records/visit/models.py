"""Visits alone: a worker says where, until when, and that all is well. Sealed."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField

ARM = FieldClass.ARM_REVEALING


class Visit(models.Model):
    """One visit, started by the worker. Its id is the key that the worker's phone gave it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, null=True, related_name="+")
    buddy = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=20)
    telephone = EncryptedTextField()
    started_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "worker": {ARM},
        "entry": {ARM},
        "buddy": {ARM},
        "place": {ARM},
        "telephone": {ARM},
        "started_at": {ARM},
        "said_at": {ARM},
        "until_at": {ARM},
    }


class CheckIn(models.Model):
    """The worker said that all is well: until a later moment, or, without one, for good. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    classes = {"id": {ARM}, "visit": {ARM}, "at": {ARM}, "said_at": {ARM}, "until_at": {ARM}}
