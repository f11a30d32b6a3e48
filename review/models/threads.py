"""What is written about editions. Outside people write threads and comments; replies come from inside, under a role word."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from review.models.editions import Edition


class OutsideThread(models.Model):
    """A remark on words of an outward edition: the text, its range in the shown document, and a copy of those words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The key in the database is (edition, outward): one on the edition alone would tell an inward id from no id at all.
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="threads", db_constraint=False)
    outward = models.BooleanField(default=True)
    page = models.CharField(max_length=20)
    text_key = models.CharField(max_length=18)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    author_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(outward=True), name="thread_on_outward_edition")]
        indexes = [models.Index(fields=["edition", "page"], name="thread_by_page")]

    def __str__(self) -> str:
        return self.text_key


class OutsideComment(models.Model):
    """One thing said in a thread by somebody outside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(OutsideThread, on_delete=models.CASCADE, related_name="comments")
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.at)


class Reply(models.Model):
    """An answer from inside. The reading room may only read it; it names a role, not a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(OutsideThread, on_delete=models.CASCADE, related_name="replies")
    role_word = models.CharField(max_length=40)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.role_word


class ReplyAuthor(models.Model):
    """Who wrote a reply. Workshop only."""

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, primary_key=True, related_name="+")
    by_id = models.UUIDField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.reply_id)
