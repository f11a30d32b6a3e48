"""Redactions: one decision to hide, with its private side."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.case import Case


class Redaction(models.Model):
    """One decision. What editions may know of it is `cases.redaction.Redaction`; the reason and the people stay here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="redactions")
    order = models.PositiveIntegerField()
    ref = models.CharField(max_length=8)
    ground = models.CharField(max_length=30)
    note = models.TextField()
    reason = models.TextField()
    extent = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    instead = models.JSONField(default=dict)
    revealed_to = ArrayField(models.CharField(max_length=40), default=list)
    cover = models.CharField(max_length=10)
    target = models.CharField(max_length=8, blank=True)
    attribute = models.CharField(max_length=30, blank=True)
    omitted = models.BooleanField(default=False)
    proposed_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="redaction_ref_once_per_case")]

    def __str__(self) -> str:
        return self.ref
