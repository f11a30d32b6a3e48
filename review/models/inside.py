"""What people inside say to each other about the live case. The reading room's login reaches none of it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from prose.fields import MarkedTextField
from prose.models import Anchor


class InsideThread(models.Model):
    """A comment, doubt, question or suggestion: about words (`anchor`), about an object or link (`ref`), or about the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    anchor = models.OneToOneField(Anchor, on_delete=models.PROTECT, null=True, related_name="+")
    ref = models.CharField(max_length=8, blank=True)
    quote = models.TextField(blank=True)  # the words as they were, for when they are gone
    # A suggestion: what stays and what would change (review/talk/proposed.py).
    proposed = MarkedTextField(null=True)  # type: ignore[misc]  # the field is typed as never null
    version = models.PositiveIntegerField(null=True)  # of the text, as whoever suggests had read it
    to_id = models.UUIDField(null=True)  # a question: the colleague who is asked
    by_id = models.UUIDField()
    author = models.CharField(
        max_length=200, blank=True
    )  # who wrote it, where no account of ours did: an imported comment
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["case", "state"], name="inside_thread_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(anchor__isnull=True) | Q(ref=""), name="inside_thread_about_one_thing")
        ]

    def __str__(self) -> str:
        return self.kind


class InsideComment(models.Model):
    """One thing said in a thread inside. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(InsideThread, on_delete=models.CASCADE, related_name="comments")
    by_id = models.UUIDField()
    author = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    mentions = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        triggers = [pgtrigger.Protect(name="inside_comment_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.at)


class InsideThreadEvent(models.Model):
    """What became of a thread inside: resolved, opened again, a suggestion accepted in part. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(InsideThread, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField()
    verb = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    version = models.PositiveIntegerField(null=True)  # of the text, that an accepted suggestion made

    class Meta:
        default_permissions = ()
        triggers = [pgtrigger.Protect(name="inside_thread_event_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.verb
