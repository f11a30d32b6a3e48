"""The trail: ids and verbs, never words."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Somebody did something; `actor_id` is null for what nobody signed in did.

    Requests may only insert, so the time is made in Python: a database default would have to be read back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True)
    target = models.CharField(max_length=60, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["case_id", "at"], name="audit_by_case")]
        triggers = [pgtrigger.Protect(name="audit_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.verb
