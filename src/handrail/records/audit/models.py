"""The ledger: one line for every act, in the same transaction, append-only and chained."""

from django.db import models

from handrail.domain.words import FieldClass


class Line(models.Model):
    """One act: what, about whom, by whom, when, and the link to the line before it.

    ``wing`` is where the line may be read: lines of the sealed wing are read only there.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.CharField(max_length=60)
    wing = models.CharField(max_length=10)
    about = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    agent = models.CharField(max_length=60, default="")
    role = models.CharField(max_length=30, default="")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, default="")
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    line_hash = models.CharField(max_length=64, unique=True)

    classes = {
        "number": {FieldClass.ARM_REVEALING},
        "event": {FieldClass.ARM_REVEALING},
        "wing": {FieldClass.ARM_REVEALING},
        "about": {FieldClass.TRIAL},
        "by": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},  # a peer worker acts about one arm alone
        "agent": {FieldClass.TRIAL},
        "role": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "at": {FieldClass.TRIAL},
        "reason": {FieldClass.ARM_REVEALING},
        "detail": {FieldClass.ARM_REVEALING},
        "previous_hash": {FieldClass.ARM_REVEALING},
        "line_hash": {FieldClass.ARM_REVEALING},
    }

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="audit_line_about")]


class Head(models.Model):
    """The end of the chain: locked by every act, so that acts queue. One row, with id 1."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    line_count = models.BigIntegerField()
    head_hash = models.CharField(max_length=64)

    classes = {
        "id": {FieldClass.TRIAL},
        "line_count": {FieldClass.ARM_REVEALING},
        "head_hash": {FieldClass.ARM_REVEALING},
    }
