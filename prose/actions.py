"""All writes to texts."""

from __future__ import annotations

import json
import uuid
from uuid import UUID

from prose.announcing import announce
from prose.anchors import Span
from prose.marked import MarkedContent
from prose.marking import CannotMark, carries_mark, carry, mark_range, unmark_range
from prose.models import Step, Text, Why
from prose.nodes import Json
from prose.schema import TextSchema


def mark_words(*, scope_id: UUID, key: str, version: int, span: Span, ref: str, by_id: UUID) -> int:
    """Lay a redaction over a range that was selected at `version`; returns the new version.

    Call inside a transaction: locks the text. Raises Text.DoesNotExist, CannotMark.
    """
    text = Text.objects.select_for_update().get(scope_id=scope_id, key=key)
    if version > text.version:
        raise CannotMark("load the page again and select the words anew")
    kind = TextSchema(text.kind)
    later = text.log.filter(version__gt=version).order_by("version").values_list("steps", flat=True)
    text.content, steps = mark_range(text.content, kind, carry(span, kind, later), ref)
    return _log(text, steps, by_id, Why.MARKED)


def unmark_words(*, scope_id: UUID, key: str, version: int, span: Span, ref: str, by_id: UUID) -> int:
    """Take a redaction off a range; returns the new version.

    Showing is the dangerous direction, so the range is never carried: the text must stand at the very `version` that was
    looked at. Call inside a transaction: locks the text. Raises Text.DoesNotExist, CannotMark.
    """
    text = Text.objects.select_for_update().get(scope_id=scope_id, key=key)
    if version != text.version:
        raise CannotMark("this text has changed since; load the page again and select the words anew")
    text.content, steps = unmark_range(text.content, TextSchema(text.kind), span, ref)
    return _log(text, steps, by_id, Why.UNMARKED)


def is_marked_somewhere(*, scope_id: UUID, ref: str) -> bool:
    """Whether the redaction lies on any words of the scope."""
    contents = Text.objects.filter(scope_id=scope_id).values_list("content", flat=True)
    return any(carries_mark(content, ref) for content in contents.iterator())


def _log(text: Text, steps: list[Json], by_id: UUID, why: Why) -> int:
    """Store the text at its next version and tell whoever listens, once this is committed."""
    text.version += 1
    text.save(update_fields=["content", "version"])
    Step.objects.create(
        text=text,
        version=text.version,
        operation_id=uuid.uuid4(),
        by_id=by_id,
        why=why,
        steps=MarkedContent(json.dumps(steps, ensure_ascii=False)),
    )
    announce(text.scope_id, f"text|{text.key}|{text.version}")
    return text.version
