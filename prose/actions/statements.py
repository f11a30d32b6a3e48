"""The statements of one batch, as few and as cheap as can be: every key that somebody presses comes this way.

Written out, because making them anew from the models took longer than PostgreSQL needs for all of them (measured: 60 %).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError

from prose.anchors import Span
from prose.announcing import CHANNEL
from prose.marked import MarkedContent, content_to_json
from prose.models import Text
from prose.schema import TextSchema

LOCK = """
select t.id, t.kind, t.version, t.content, exists (select from prose_checkpoint c where c.text_id = t.id)
from prose_text t where t.scope_id = %s and t.key = %s for update of t
"""
LATER = """
select version, operation_id, by_id, at, why, steps
from prose_step where text_id = %s and (version > %s or operation_id = %s) order by version
"""
ANCHORS = 'select id, start, "end" from prose_anchor where text_id = %s'
MOVE_ANCHORS = """
update prose_anchor a set start = moved.start, "end" = moved.last
from unnest(%s::uuid[], %s::int[], %s::int[]) moved(id, start, last) where a.id = moved.id
"""
STORE = """
with stored as (update prose_text set content = %(content)s, version = %(version)s where id = %(text)s),
     logged as (
        insert into prose_step (id, text_id, version, operation_id, by_id, at, why, steps)
        values (gen_random_uuid(), %(text)s, %(version)s, %(operation)s, %(by)s, %(at)s, %(why)s, %(steps)s)
     )
select pg_notify(%(channel)s, %(said)s)
"""
CHECKPOINT = """
insert into prose_checkpoint (id, text_id, version, content)
select gen_random_uuid(), id, version, content from prose_text where id = %s on conflict do nothing
"""
Row = tuple[Any, ...]


@dataclass(slots=True)
class LockedText:
    """A text that is nobody else's until the end of the transaction."""

    id: UUID
    scope_id: UUID
    key: str
    kind: TextSchema
    version: int
    content: MarkedContent
    has_checkpoint: bool


def lock(scope_id: UUID, key: str) -> LockedText:
    """Lock the text. Raises Text.DoesNotExist, and TransactionManagementError where no transaction would hold the lock."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("a text is locked inside a transaction")
    found = _rows(LOCK, [scope_id, key])
    if not found:
        raise Text.DoesNotExist
    text_id, kind, version, content, has_checkpoint = found[0]
    return LockedText(text_id, scope_id, key, TextSchema(kind), version, MarkedContent(content), has_checkpoint)


def later_rows(text: LockedText, version: int, operation_id: UUID) -> list[Row]:
    """What was accepted after that version, and that operation whenever it was."""
    return _rows(LATER, [text.id, version, operation_id])


def anchors_of(text: LockedText) -> list[tuple[UUID, Span]]:
    """The anchors of a text."""
    return [(anchor_id, Span(start, end)) for anchor_id, start, end in _rows(ANCHORS, [text.id])]


def move_anchors(moved: Iterable[tuple[UUID, Span]]) -> None:
    """Put anchors elsewhere, all in one statement."""
    rows = list(moved)
    if rows:
        columns = ([one for one, _ in rows], [span.start for _, span in rows], [span.end for _, span in rows])
        with connection.cursor() as cursor:
            cursor.execute(MOVE_ANCHORS, columns)


def keep_checkpoint(text: LockedText) -> None:
    """Keep the content as it is stored now, so that this version can be made again."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKPOINT, [text.id])


def store(  # the columns of a batch
    text: LockedText, content: MarkedContent, *, operation_id: UUID, by_id: UUID, at: datetime, why: str, steps: str
) -> None:
    """Put the text at its next version, log what led there, and say so to whoever listens once this is committed."""
    text.content, text.version = content, text.version + 1
    values: dict[str, UUID | int | str | datetime] = {
        "text": text.id,
        "version": text.version,
        "content": content_to_json(content),
        "operation": operation_id,
        "by": by_id,
        "at": at,
        "why": why,
        "steps": steps,
        "channel": CHANNEL,
        "said": f"{text.scope_id}|text|{text.key}|{text.version}",
    }
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)


def _rows(sql: str, values: list[UUID | int | str]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Row] = cursor.fetchall()
        return found
