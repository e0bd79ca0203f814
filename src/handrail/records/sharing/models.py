"""What people show of their workbooks: to whom, until when, and who looked. Sealed.

Whom they named, whose names they let through and the link itself are encrypted under the person's own key, as
their words are: throw the key away and nothing of it can be read.
"""

import uuid

from django.db import models

from handrail.domain.words import FieldClass

ARM = FieldClass.ARM_REVEALING


class Share(models.Model):
    """One item, shown to one other. The page makes its number, so a form sent twice is one share."""

    id = models.UUIDField(primary_key=True, editable=False)
    entry = models.ForeignKey("enrolment.TrialEntry", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=40)
    field = models.CharField(max_length=40)  # empty where the whole part is shown
    shared_with = models.CharField(max_length=20)
    worker = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.BinaryField()
    link_index = models.CharField(max_length=64)  # empty for a worker, who signs in
    code_hash = models.CharField(max_length=200)
    wrong_count = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    classes = {
        "id": {ARM},
        "entry": {ARM},
        "part": {ARM},
        "field": {ARM},
        "shared_with": {ARM},
        "worker": {ARM},
        "words": {FieldClass.IDENTIFYING, ARM},
        "link_index": {FieldClass.IDENTIFYING, ARM},
        "code_hash": {FieldClass.IDENTIFYING, ARM},
        "wrong_count": {ARM},
        "closed_until": {ARM},
        "made_at": {ARM},
        "until_on": {ARM},
        "withdrawn_at": {ARM},
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link_index"], condition=~models.Q(link_index=""), name="sharing_one_share_a_link"
            ),
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False, link_index="")
                | (models.Q(worker__isnull=True) & ~models.Q(link_index="")),
                name="sharing_by_account_or_by_link",
            ),
        ]


class Look(models.Model):
    """Somebody looked at what is shown to them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()

    classes = {
        "id": {ARM},
        "share": {ARM},
        "looked_at": {ARM},
    }
