"""Referrals from crisis teams, what screening found, and how a person left before entry."""

import uuid

from django.db import models

from handrail.domain.words import Exit, FieldClass
from handrail.records.people.models import Person


class Referral(models.Model):
    """One referral of one person by one crisis team, for one spell of its care."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    referral_number = models.CharField(max_length=12, unique=True)
    team_code = models.CharField(max_length=30)
    received_on = models.DateField()
    caseload_from = models.DateField()
    discharged_on = models.DateField(null=True, blank=True)
    agreed_to_contact = models.BooleanField()
    referred_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "referral_number": {FieldClass.TRIAL},
        "team_code": {FieldClass.TRIAL},
        "received_on": {FieldClass.CLINICAL},
        "caseload_from": {FieldClass.CLINICAL},
        "discharged_on": {FieldClass.CLINICAL},
        "agreed_to_contact": {FieldClass.TRIAL},
        "referred_by": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "received_on"], name="referral_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(caseload_from__lte=models.F("received_on")),
                name="referral_caseload_before_referral",
            ),
            models.CheckConstraint(
                condition=models.Q(discharged_on=None)
                | models.Q(discharged_on__gte=models.F("caseload_from")),
                name="referral_discharge_after_caseload",
            ),
        ]


class Assessment(models.Model):
    """One screening, with its answers and what the rule made of them. Added to, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    answered_on = models.DateField()
    is_eligible = models.BooleanField()
    reasons = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    protocol_version = models.CharField(max_length=20)
    assessed_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "referral": {FieldClass.TRIAL},
        "number": {FieldClass.TRIAL},
        "answers": {FieldClass.CLINICAL},
        "answered_on": {FieldClass.CLINICAL},
        "is_eligible": {FieldClass.CLINICAL},
        "reasons": {FieldClass.CLINICAL},
        "warnings": {FieldClass.CLINICAL},
        "protocol_version": {FieldClass.TRIAL},
        "assessed_by": {FieldClass.TRIAL},
    }

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="assessment_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="assessment_number_from_one"),
        ]


class Departure(models.Model):
    """How a referral ended before entry. One to a referral; every one has a coded reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="departure")
    exit = models.CharField(max_length=30)
    left_on = models.DateField()
    noted_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "referral": {FieldClass.TRIAL},
        "exit": {FieldClass.CLINICAL},
        "left_on": {FieldClass.CLINICAL},
        "noted_by": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exit__in=[exit.value for exit in Exit]), name="departure_exit_is_known"
            ),
        ]
