"""A text and the log of what was done to it."""

from __future__ import annotations

import uuid
from enum import StrEnum

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from prose.fields import MarkedTextField
from prose.marked import MarkedText
from prose.schema import TextSchema


class Text(models.Model):
    """One worded field of something. Its owner holds the key to it; `scope_id` says whose house it stands in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope_id = models.UUIDField()
    key = models.CharField(max_length=18)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in TextSchema])
    version = models.PositiveIntegerField(default=0)
    content = MarkedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope_id", "key"], name="text_key_once_per_scope")]

    def __str__(self) -> str:
        return self.key

    def bound_to(self, register: object) -> MarkedText:
        """The text with its marks, to be looked up in that register."""
        return MarkedText(
            key=self.key,
            kind=TextSchema(self.kind),
            version=self.version,
            scope=self.scope_id,
            content=self.content,
            register=register,
        )


class Why(StrEnum):
    """What a batch of steps was: somebody wrote, or a command did it for them."""

    WRITTEN = "written"
    MARKED = "marked"
    UNMARKED = "unmarked"
    RESTORED = "restored"
    SUGGESTED = "suggested"
    REPLACED = "replaced"
    PLACED = "placed"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """As words in a sentence that begins with a name: "Jun wrote"."""
        return LABELS[self]


LABELS = {
    Why.WRITTEN: "wrote",
    Why.MARKED: "hid words",
    Why.UNMARKED: "showed words again",
    Why.RESTORED: "restored an earlier version",
    Why.SUGGESTED: "accepted a suggestion",
    Why.REPLACED: "replaced words in the whole case",
    Why.PLACED: "made a claim or evidence of words",
    Why.MOVED: "moved words in a merge or a split",
}


class Step(models.Model):
    """One accepted batch of steps: `steps` took the text from `version - 1` to `version`. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="log")
    version = models.PositiveIntegerField()
    operation_id = models.UUIDField()
    by_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=10, choices=[(why.value, why.value) for why in Why])
    steps = MarkedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "version"], name="step_version_once"),
            models.UniqueConstraint(fields=["text", "operation_id"], name="step_operation_once"),
        ]
        indexes = [BrinIndex(fields=["at"], name="step_by_time")]  # the log only grows: small, and next to no work
        triggers = [pgtrigger.Protect(name="step_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.version}"


class Checkpoint(models.Model):
    """The content of a text at one version, from which later versions are made again by its steps. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="checkpoints")
    version = models.PositiveIntegerField()
    content = MarkedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "version"], name="checkpoint_version_once")]
        triggers = [pgtrigger.Protect(name="checkpoint_is_final", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.version}"


class Anchor(models.Model):
    """A range of a text, at its newest version: carried by every accepted batch. `start == end`: its words are gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="anchors")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
