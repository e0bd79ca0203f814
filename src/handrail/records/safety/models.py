"""Adverse events: seriousness and expectedness. Masked; relatedness is kept in ``support``."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField


class AdverseEvent(models.Model):
    """One adverse event as one record of it. Append-only: a correction is a new row naming the old one.

    ``how_found`` is neutral on purpose: "staff", never "peer worker", which would betray the arm.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    why_corrected = models.CharField(max_length=30, null=True)  # none on a first record
    onset_on = models.DateField()
    aware_on = models.DateField()
    kind = models.CharField(max_length=40)
    seriousness = models.JSONField(default=list)
    is_expected = models.BooleanField()
    how_found = models.CharField(max_length=30)
    narrative = EncryptedTextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "corrects": {FieldClass.TRIAL},
        "why_corrected": {FieldClass.TRIAL},
        "onset_on": {FieldClass.CLINICAL},
        "aware_on": {FieldClass.TRIAL},
        "kind": {FieldClass.CLINICAL},
        "seriousness": {FieldClass.CLINICAL},
        "is_expected": {FieldClass.CLINICAL},
        "how_found": {FieldClass.TRIAL},
        "narrative": {FieldClass.CLINICAL, FieldClass.ARM_REVEALING},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }


class MaskedReview(models.Model):
    """A masked reviewer's signed answer: had this person received the programme, could it be related?"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField(AdverseEvent, on_delete=models.PROTECT, related_name="review")
    could_be_related = models.BooleanField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "event": {FieldClass.TRIAL},
        "could_be_related": {FieldClass.CLINICAL},
        "signed_by": {FieldClass.TRIAL},
        "signed_at": {FieldClass.TRIAL},
    }


class Report(models.Model):
    """That somebody was told of a serious event, or that this was wrong. Append-only.

    Only of clocks that run for every serious event, as the sponsor's does: they say nothing of the arm. A row
    that puts another right names it; ``told_on`` is none where nobody had been told after all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(AdverseEvent, on_delete=models.PROTECT, related_name="+")
    puts_right = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    why_put_right = models.CharField(max_length=30, null=True)
    clock = models.CharField(max_length=40)  # the protocol's code of it
    recipient = models.CharField(max_length=30)
    told_on = models.DateField(null=True)
    reference = EncryptedTextField()
    note = EncryptedTextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "event": {FieldClass.TRIAL},
        "puts_right": {FieldClass.TRIAL},
        "why_put_right": {FieldClass.TRIAL},
        "clock": {FieldClass.TRIAL},
        "recipient": {FieldClass.TRIAL},
        "told_on": {FieldClass.TRIAL},
        "reference": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "note": {FieldClass.CLINICAL, FieldClass.ARM_REVEALING},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }
