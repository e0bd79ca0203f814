"""Peer pairing, sessions, and leaving the programme. Sealed: a single row here betrays the arm."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField

ARM = FieldClass.ARM_REVEALING


class Pairing(models.Model):
    """A person and their peer worker, from a day and until a day. One open pairing at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    paired_on = models.DateField()
    until_on = models.DateField(null=True)
    paired_by = models.UUIDField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "worker": {ARM},
        "paired_on": {ARM},
        "until_on": {ARM},
        "paired_by": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(until_on__isnull=True), name="support_one_worker_at_once"
            )
        ]


class Session(models.Model):
    """One meeting: planned, then held, missed or cancelled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    attendance = models.CharField(max_length=20)
    held_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=20, default="")
    parts = models.CharField(max_length=300, default="")

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "worker": {ARM},
        "planned_at": {ARM},
        "attendance": {ARM},
        "held_on": {ARM},
        "minutes": {ARM},
        "place": {ARM},
        "parts": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "planned_at"],
                condition=~models.Q(attendance="cancelled"),
                name="support_one_session_at_once",
            ),
            models.CheckConstraint(
                condition=models.Q(attendance="held", held_on__isnull=False, minutes__isnull=False)
                | (~models.Q(attendance="held") & models.Q(held_on__isnull=True, minutes__isnull=True)),
                name="support_held_has_a_day",
            ),
        ]


class Change(models.Model):
    """A planned meeting moved, called off or not held: the time it had, whose wish, and why. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    was_at = models.DateTimeField()
    now_at = models.DateTimeField(null=True)
    whose = models.CharField(max_length=20)
    reason = models.CharField(max_length=20)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "session": {ARM},
        "was_at": {ARM},
        "now_at": {ARM},
        "whose": {ARM},
        "reason": {ARM, FieldClass.CLINICAL},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
    }


class Writing(models.Model):
    """Words in the meeting log, which is the service's and which the person reads too. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    words = EncryptedTextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "session": {ARM},
        "about": {ARM},
        "kind": {ARM},
        "words": {ARM, FieldClass.CLINICAL},
        "written_by": {ARM},
        "written_at": {ARM},
    }


class Farewell(models.Model):
    """What somebody was told when their worker could not go on: by whom, what was offered. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20)
    words = EncryptedTextField()
    new_worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    meeting_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "worker": {ARM},
        "why": {ARM},
        "words": {ARM},
        "new_worker": {ARM},
        "meeting_at": {ARM},
        "told_by": {ARM},
        "told_at": {ARM},
    }


class Ending(models.Model):
    """How two people's meetings ended, the worker's letter, and what was said of contact. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    how = models.CharField(max_length=20)
    letter = EncryptedTextField()
    contact = models.CharField(max_length=20)
    write_until = models.DateField(null=True)
    kept_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "worker": {ARM},
        "held_on": {ARM},
        "how": {ARM},
        "letter": {ARM, FieldClass.CLINICAL},
        "contact": {ARM},
        "write_until": {ARM},
        "kept_at": {ARM},
    }


class ProgrammeStop(models.Model):
    """A wish to stop the programme; interviews and records go on unless they say so too. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    stopped_on = models.DateField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "stopped_on": {ARM},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
    }


class AttendanceGap(models.Model):
    """Attendance that cannot be known, as when paper notes are lost: unknown is never nought. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
    }


class Relatedness(models.Model):
    """An unmasked judgement, signed: did the event come from the programme or the research? Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField("safety.AdverseEvent", on_delete=models.PROTECT, related_name="+")
    relatedness = models.CharField(max_length=20)
    was_found_by_worker = models.BooleanField()
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "event": {ARM},
        "relatedness": {ARM, FieldClass.CLINICAL},
        "was_found_by_worker": {ARM},
        "signed_by": {ARM},
        "signed_at": {ARM},
    }


class SealedReport(models.Model):
    """That somebody was told of an event that is related, or of an urgent measure. Append-only.

    Sealed, since it follows from how far the event is related. As ``safety.Report``, and with the day on
    which an urgent measure was taken, for a clock that only then begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey("safety.AdverseEvent", on_delete=models.PROTECT, related_name="+")
    puts_right = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    why_put_right = models.CharField(max_length=30, null=True)
    clock = models.CharField(max_length=40)
    recipient = models.CharField(max_length=30)
    started_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    reference = EncryptedTextField()
    note = EncryptedTextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "event": {ARM},
        "puts_right": {ARM},
        "why_put_right": {ARM},
        "clock": {ARM},
        "recipient": {ARM},
        "started_on": {ARM},
        "told_on": {ARM},
        "reference": {ARM},
        "note": {ARM, FieldClass.CLINICAL},
        "recorded_by": {ARM},
        "recorded_at": {ARM},
    }


class MeasuresRelease(models.Model):
    """Figures for managers as they were shown, as of one day: never made again. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    as_of = models.DateField(unique=True)
    shown = models.JSONField()
    made_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "as_of": {ARM},
        "shown": {ARM},
        "made_at": {ARM},
    }
