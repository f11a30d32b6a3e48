"""Grants, and the two views that turn live grants into permissions. Grants are the only thing written."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from guardian.models import UserObjectPermissionBase

from cases.models.case import Case, CaseAudience


class Grant(models.Model):
    """Who may do what in which case, for which audience, until when, and why. Ends by expiry or revocation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    audience = models.ForeignKey(CaseAudience, on_delete=models.PROTECT, null=True)
    grounds = ArrayField(models.CharField(max_length=30), default=list)  # what a decider decides on
    why = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.role

    @classmethod
    def live(cls) -> models.QuerySet[Grant]:
        """Those that give something now."""
        return cls.objects.filter(revoked_at=None, expires_at__gt=Now())


class RolePermission(models.Model):
    """Which role holds which permission: written from `cases.roles.PERMITS` when the database is set up."""

    role = models.CharField(max_length=20)
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE)

    class Meta:
        db_table = "role_permissions"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once")]

    def __str__(self) -> str:
        return self.role


class LiveCasePermission(UserObjectPermissionBase):
    """guardian's permission table, as a view of what live grants give at this very moment."""

    content_object = models.ForeignKey(Case, on_delete=models.DO_NOTHING)

    class Meta(UserObjectPermissionBase.Meta):
        managed = False
        db_table = "live_case_permission"


class OutwardPermission(models.Model):
    """What live grants give to outside people: the only thing that the reading room knows of grants."""

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    case_id = models.UUIDField()
    audience_key = models.CharField(max_length=40)
    permission = models.CharField(max_length=40)

    class Meta:
        managed = False
        db_table = "outward_permission"
        default_permissions = ()

    def __str__(self) -> str:
        return self.permission


class InwardPermission(models.Model):
    """The same for inside readers of inward editions."""

    id = models.UUIDField(primary_key=True)
    user_id = models.UUIDField()
    case_id = models.UUIDField()
    audience_key = models.CharField(max_length=40)
    permission = models.CharField(max_length=40)

    class Meta:
        managed = False
        db_table = "inward_permission"
        default_permissions = ()

    def __str__(self) -> str:
        return self.permission


class OrganisationCeiling(models.Model):
    """The most that people of one organisation may be given in one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.CASCADE, related_name="ceilings")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    audience = models.ForeignKey(CaseAudience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organisation", "case"], name="one_ceiling_per_case")]

    def __str__(self) -> str:
        return str(self.audience_id)
