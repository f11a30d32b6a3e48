"""A case, its header, its people as readers know them, and its audiences."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.roles import Action
from prose.models import Text


def worded() -> models.OneToOneField[Text, Text]:
    """A worded attribute: the key to a text that belongs to this row alone."""
    return models.OneToOneField(Text, on_delete=models.PROTECT, related_name="+")


class Case(models.Model):
    """One report. Holds no words, so that the reading room may know that it exists and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=8)

    class Meta:
        default_permissions = ()
        permissions = [(action.value, action.label) for action in Action]

    def __str__(self) -> str:
        return self.reference


class CaseHeader(models.Model):
    """What the case is about: its words and dates."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="header")
    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20)
    rehearsal = models.BooleanField()
    contexts = ArrayField(models.CharField(max_length=20), default=list)
    rating = models.CharField(max_length=20, null=True)  # noqa: DJ001  # null: not stated
    confidence = models.CharField(max_length=20, null=True)  # noqa: DJ001
    evidence_cutoff = models.DateField(null=True)
    coverage_date = models.DateField(null=True)
    publication_date = models.DateField(null=True)
    title = worded()
    subject = worded()
    banner = worded()
    predecessor = worded()
    conclusion = worded()
    scope = worded()
    scope_out = worded()
    summary = worded()

    def __str__(self) -> str:
        return str(self.case_id)


class CasePerson(models.Model):
    """Somebody named in the case: key, name and a role word. Not an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    named_outside = models.BooleanField(default=False)
    decides = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="person_key_once_per_case")]

    def __str__(self) -> str:
        return self.key


class CaseAudience(models.Model):
    """A named set of grounds that its readers are cleared for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="audiences")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    outward = models.BooleanField()
    cleared = ArrayField(models.CharField(max_length=30), default=list)
    sees_marks_of = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="audience_key_once_per_case")]

    def __str__(self) -> str:
        return self.key
