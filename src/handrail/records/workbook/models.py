"""The person's own pages. Sealed, as an online workbook can betray the arm; private, as they are theirs.

Every person's words are encrypted under a key of their own, which is itself kept encrypted under the
installation's keys. Throw the key away and the words are gone.
"""

import uuid

from django.db import models

from handrail.domain.words import FieldClass

ARM = FieldClass.ARM_REVEALING
OWN_WORDS = {FieldClass.IDENTIFYING, ARM}


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
    """What a person keeps under one question, under the version of the wording that they saw."""

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
        "words": OWN_WORDS,
        "written_at": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "part", "field"], name="workbook_one_page_a_field")
        ]


class Card(models.Model):
    """One short entry under one question. The page makes its number, so a form sent twice is one card."""

    id = models.UUIDField(primary_key=True, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    words = models.BinaryField()
    place = models.PositiveIntegerField()  # among their writer's cards, from 1, in the order of writing
    written_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "part": {ARM},
        "field": {ARM},
        "version": {ARM},
        "words": OWN_WORDS,
        "place": {ARM},
        "written_at": {ARM},
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="workbook_one_card_a_place")]


class PlanLink(models.Model):
    """A card that stands in the action plan too, and what the plan adds to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=40)
    words = models.BinaryField()
    made_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "card": {ARM},
        "section": {ARM},
        "words": OWN_WORDS,
        "made_at": {ARM},
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "section"], name="workbook_once_in_a_section")]


class Picture(models.Model):
    """A picture under one question, as the server drew it again, and what its owner says is in it."""

    id = models.UUIDField(primary_key=True, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    words = models.BinaryField()
    drawn = models.BinaryField()
    kept_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "part": {ARM},
        "field": {ARM},
        "words": OWN_WORDS,
        "drawn": OWN_WORDS,
        "kept_at": {ARM},
    }


class CheckInSetting(models.Model):
    """What somebody has asked for by way of check-ins; their signs are in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    rhythm = models.CharField(max_length=20)
    words = models.BinaryField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "is_on": {ARM},
        "rhythm": {ARM},
        "words": OWN_WORDS,
    }


class CheckIn(models.Model):
    """One check-in. Nothing of what was said in it stands outside its words."""

    id = models.UUIDField(primary_key=True, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    words = models.BinaryField()
    made_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "words": OWN_WORDS,
        "made_at": {ARM},
    }


class DonePart(models.Model):
    """A part that its writer has done with for now, because they said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    said_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "part": {ARM},
        "said_at": {ARM},
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="workbook_done_once")]
