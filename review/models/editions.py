"""Editions and their parts: all that a reader is served. Outward rows are reachable for the reading room by a constant policy."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models


class Edition(models.Model):
    """What one audience got, numbered per audience; it can be withdrawn, and nothing else of it ever changes.

    No key leads from here to anything live or to anybody inside.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    audience_key = models.CharField(max_length=40)
    audience_name = models.CharField(max_length=100)
    outward = models.BooleanField()
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20)
    released_on = models.DateField()
    shell = models.JSONField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case_id", "audience_key", "number"], name="edition_number_per_audience"),
            models.UniqueConstraint(fields=["id", "outward"], name="edition_id_and_direction"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="edition_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("to_jsonb(old) - 'withdrawn' <> to_jsonb(new) - 'withdrawn'"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience_key} {self.number}"


class EditionPart(models.Model):
    """One page of an edition: canonical JSON, and HTML rendered at release. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parts")
    outward = models.BooleanField()
    page = models.CharField(max_length=20)
    content = models.TextField()
    html = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "page"], name="page_once_per_edition")]
        triggers = [pgtrigger.Protect(name="part_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.page


class EditionFile(models.Model):
    """A figure that an edition shows: a copy of its pixels, reached through the edition alone. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    outward = models.BooleanField()
    key = models.CharField(max_length=18)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="file_once_per_edition")]
        triggers = [pgtrigger.Protect(name="edition_file_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.key
