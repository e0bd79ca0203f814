"""Extract files, the rows they held, and what is worked out from them. Masked.

What came in a file (:class:`ExtractFile`, :class:`SpellRow`, :class:`RefusedRow`, :class:`Match`) and what
people decided (:class:`RecordsEnd`, :class:`Adjudication`) is append-only. What is worked out
(:class:`Episode`, :class:`EpisodeRow`, :class:`Outcome`) is thrown away and worked out again at will.
"""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField


class ExtractFile(models.Model):
    """One acute-care file as it came. The same bytes twice are one file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    covers_until = models.DateField()
    row_count = models.PositiveIntegerField()
    kept_count = models.PositiveIntegerField()
    refused_count = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.UUIDField()

    classes = {
        "id": {FieldClass.TRIAL},
        "name": {FieldClass.TRIAL},
        "sha256": {FieldClass.TRIAL},
        "covers_until": {FieldClass.TRIAL},
        "row_count": {FieldClass.TRIAL},
        "kept_count": {FieldClass.TRIAL},
        "refused_count": {FieldClass.TRIAL},
        "read_at": {FieldClass.TRIAL},
        "read_by": {FieldClass.TRIAL},
    }


class SpellRow(models.Model):
    """One row of a file, kept as it came. Append-only.

    ``person_key`` is a keyed hash of the number in the file: it finds the person, and names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    extract = models.ForeignKey(ExtractFile, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    person_key = models.CharField(max_length=64, db_index=True)
    service = models.CharField(max_length=20)
    provider = models.CharField(max_length=60)
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    classes = {
        "id": {FieldClass.TRIAL},
        "extract": {FieldClass.TRIAL},
        "line": {FieldClass.TRIAL},
        "person_key": {FieldClass.TRIAL},
        "service": {FieldClass.CLINICAL},
        "provider": {FieldClass.CLINICAL},
        "start_on": {FieldClass.CLINICAL},
        "end_on": {FieldClass.CLINICAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "line"], name="acutecare_one_row_a_line"),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True) | models.Q(end_on__gte=models.F("start_on")),
                name="acutecare_ends_after_it_starts",
            ),
        ]


class RefusedRow(models.Model):
    """One row that a file held and a rule refused: which rule, and where. Append-only, never silent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    extract = models.ForeignKey(ExtractFile, on_delete=models.PROTECT, related_name="refused_rows")
    line = models.PositiveIntegerField()
    person_key = models.CharField(max_length=64, default="")
    rule = models.CharField(max_length=40)
    column = models.CharField(max_length=40, default="")
    problem = models.CharField(max_length=300)

    classes = {
        "id": {FieldClass.TRIAL},
        "extract": {FieldClass.TRIAL},
        "line": {FieldClass.TRIAL},
        "person_key": {FieldClass.TRIAL},
        "rule": {FieldClass.TRIAL},
        "column": {FieldClass.TRIAL},
        "problem": {FieldClass.CLINICAL},
    }


class Match(models.Model):
    """Which registered person a number in a file belongs to. Append-only."""

    person_key = models.CharField(primary_key=True, max_length=64)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField()

    classes = {
        "person_key": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "matched_at": {FieldClass.TRIAL},
    }


class RecordsEnd(models.Model):
    """The last day on which this person's records could be seen, as after a move. The latest word holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    observed_until = models.DateField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "observed_until": {FieldClass.TRIAL},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }


class Episode(models.Model):
    """One stretch of acute care, worked out from the rows: overlapping and touching spells are one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField()
    is_index = models.BooleanField()
    first_services = models.CharField(max_length=80)

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "start_on": {FieldClass.CLINICAL},
        "end_on": {FieldClass.CLINICAL},
        "is_index": {FieldClass.CLINICAL},
        "first_services": {FieldClass.CLINICAL},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "start_on"], name="acutecare_one_episode_a_start")
        ]


class EpisodeRow(models.Model):
    """Which rows an episode was made of: its provenance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="sources")
    spell = models.ForeignKey(SpellRow, on_delete=models.PROTECT, related_name="+")
    joined = models.CharField(max_length=20)

    classes = {
        "id": {FieldClass.TRIAL},
        "episode": {FieldClass.TRIAL},
        "spell": {FieldClass.TRIAL},
        "joined": {FieldClass.CLINICAL},
    }


class Outcome(models.Model):
    """What the rows say of one entered person, by which definition. Adjudication may overrule it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=30)
    readmitted = models.BooleanField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    first_service = models.CharField(max_length=80, default="")
    nights = models.PositiveSmallIntegerField(null=True)
    calendar_days = models.PositiveSmallIntegerField(null=True)
    followed_days = models.PositiveSmallIntegerField(null=True)
    day_from_index_end = models.PositiveSmallIntegerField(null=True)
    definition_hash = models.CharField(max_length=64)
    linked_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "status": {FieldClass.CLINICAL},
        "readmitted": {FieldClass.CLINICAL},
        "day": {FieldClass.CLINICAL},
        "first_service": {FieldClass.CLINICAL},
        "nights": {FieldClass.CLINICAL},
        "calendar_days": {FieldClass.CLINICAL},
        "followed_days": {FieldClass.CLINICAL},
        "day_from_index_end": {FieldClass.CLINICAL},
        "definition_hash": {FieldClass.TRIAL},
        "linked_at": {FieldClass.TRIAL},
    }


class Adjudication(models.Model):
    """A masked adjudicator's decision where the rows cannot say. Append-only; the latest holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("enrolment.Registration", on_delete=models.PROTECT, related_name="+")
    status_before = models.CharField(max_length=30)
    status = models.CharField(max_length=30)
    day = models.PositiveSmallIntegerField(null=True)
    first_service = models.CharField(max_length=80, default="")
    grounds = EncryptedTextField()
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "status_before": {FieldClass.CLINICAL},
        "status": {FieldClass.CLINICAL},
        "day": {FieldClass.CLINICAL},
        "first_service": {FieldClass.CLINICAL},
        "grounds": {FieldClass.CLINICAL},
        "decided_by": {FieldClass.TRIAL},
        "decided_at": {FieldClass.TRIAL},
    }
