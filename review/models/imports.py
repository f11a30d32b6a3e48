"""A document that somebody brings, while they say where its parts go. Gone once imported or dropped."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from cases.models import Case


class ImportDraft(models.Model):
    """A document as it was read (`review.bringing.stored`; never the file), kept until its parts are placed. Seen by who brought it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    format = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.format
