"""Consent as given, by form version and statement; and each later yes or no to one scope of it."""

import uuid

from django.db import models

from handrail.domain.words import ConsentRoute, FieldClass, Scope
from handrail.records.encryption import EncryptedTextField
from handrail.records.people.models import Person

# A no to the programme itself is said in the sealed wing: only people offered sessions can say it.
CHANGEABLE = [scope.value for scope in Scope if scope is not Scope.PROGRAMME]


class Consent(models.Model):
    """One giving of consent, under one version of the form. Added to, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    number = models.PositiveSmallIntegerField()
    form_version = models.CharField(max_length=20)
    statements = models.JSONField()
    scopes = models.JSONField()  # what those statements opened, under the form of that day
    capacity_confirmed = models.BooleanField()
    how = models.CharField(max_length=30)
    given_on = models.DateField()
    given_at = models.DateTimeField()
    taken_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "number": {FieldClass.TRIAL},
        "form_version": {FieldClass.TRIAL},
        "statements": {FieldClass.TRIAL},
        "scopes": {FieldClass.TRIAL},
        "capacity_confirmed": {FieldClass.CLINICAL},
        "how": {FieldClass.TRIAL},
        "given_on": {FieldClass.TRIAL},
        "given_at": {FieldClass.TRIAL},
        "taken_by": {FieldClass.TRIAL},
    }

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="consent_number_once"),
            models.CheckConstraint(
                condition=models.Q(capacity_confirmed=True), name="consent_needs_capacity_confirmed"
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=[route.value for route in ConsentRoute]),
                name="consent_how_is_known",
            ),
        ]


class ScopeChange(models.Model):
    """A person said no, or yes again, to one scope from a day on. Added to, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scope_changes")
    number = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=20)
    is_open = models.BooleanField()
    from_on = models.DateField()
    words = EncryptedTextField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "number": {FieldClass.TRIAL},
        "scope": {FieldClass.TRIAL},
        "is_open": {FieldClass.TRIAL},
        "from_on": {FieldClass.TRIAL},
        "words": {FieldClass.CLINICAL},
        "changed_at": {FieldClass.TRIAL},
        "changed_by": {FieldClass.TRIAL},
    }

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="scope_change_number_once"),
            models.CheckConstraint(
                condition=models.Q(scope__in=CHANGEABLE), name="scope_change_never_of_the_programme"
            ),
        ]
