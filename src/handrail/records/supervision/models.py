"""The worker's side of the programme: supervision, training. Never in a person's file. Sealed."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField

ARM = FieldClass.ARM_REVEALING


class LoggedTalk(models.Model):
    """Time with a supervisor or other peers: coded, so that it holds nobody's story. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    held_on = models.DateField()
    themes = models.JSONField(default=list)
    agreed = models.JSONField(default=list)
    next_on = models.DateField(null=True)
    logged_by = models.UUIDField()
    logged_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "worker": {ARM},
        "kind": {ARM},
        "held_on": {ARM},
        "themes": {ARM},
        "agreed": {ARM},
        "next_on": {ARM},
        "logged_by": {ARM},
        "logged_at": {ARM},
    }


class TrainingDay(models.Model):
    """One day of a peer worker's training. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    held_on = models.DateField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "worker": {ARM},
        "what": {ARM},
        "held_on": {ARM},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "what"], name="supervision_trained_once")]


class SoftCap(models.Model):
    """How many people a supervisor would have a worker support at once. The latest counts. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    cap = models.PositiveSmallIntegerField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    classes = {"id": {ARM}, "worker": {ARM}, "cap": {ARM}, "set_by": {ARM}, "set_at": {ARM}}


class WorkerOffer(models.Model):
    """When, where and in which languages a worker offers to meet. The latest counts. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    times = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    said_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "worker": {ARM},
        "times": {ARM},
        "areas": {ARM},
        "languages": {ARM},
        "said_at": {ARM},
    }


class PersonWish(models.Model):
    """What a person would like of a peer worker. The latest counts. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    times = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    recorded_by = models.UUIDField()
    said_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "times": {ARM},
        "areas": {ARM},
        "languages": {ARM},
        "recorded_by": {ARM},
        "said_at": {ARM},
    }


class WorkerPeriod(models.Model):
    """Days on which a worker is away, or asked for a lighter week: dates, and never a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    classes = {
        "id": {ARM},
        "worker": {ARM},
        "kind": {ARM},
        "from_on": {ARM},
        "until_on": {ARM},
        "cover": {ARM},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
        "taken_back_at": {ARM},
    }


class Reflection(models.Model):
    """A worker's own note, theirs alone unless they share it with their supervisor. In nobody's file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField()
    is_shared = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    classes = {"id": {ARM}, "worker": {ARM}, "words": {ARM}, "is_shared": {ARM}, "written_at": {ARM}}


class FidelityAnswer(models.Model):
    """What one side said after a meeting, in coded words; seen once both have. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey("support.Session", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20)
    answers = models.JSONField()
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "session": {ARM},
        "side": {ARM},
        "answers": {ARM},
        "answered_by": {ARM},
        "answered_at": {ARM},
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "side"], name="supervision_each_side_once")]
