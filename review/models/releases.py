"""Releases: what was made for which audience, before anybody outside may see it. Workshop only."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models import Case


class Release(models.Model):
    """A snapshot made for named audiences and a purpose. The row is the job: Celery only wakes the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10)
    purpose = models.CharField(max_length=20)
    requested_by_id = models.UUIDField()
    requested_at = models.DateTimeField(auto_now_add=True)
    snapshot_at = models.DateTimeField(null=True)
    acts_seen = models.PositiveIntegerField(default=0)  # in the snapshot: what could hide more (`review.loaders.acts`)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    findings = models.JSONField(default=list)
    fine = models.JSONField(
        default=list
    )  # what was looked at and is in order: (sentence, how much), no words of the case
    left_out = ArrayField(models.CharField(max_length=8), default=list)  # parts that are not ready, by reference
    chosen = ArrayField(models.CharField(max_length=20), default=list)  # an amendment: the pages that it makes anew
    cold_reader_id = models.UUIDField(null=True)
    approved_by_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["case", "-requested_at"], name="release_by_case")]

    def __str__(self) -> str:
        return self.state


class PreparedEdition(models.Model):
    """What one audience of a release will get: its id is the edition's id, its number is given at approval."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="editions")
    audience_key = models.CharField(max_length=40)
    audience_name = models.CharField(max_length=100)
    outward = models.BooleanField()
    statement = models.TextField(blank=True)
    shell = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    unchanged = models.BooleanField(default=False)
    changes = models.JSONField(default=dict)  # since that audience's last edition
    cold_read_digest = models.CharField(max_length=64, blank=True)  # what the cold reader signed
    cold_read_by_id = models.UUIDField(null=True)
    cold_read_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "audience_key"], name="audience_once_per_release")]

    def __str__(self) -> str:
        return self.audience_key


class PreparedPart(models.Model):
    """One page of a prepared edition, as it will be stored at approval."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(PreparedEdition, on_delete=models.CASCADE, related_name="parts")
    page = models.CharField(max_length=20)
    content = models.TextField()
    html = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "page"], name="prepared_page_once")]

    def __str__(self) -> str:
        return self.page


class PreparedMap(models.Model):
    """The private map of one text of a prepared edition: from what was shown to the live text at that version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(PreparedEdition, on_delete=models.CASCADE, related_name="maps")
    text_key = models.CharField(max_length=18)
    version = models.PositiveIntegerField()
    segments = models.JSONField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "text_key"], name="map_once_per_text")]

    def __str__(self) -> str:
        return self.text_key


class PreparedFile(models.Model):
    """A figure that a prepared edition shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(PreparedEdition, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=18)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="prepared_file_once")]

    def __str__(self) -> str:
        return self.key


class CheckDecision(models.Model):
    """Somebody said that two like passages are not the same, and why; holds until either passage changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField()
    by_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "fingerprint"], name="decision_once")]

    def __str__(self) -> str:
        return self.fingerprint[:8]
