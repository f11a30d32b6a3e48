"""What the two sites remember for a short while: counts of sign-in attempts, for now. One table each."""

from django.db import models


class CacheRow(models.Model):
    """One remembered value, as JSON."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class WorkshopCache(CacheRow):
    """The workshop's."""


class ReadingRoomCache(CacheRow):
    """The reading room's."""
