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
