"""Telling other processes that something happened, in the transaction in which it happened: ids and versions, never words."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

CHANNEL = "safetycase"


def announce(scope_id: UUID, what: str) -> None:
    """Heard by every process that listens, after the commit; never heard if there is none. `what`: as in `text|t-…|7`."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, f"{scope_id}|{what}"])
