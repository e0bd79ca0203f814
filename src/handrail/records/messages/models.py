"""Neutral messages to people in the programme: the same for everybody, whatever their arm. Masked."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass


class Message(models.Model):
    """One message due, sent or called off. ``occasion`` stops the same reminder from being made twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    occasion = models.CharField(max_length=60)
    channel = models.CharField(max_length=20, default="")
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "template": {FieldClass.TRIAL},
        "occasion": {FieldClass.TRIAL},
        "channel": {FieldClass.TRIAL},
        "due_at": {FieldClass.TRIAL},
        "claimed_at": {FieldClass.TRIAL},
        "sent_at": {FieldClass.TRIAL},
        "cancelled_at": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "template", "occasion"], name="messages_one_an_occasion"
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="messages_sent_or_called_off",
            ),
        ]
