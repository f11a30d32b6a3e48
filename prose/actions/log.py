"""The log of a text: what was accepted, and storing its next version with all that goes with it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from prose.actions import statements
from prose.actions.statements import LockedText
from prose.mapping import mapped, step_maps
from prose.marked import MarkedContent, content_to_json
from prose.models import Step, Why
from prose.nodes import Json

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


def batches_since(scope_id: UUID, key: str, version: int) -> tuple[Batch, ...]:
    """What was accepted after that version, in order, opened: for those who may read the text live. One query."""
    rows = Step.objects.filter(text__scope_id=scope_id, text__key=key, version__gt=version).order_by("version")
    columns = rows.values_list("version", "operation_id", "by_id", "at", "why", "steps")
    return tuple(
        Batch(number, operation, by, at, Why(why), json.loads(content_to_json(steps)))
        for number, operation, by, at, why, steps in columns
    )


def later_batches(text: LockedText, version: int, operation_id: UUID) -> tuple[Batch, ...]:
    """What a locked text accepted after that version, and that operation whenever it was, in order."""
    return tuple(
        Batch(number, operation, by, at, Why(why), json.loads(steps))
        for number, operation, by, at, why, steps in statements.later_rows(text, version, operation_id)
    )


def next_version(  # a batch is these things
    text: LockedText, content: MarkedContent, steps: list[Json], *, by_id: UUID, why: Why, operation: UUID | None = None
) -> Batch:
    """Store a locked text at its next version, carry its anchors, and tell whoever listens once this is committed."""
    if text.version % CHECKPOINT_EVERY == 0 or not text.has_checkpoint:
        statements.keep_checkpoint(text)
    _carry_anchors(text, steps)
    at, operation = timezone.now(), operation or uuid.uuid4()
    raw = json.dumps(steps, ensure_ascii=False)
    statements.store(text, content, operation_id=operation, by_id=by_id, at=at, why=why.value, steps=raw)
    return Batch(text.version, operation, by_id, at, why, steps)


def _carry_anchors(text: LockedText, steps: list[Json]) -> None:
    if anchors := statements.anchors_of(text):
        maps = step_maps(steps)
        carried = [(one, span, mapped(span, maps)) for one, span in anchors]
        statements.move_anchors((one, now) for one, span, now in carried if now != span)
