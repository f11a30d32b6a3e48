"""A cache in the site's own table. JSON, not pickles: whoever could write the table must not be able to run code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

LIVE = "(expires_at IS NULL OR expires_at > statement_timestamp())"


class TableCache(BaseCache):
    """`LOCATION` names the table. Holds little, so what has expired goes whenever something is written."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._table = f'"{table}"'

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default where there is none or it has expired."""
        found = self._ask(
            f"SELECT value::text FROM {self._table} WHERE key = %s AND {LIVE}",
            [self.make_and_validate_key(key, version)],
        )
        return json.loads(found) if found is not None else default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Remember."""
        self._write("true", key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember unless something is remembered; say whether it was."""
        return self._write("c.expires_at <= statement_timestamp()", key, value, timeout, version)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember for longer."""
        until = self._until(timeout)
        return self._do(
            f"UPDATE {self._table} SET expires_at = %s WHERE key = %s AND {LIVE}",
            [until, self.make_and_validate_key(key, version)],
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget."""
        return self._do(f"DELETE FROM {self._table} WHERE key = %s", [self.make_and_validate_key(key, version)])

    def clear(self) -> None:
        """Forget everything."""
        self._do(f"DELETE FROM {self._table}", [])

    def _write(self, may_replace: str, key: str, value: object, timeout: float | None, version: int | None) -> bool:
        self._do(f"DELETE FROM {self._table} WHERE expires_at <= statement_timestamp()", [])
        return self._do(
            f"INSERT INTO {self._table} AS c (key, value, expires_at) VALUES (%s, %s::jsonb, %s) ON CONFLICT (key) "
            f"DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at WHERE {may_replace}",
            [self.make_and_validate_key(key, version), json.dumps(value), self._until(timeout)],
        )

    def _until(self, timeout: float | None) -> datetime | None:
        at = self.get_backend_timeout(timeout)
        return None if at is None else datetime.fromtimestamp(at, UTC)

    def _do(self, statement: str, parameters: list[str | datetime | None]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return bool(cursor.rowcount > 0)

    def _ask(self, statement: str, parameters: list[str | datetime | None]) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            row = cursor.fetchone()
            return row[0] if row else None
