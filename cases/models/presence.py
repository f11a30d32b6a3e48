"""Who is in a case just now, and where. Lost without harm."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from cases.models.case import Case


class Presence(models.Model):
    """One open tab of somebody: in which text, and what is selected there at which version. Old rows mean nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by_id = models.UUIDField()
    page = models.CharField(max_length=20)
    text_key = models.CharField(max_length=18, blank=True)
    version = models.PositiveIntegerField(default=0)
    anchor = models.PositiveIntegerField(default=0)
    head = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.by_id)
