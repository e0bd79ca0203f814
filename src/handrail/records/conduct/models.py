"""How the trial was run: deviations from the protocol. Masked, but for the words written about each."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass
from handrail.records.encryption import EncryptedTextField


class Deviation(models.Model):
    """One departure from the protocol, about a person or a team. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(
        "enrolment.Registration", on_delete=models.PROTECT, null=True, related_name="+"
    )
    team_code = models.CharField(max_length=30)
    found_on = models.DateField()
    kind = models.CharField(max_length=40)
    note = EncryptedTextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    classes = {
        "id": {FieldClass.TRIAL},
        "registration": {FieldClass.TRIAL},
        "team_code": {FieldClass.TRIAL},
        "found_on": {FieldClass.TRIAL},
        "kind": {FieldClass.TRIAL},
        "note": {FieldClass.ARM_REVEALING},
        "recorded_by": {FieldClass.TRIAL},
        "recorded_at": {FieldClass.TRIAL},
    }
