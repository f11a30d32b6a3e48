"""What commands hid of an older version of a text after it: where those words stood in it. They may be gone since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import cast
from uuid import UUID

from prosemirror.transform import StepMap

from prose.anchors import Span
from prose.mapping import maps_of
from prose.marked import MarkedContent, content_to_json
from prose.models import Step, Why
from prose.nodes import Json


def hidden_later(text_id: UUID, version: int) -> list[tuple[Span, str]]:
    """Ranges of that version, and the redaction that each was given later. One statement.

    What was lifted again is among them: whoever brings the words back decides anew. Words that were replaced before
    their replacement was hidden count as hidden with it.
    """
    log = Step.objects.filter(text_id=text_id, version__gt=version).order_by("version").values_list("why", "steps")
    found: list[tuple[Span, str]] = []
    maps: list[StepMap] = []
    for why, batch in log:
        if why == Why.MARKED:
            placed = ((_before(span, maps), ref) for span, ref in _hidden_by(batch))
            found += [(span, ref) for span, ref in placed if span.start < span.end]
        maps += maps_of(batch)
    return found


def marked_later(text_id: UUID, version: int) -> list[int]:
    """The versions after that one in which a command hid something."""
    log = Step.objects.filter(text_id=text_id, version__gt=version, why=Why.MARKED).order_by("version")
    return list(log.values_list("version", flat=True))


def _hidden_by(batch: MarkedContent) -> Iterator[tuple[Span, str]]:
    for step in json.loads(content_to_json(batch)):
        if step["stepType"] in ("addMark", "addNodeMark") and step["mark"]["type"] == "redaction":
            start = cast("int", step.get("from", step.get("pos")))
            yield Span(start, cast("int", step.get("to", start + 1))), _ref(step["mark"])


def _ref(mark: dict[str, Json]) -> str:
    return str(cast("dict[str, Json]", mark["attrs"])["ref"])


def _before(span: Span, maps: Sequence[StepMap]) -> Span:
    """The range before those steps. A range of words that came with them is empty, or what they replaced."""
    start, end = span.start, span.end
    for step_map in reversed(maps):
        back = step_map.invert()
        start, end = back.map(start, 1), back.map(end, -1)
    return Span(start, max(start, end))
