"""The log of a text: locking it, and storing its next version with all that goes with it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from prose.anchors import Span
from prose.announcing import announce
from prose.marked import MarkedContent, content_to_json
from prose.marking import mapped, step_maps
from prose.models import Anchor, Checkpoint, Step, Text, Why
from prose.nodes import Json
from prose.schema import TextSchema

CHECKPOINT_EVERY = 50


@dataclass(frozen=True, slots=True)
class Batch:
    """One accepted batch: it took the text from `version - 1` to `version`."""

    version: int
    operation_id: UUID
    by_id: UUID
    at: datetime
    why: Why
    steps: list[Json]

    @classmethod
    def of(cls, row: Step) -> Batch:
        """What the log holds, opened. For those who may read the text live."""
        steps = json.loads(content_to_json(row.steps))
        return cls(row.version, row.operation_id, row.by_id, row.at, Why(row.why), steps)


def batches_since(scope_id: UUID, key: str, version: int) -> tuple[Batch, ...]:
    """What was accepted after that version, in order. One query."""
    rows = Step.objects.filter(text__scope_id=scope_id, text__key=key, version__gt=version)
    return tuple(Batch.of(row) for row in rows.order_by("version"))


def locked(scope_id: UUID, key: str) -> Text:
    """The text, until the end of the transaction nobody else's. Raises Text.DoesNotExist."""
    checkpoints = Checkpoint.objects.filter(text_id=OuterRef("pk"))
    rows = Text.objects.select_for_update(of=("self",)).annotate(has_checkpoint=Exists(checkpoints))
    return rows.get(scope_id=scope_id, key=key)


def next_version(  # a batch is these things
    text: Text, content: MarkedContent, steps: list[Json], *, by_id: UUID, why: Why, operation_id: UUID | None = None
) -> Batch:
    """Store a locked text at its next version, carry its anchors, and tell whoever listens once this is committed."""
    if text.version % CHECKPOINT_EVERY == 0 or not getattr(text, "has_checkpoint", False):
        Checkpoint.objects.bulk_create(
            [Checkpoint(text=text, version=text.version, content=text.content)], ignore_conflicts=True
        )
    _carry_anchors(text, steps)
    text.content, text.version = content, text.version + 1
    text.save(update_fields=["content", "version"])
    row = Step.objects.create(
        text=text,
        version=text.version,
        operation_id=operation_id or uuid.uuid4(),
        by_id=by_id,
        why=why,
        steps=MarkedContent(json.dumps(steps, ensure_ascii=False)),
    )
    announce(text.scope_id, f"text|{text.key}|{text.version}")
    return Batch(row.version, row.operation_id, by_id, row.at, why, steps)


def _carry_anchors(text: Text, steps: list[Json]) -> None:
    anchors = list(Anchor.objects.filter(text_id=text.pk))
    if not anchors:
        return
    maps = step_maps(steps, TextSchema(text.kind))
    moved = []
    for anchor in anchors:
        span = mapped(Span(anchor.start, anchor.end), maps)
        if (span.start, span.end) != (anchor.start, anchor.end):
            anchor.start, anchor.end = span.start, span.end
            moved.append(anchor)
    Anchor.objects.bulk_update(moved, ["start", "end"])
