"""Figures: pixels alone, re-encoded when they came in. Private like every live word; editions hold copies of those they show."""

from __future__ import annotations

import uuid

from django.db import models

from cases.models.case import Case


class CaseFile(models.Model):
    """One figure of a case, as PNG. Its key stands in the text that shows it; it has no name of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=18)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="file_key_once_per_case")]

    def __str__(self) -> str:
        return self.key
