"""Writes the table of who may act into the database, where the permission views read it. Run whenever a database is set up."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from cases.models import Case, RolePermission
from cases.roles import PERMITS


@transaction.atomic
def write_role_permissions() -> None:
    """Make `role_permissions` say exactly what `PERMITS` says."""
    kind = ContentType.objects.get_for_model(Case)
    ids = dict(Permission.objects.filter(content_type=kind).values_list("codename", "id"))
    RolePermission.objects.all().delete()
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission_id=ids[action.value])
        for action, permit in PERMITS.items()
        for role in sorted(permit.roles)
    )
