"""Staff sign-ins. People in the programme have no account: they sign in with a one-time code."""

import uuid
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from handrail.domain.words import FieldClass


class Account(AbstractBaseUser):
    """One member of staff: one person, one account, one role. An account that left stays for the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30)
    team_code = models.CharField(max_length=30, default="", blank=True)
    is_active = models.BooleanField(default=True)
    invited_on = models.DateField(null=True)
    left_on = models.DateField(null=True, blank=True)
    unmasked_on = models.DateField(null=True, blank=True)  # once allocations are known, always known
    sessions_from = models.DateTimeField(null=True)  # a session begun before this moment is dead

    objects = BaseUserManager["Account"]()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    classes = {
        "id": {FieldClass.TRIAL},
        "password": {FieldClass.TRIAL},
        "last_login": {FieldClass.TRIAL},
        "email": {FieldClass.TRIAL},
        "name": {FieldClass.TRIAL},
        "role": {FieldClass.TRIAL},
        "team_code": {FieldClass.TRIAL},
        "is_active": {FieldClass.TRIAL},
        "invited_on": {FieldClass.TRIAL},
        "left_on": {FieldClass.TRIAL},
        "unmasked_on": {FieldClass.TRIAL},
        "sessions_from": {FieldClass.TRIAL},
    }


class AccessReview(models.Model):
    """An administrator looked through the list of who has access, and stands by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.UUIDField()
    account_count = models.PositiveIntegerField()

    classes = {
        "id": {FieldClass.TRIAL},
        "reviewed_at": {FieldClass.TRIAL},
        "reviewed_by": {FieldClass.TRIAL},
        "account_count": {FieldClass.TRIAL},
    }


class Installation(models.Model):
    """What this installation is: real, or marked synthetic for good. One row, with id 1.

    ``clock_ahead`` is how far a demonstration's clock is from the real one; zero in a real installation.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_synthetic = models.BooleanField()
    made_at = models.DateTimeField()
    protocol_hash = models.CharField(max_length=64)
    clock_ahead = models.DurationField(default=timedelta)

    classes = {
        "id": {FieldClass.TRIAL},
        "clock_ahead": {FieldClass.TRIAL},
        "is_synthetic": {FieldClass.TRIAL},
        "made_at": {FieldClass.TRIAL},
        "protocol_hash": {FieldClass.TRIAL},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
            models.CheckConstraint(
                condition=models.Q(is_synthetic=True) | models.Q(clock_ahead=timedelta(0)),
                name="installation_real_clock",
            ),
        ]
