"""Identity and contact: the only room with names. Everything that identifies is encrypted."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField


class Person(models.Model):
    """Somebody referred to the programme. ``is_synthetic`` people are shown as such everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = EncryptedTextField()
    surname = EncryptedTextField()
    born_on = EncryptedTextField()
    nhs_number = EncryptedTextField()
    nhs_number_index = models.CharField(max_length=64, unique=True, null=True)
    surname_index = models.CharField(max_length=64, default="")
    email = EncryptedTextField()
    email_index = models.CharField(max_length=64, default="", db_index=True)
    telephone = EncryptedTextField()
    telephone_index = models.CharField(max_length=64, default="", db_index=True)
    address = EncryptedTextField()
    postcode = EncryptedTextField()
    contact_confirmed_at = models.DateTimeField(null=True)
    contact_confirmed_by = models.UUIDField(null=True)
    is_contact_confirmed_unmasked = models.BooleanField(default=False)  # by staff unmasked at that moment
    is_synthetic = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)

    classes = {
        "id": {FieldClass.TRIAL},
        "given_name": {FieldClass.IDENTIFYING},
        "surname": {FieldClass.IDENTIFYING},
        "born_on": {FieldClass.IDENTIFYING},
        "nhs_number": {FieldClass.IDENTIFYING},
        "nhs_number_index": {FieldClass.IDENTIFYING},
        "surname_index": {FieldClass.IDENTIFYING},
        "email": {FieldClass.IDENTIFYING},
        "email_index": {FieldClass.IDENTIFYING},
        "telephone": {FieldClass.IDENTIFYING},
        "telephone_index": {FieldClass.IDENTIFYING},
        "address": {FieldClass.IDENTIFYING},
        "postcode": {FieldClass.IDENTIFYING},
        "contact_confirmed_at": {FieldClass.TRIAL},
        "contact_confirmed_by": {FieldClass.TRIAL},
        "is_contact_confirmed_unmasked": {FieldClass.TRIAL},
        "is_synthetic": {FieldClass.TRIAL},
        "died_on": {FieldClass.CLINICAL},
    }


class Death(models.Model):
    """What was recorded of one death: its day, or none where it was taken back. The latest word holds.

    Append-only; ``Person.died_on`` is the latest word again, for queries.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    died_on = models.DateField(null=True)
    why_put_right = models.CharField(max_length=30, null=True)  # none on a first record
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "died_on": {FieldClass.CLINICAL},
        "why_put_right": {FieldClass.TRIAL},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }


class SafeContactCard(models.Model):
    """What a person said of how they are contacted safely. The latest word holds. Append-only.

    The same again confirms it. ``kept_as``: the role of whoever kept it, as it then was; a person has none.
    """

    number = models.BigAutoField(primary_key=True)  # in the order kept
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ways = EncryptedTextField()  # in their stored words, with blanks between
    may_leave_voicemail = models.BooleanField()
    safe_times = EncryptedTextField()
    language = EncryptedTextField()
    needs = EncryptedTextField()
    not_to = EncryptedTextField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()
    kept_as = models.CharField(max_length=20, default="")

    classes = {
        "number": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "ways": {FieldClass.IDENTIFYING},
        "may_leave_voicemail": {FieldClass.TRIAL},
        "safe_times": {FieldClass.IDENTIFYING},
        "language": {FieldClass.IDENTIFYING},
        "needs": {FieldClass.IDENTIFYING},
        "not_to": {FieldClass.IDENTIFYING},
        "kept_at": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "kept_by": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "kept_as": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
    }


class SignInCode(models.Model):
    """A one-time code for a person, kept as a salted hash; used once, and for ten minutes.

    ``opens_offer`` is decided when it is issued. Who gave it tells the arm where that was a peer worker.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    opens_offer = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_count = models.PositiveSmallIntegerField(default=0)

    classes = {
        "id": {FieldClass.TRIAL},
        "person": {FieldClass.TRIAL},
        "code_hash": {FieldClass.IDENTIFYING},
        "issued_at": {FieldClass.TRIAL},
        "issued_by": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "opens_offer": {FieldClass.TRIAL, FieldClass.ARM_REVEALING},
        "expires_at": {FieldClass.TRIAL},
        "used_at": {FieldClass.TRIAL},
        "wrong_count": {FieldClass.TRIAL},
    }


class SignInRequest(models.Model):
    """Somebody at the door asked for a code, or for a new password: kept first, answered afterwards.

    The page does the same for a known and an unknown contact, because it does not look; whoever asks
    cannot tell from the answer or its speed who is here. The contact is wiped once answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)
    contact = EncryptedTextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    classes = {
        "id": {FieldClass.TRIAL},
        "kind": {FieldClass.TRIAL},
        "contact": {FieldClass.IDENTIFYING},
        "asked_at": {FieldClass.TRIAL},
        "answered_at": {FieldClass.TRIAL},
    }
