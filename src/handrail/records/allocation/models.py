"""The sealed list of allocations, and which slot each person's entry drew. The arm is never in the clear."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.enrolment.models import TrialEntry


class ListMade(models.Model):
    """The making of the list: once, before recruitment. One row, with id 1; it holds no block size."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    protocol_version = models.CharField(max_length=20)
    protocol_hash = models.CharField(max_length=64)
    is_seeded = models.BooleanField()

    classes = {
        "id": {FieldClass.TRIAL},
        "made_at": {FieldClass.TRIAL},
        "made_by": {FieldClass.TRIAL},
        "protocol_version": {FieldClass.TRIAL},
        "protocol_hash": {FieldClass.TRIAL},
        "is_seeded": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="list_is_made_once")]


class Slot(models.Model):
    """One place on the list of one stratum. The arm is encrypted at random and bound to this place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stratum = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    sealed_arm = models.BinaryField()

    classes = {
        "id": {FieldClass.ARM_REVEALING},
        "stratum": {FieldClass.TRIAL},
        "position": {FieldClass.ARM_REVEALING},
        "sealed_arm": {FieldClass.ARM_REVEALING},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stratum", "position"], name="slot_place_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="slot_position_from_one"),
        ]


class Draw(models.Model):
    """One slot, drawn for one entry, once and for ever; the strata used are copied here.

    ``seal`` is a keyed hash over all of it (``sealing.seal_of``): who can write to the database, and does
    not hold the key, cannot give two people each other's slots unseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.OneToOneField(Slot, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(TrialEntry, on_delete=models.PROTECT, related_name="+")
    request_key = models.CharField(max_length=64, unique=True)
    strata = models.JSONField()
    drawn_at = models.DateTimeField()
    drawn_by = models.UUIDField()
    seal = models.CharField(max_length=64)

    classes = {
        "id": {FieldClass.ARM_REVEALING},
        "slot": {FieldClass.ARM_REVEALING},
        "entry": {FieldClass.TRIAL},
        "request_key": {FieldClass.TRIAL},
        "strata": {FieldClass.TRIAL},
        "drawn_at": {FieldClass.TRIAL},
        "drawn_by": {FieldClass.TRIAL},
        "seal": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(request_key=""), name="draw_needs_a_request_key")
        ]
