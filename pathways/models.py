"""The report itself: sections, pathways, claims, and the supports between them."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case, CasePerson
from cases.models.case import worded


class Part(models.Model):
    """An ordered thing of one case with a reference of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=8)
    order = models.PositiveIntegerField()
    retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)  # of its attributes: a form that was filled in before is stale

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
    ready = models.BooleanField(default=True)


class Pathway(Part):
    """A representative way to harm."""

    title = worded()
    answer = worded()
    action = worded()
    argument = worded()
    reason = worded()
    ready = models.BooleanField(default=True)
    context = models.CharField(max_length=20, null=True)  # noqa: DJ001  # null: not stated
    frequency = models.CharField(max_length=20, null=True)  # noqa: DJ001
    complexity = models.CharField(max_length=20, null=True)  # noqa: DJ001
    reversibility = models.CharField(max_length=20, null=True)  # noqa: DJ001
    rating = models.CharField(max_length=20, null=True)  # noqa: DJ001
    confidence = models.CharField(max_length=20, null=True)  # noqa: DJ001


class RatingChange(models.Model):
    """How a rating came to be what it is: of a pathway, or (`pathway` null) of the whole case. Inside only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, null=True, related_name="+")
    order = models.PositiveIntegerField()
    on = models.DateField()
    rating = models.CharField(max_length=20, null=True)  # noqa: DJ001
    confidence = models.CharField(max_length=20, null=True)  # noqa: DJ001
    why = worded()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.on.isoformat()


class Tag(Part):
    """A loose group of claims."""

    name = worded()


class Claim(Part):
    """One small statement that can be true or false."""

    statement = worded()
    basis = worded()
    assumptions = worded()
    owner = models.ForeignKey(CasePerson, on_delete=models.SET_NULL, null=True, related_name="+")
    tags = models.ManyToManyField(Tag, through="ClaimTag", related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    grade = models.CharField(max_length=20, null=True)  # noqa: DJ001


class ClaimTag(models.Model):
    """A claim is in a group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["claim", "tag"], name="tag_once_per_claim")]

    def __str__(self) -> str:
        return str(self.tag_id)


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


class Limitation(Part):
    """Where the argument is most likely wrong."""

    title = worded()
    body = worded()


class Term(Part):
    """A word that the report uses in a sense of its own."""

    name = worded()
    definition = worded()
    tentative = models.BooleanField(default=False)


class PartEvent(models.Model):
    """What somebody did to the structure of a case: to the object `ref`, or (empty) to its header. Inside only; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField()
    verb = models.CharField(max_length=20)
    other_ref = models.CharField(max_length=8, blank=True)
    attribute = models.CharField(max_length=30, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["case", "at"], name="part_event_by_time")]
        triggers = [pgtrigger.Protect(name="part_event_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.verb
