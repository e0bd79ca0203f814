"""A worry about somebody: raised, acknowledged by a named person, answered. Sealed."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField

ARM = FieldClass.ARM_REVEALING


class Concern(models.Model):
    """One worry. A telephone call comes first; this is the record that a named person took it up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    urgency = models.CharField(max_length=20)
    words = EncryptedTextField()
    wishes = EncryptedTextField()
    has_told_person = models.BooleanField()
    raised_by = models.UUIDField()
    raised_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    answer = EncryptedTextField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    classes = {
        "id": {ARM},
        "person": {ARM},
        "urgency": {ARM, FieldClass.CLINICAL},
        "words": {ARM, FieldClass.CLINICAL},
        "wishes": {ARM, FieldClass.CLINICAL},
        "has_told_person": {ARM},
        "raised_by": {ARM},
        "raised_at": {ARM},
        "acknowledged_by": {ARM},
        "acknowledged_at": {ARM},
        "answer": {ARM, FieldClass.CLINICAL},
        "answered_by": {ARM},
        "answered_at": {ARM},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(acknowledged_at__isnull=False),
                name="concern_acknowledged_before_answered",
            )
        ]


class Ring(models.Model):
    """One call to one member of staff about a worry that waits, and what became of it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20)
    rung_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "concern": {ARM},
        "number": {ARM},
        "account": {ARM},
        "outcome": {ARM},
        "rung_at": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "number", "account"],
                condition=models.Q(outcome="sent"),
                name="concern_sent_once",
            )
        ]


class Debrief(models.Model):
    """That whoever raised a worry talked it over with their supervisor, and who says so. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="+")
    held_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "concern": {ARM},
        "held_by": {ARM},
        "held_at": {ARM},
    }
