"""The report itself: sections, pathways, claims, and the supports between them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from cases.models.case import worded


class Part(models.Model):
    """An ordered thing of one case with a reference of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=8)
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="%(class)s_ref_once_per_case")]

    def __str__(self) -> str:
        return self.ref


class Section(Part):
    """A stretch of free prose."""

    title = worded()
    body = worded()


class Pathway(Part):
    """A representative way to harm."""

    title = worded()
    answer = worded()
    action = worded()
    argument = worded()
    context = models.CharField(max_length=20, null=True)  # noqa: DJ001  # null: not stated
    frequency = models.CharField(max_length=20, null=True)  # noqa: DJ001
    complexity = models.CharField(max_length=20, null=True)  # noqa: DJ001
    reversibility = models.CharField(max_length=20, null=True)  # noqa: DJ001
    rating = models.CharField(max_length=20, null=True)  # noqa: DJ001
    confidence = models.CharField(max_length=20, null=True)  # noqa: DJ001


class Claim(Part):
    """One small statement that can be true or false."""

    statement = worded()
    basis = worded()
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    grade = models.CharField(max_length=20, null=True)  # noqa: DJ001


class Support(Part):
    """The link by which a pathway or a claim rests on a claim."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, null=True, related_name="+")
    resting = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)
    reason = worded()

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(pathway__isnull=False, resting__isnull=True)
                | Q(pathway__isnull=True, resting__isnull=False),
                name="support_of_one_thing",
            ),
        ]
