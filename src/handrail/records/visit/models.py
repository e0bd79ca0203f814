"""Visits alone, reminders of meetings, and a worker's calendar: what goes on around meetings. Sealed."""

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
    rung = models.CharField(max_length=20, default="")  # whose turn it was when the worker was heard of

    classes = {
        "id": {ARM},
        "visit": {ARM},
        "at": {ARM},
        "said_at": {ARM},
        "until_at": {ARM},
        "rung": {ARM},
    }


class Call(models.Model):
    """Somebody telephoned about a worker who was overdue: who rang whom, and was it answered. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    rang = models.CharField(max_length=20)
    was_answered = models.BooleanField()
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "visit": {ARM},
        "rang": {ARM},
        "was_answered": {ARM},
        "by": {ARM},
        "at": {ARM},
    }


class Closing(models.Model):
    """A named person closed a visit that was overdue, and says how. Append-only."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, primary_key=True, related_name="+")
    how = models.CharField(max_length=20)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    classes = {"visit": {ARM}, "how": {ARM}, "by": {ARM}, "at": {ARM}}


class Notice(models.Model):
    """One message to one colleague that a rung was reached: when it was first tried, and whether it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField(max_length=20)
    reached_at = models.DateTimeField()
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    classes = {
        "id": {ARM},
        "visit": {ARM},
        "rung": {ARM},
        "reached_at": {ARM},
        "account": {ARM},
        "made_at": {ARM},
        "sent_at": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "rung", "reached_at", "account"], name="visit_one_notice_a_rung"
            )
        ]


class ReminderWish(models.Model):
    """What somebody said of reminders of their meetings. The latest word holds. Append-only."""

    number = models.BigAutoField(primary_key=True)  # in the order kept
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    part_of_day = models.CharField(max_length=20)
    telling = models.CharField(max_length=20)
    kept_by = models.UUIDField()
    kept_at = models.DateTimeField()

    classes = {
        "number": {ARM},
        "entry": {ARM},
        "is_on": {ARM},
        "part_of_day": {ARM},
        "telling": {ARM},
        "kept_by": {ARM},
        "kept_at": {ARM},
    }


class MeetingReminder(models.Model):
    """A reminder that is being sent or was: of one meeting, for the time that it then had."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey("support.Session", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=20, default="")

    classes = {
        "id": {ARM},
        "session": {ARM},
        "planned_at": {ARM},
        "claimed_at": {ARM},
        "sent_at": {ARM},
        "channel": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "planned_at"], name="visit_one_reminder_a_time")
        ]


class CalendarAddress(models.Model):
    """The secret in the address of a worker's calendar, as a keyed hash. A new one ends the one before."""

    worker = models.OneToOneField(
        "accounts.Account", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    secret_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    classes = {"worker": {ARM}, "secret_index": {ARM}, "made_at": {ARM}}
