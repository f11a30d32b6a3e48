"""Publications: outward editions that anybody may read, at an address that lasts; and what is said beside them later."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from review.models.editions import Edition


class Publication(models.Model):
    """An outward edition at a lasting address. It can be withdrawn; a sentence stays. Nothing else of it ever changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    outward = models.BooleanField(default=True)
    address = models.SlugField(max_length=80, unique=True)
    published_on = models.DateField()
    checked_by = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(outward=True), name="publication_is_outward")]
        triggers = [
            pgtrigger.Protect(
                name="publication_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("to_jsonb(old) - 'withdrawn_on' <> to_jsonb(new) - 'withdrawn_on'"),
            )
        ]

    def __str__(self) -> str:
        return self.address


class Correction(models.Model):
    """A dated notice beside an unchanged publication, with a link to its successor where there is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="corrections")
    on = models.DateField()
    notice = models.TextField()
    successor = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        triggers = [pgtrigger.Protect(name="correction_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.on.isoformat()


class PublicationRead(models.Model):
    """One reading of a publication, as its day. Nothing of the reader is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["publication", "day"], name="reads_by_day")]

    def __str__(self) -> str:
        return self.day.isoformat()
