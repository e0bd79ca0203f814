"""Workbooks sent by post: ordered, posted, returned. Sealed: a parcel betrays the arm."""

import uuid

from django.db import models

from handrail.domain.words import FieldClass

ARM = FieldClass.ARM_REVEALING


class Order(models.Model):
    """One workbook for one person, to their address as it stands on the day of posting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    ordered_on = models.DateField()
    due_on = models.DateField()
    posted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "state": {ARM},
        "ordered_on": {ARM},
        "due_on": {ARM},
        "posted_on": {ARM},
        "returned_on": {ARM},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ordered", posted_on__isnull=True, returned_on__isnull=True)
                | models.Q(state="posted", posted_on__isnull=False, returned_on__isnull=True)
                | models.Q(state="returned", posted_on__isnull=False, returned_on__isnull=False),
                name="post_state_has_its_days",
            )
        ]
