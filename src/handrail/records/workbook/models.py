"""The person's own pages. Sealed, as an online workbook can betray the arm; private, as they are theirs.

Every person's words are encrypted under a key of their own, which is itself kept encrypted under the
installation's keys. Throw the key away and the words are gone.
"""

import uuid

from django.db import models

from handrail.domain.words import FieldClass

ARM = FieldClass.ARM_REVEALING


class PersonKey(models.Model):
    """One person's key, wrapped by the installation's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "wrapped_key": {ARM},
    }


class Page(models.Model):
    """What a person wrote in one field of one part, under the version of the wording that they saw."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    words = models.BinaryField()
    written_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "part": {ARM},
        "field": {ARM},
        "version": {ARM},
        "words": {FieldClass.IDENTIFYING, ARM},
        "written_at": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "part", "field"], name="workbook_one_page_a_field")
        ]
