"""Redactions: one decision to hide, with its private side."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

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
    bears_load = models.BooleanField(default=False)
    decide_again = models.DateField(null=True)
    proposed_by_id = models.UUIDField(null=True)
    asked_to_omit_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="redaction_ref_once_per_case")]

    def __str__(self) -> str:
        return self.ref


class RedactionEvent(models.Model):
    """What somebody decided about a redaction, when, and why. Inside only; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=20)
    why = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        triggers = [pgtrigger.Protect(name="redaction_event_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.verb
