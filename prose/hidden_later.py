"""What was hidden of an older version of a text after it, and shown again: where those words stood in it. They may be gone since.

Read from the log of the text after that version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast
from uuid import UUID

from prosemirror.transform import StepMap

from prose.anchors import Span
from prose.covering import ranges
from prose.mapping import Raw, mapped, node_size, step_maps
from prose.marked import content_to_json
from prose.models import Step, Why
from prose.surviving import Kept, surviving

REDACTION = "redaction"
LAYING = ("addMark", "addNodeMark")
LIFTING = ("removeMark", "removeNodeMark")


class Entry(NamedTuple):
    """One batch of the log."""

    version: int
    why: str
    steps: list[Raw]
    maps: list[StepMap]


Log = Sequence[Entry]


def log_between(text_id: UUID, version: int, until: int) -> list[Entry]:
    """What led from one version to another. One statement."""
    rows = Step.objects.filter(text_id=text_id, version__gt=version, version__lte=until).order_by("version")
    opened = (
        (number, why, json.loads(content_to_json(batch)))
        for number, why, batch in rows.values_list("version", "why", "steps")
    )
    return [Entry(number, why, steps, step_maps(steps)) for number, why, steps in opened]


def marked_later(text_id: UUID, version: int) -> list[int]:
    """The versions after that one in which a command hid something."""
    log = Step.objects.filter(text_id=text_id, version__gt=version, why=Why.MARKED).order_by("version")
    return list(log.values_list("version", flat=True))


def hidden_later(log: Log) -> list[tuple[Span, str]]:
    """Ranges of the older version, and the redaction that a command laid on each.

    What was lifted again is among them. Words that were replaced before their replacement was hidden count as hidden with it.
    """
    found: list[tuple[Span, str]] = []
    maps: list[StepMap] = []
    for entry in log:
        if entry.why == Why.MARKED:
            placed = ((_before(span, maps), ref) for span, ref in _named(entry.steps, LAYING))
            found += [(span, ref) for span, ref in placed if span.start < span.end]
        maps += entry.maps
    return found


class ShownAgain(NamedTuple):
    """Words from which somebody took a redaction in that version: `kept.start` there, `kept.now` in the older version."""

    version: int
    ref: str
    kept: Kept


def shown_later(log: Log) -> list[ShownAgain]:
    """The very words of the older version that somebody showed again; they may have been hidden anew."""
    found: list[ShownAgain] = []
    maps: list[StepMap] = []
    for entry in log:
        if entry.why == Why.UNMARKED:
            back = [step_map.invert() for step_map in reversed(maps)]
            for span, ref in _named(entry.steps, LIFTING):
                found += [ShownAgain(entry.version, ref, kept) for kept in surviving(span, back)]
        maps += entry.maps
    return found


def telling_versions(log: Log, hidden: Iterable[Span]) -> list[int]:
    """The versions to look at for words that were hidden wherever they stood. `hidden`: what the older version hides.

    Those in which a command hid something; and of the rest those that hide what their neighbours may not: the last of a row
    in which hidden words came, the one before a row in which they went.
    """
    acts = list(_acts(log, hidden))
    found = {act.version for act in acts if act.commanded}
    for act, following in pairwise([*acts, Act(0)]):
        if (act.came and (following.went or not following.came)) or (following.went and not act.went):
            found.add(act.version)
    return sorted(found)


@dataclass(slots=True)
class Act:
    """Whether hidden words came into a version, and whether any went."""

    version: int
    commanded: bool = False
    came: bool = False
    went: bool = False


def _acts(log: Log, hidden: Iterable[Span]) -> Iterator[Act]:
    held = _joined(hidden)
    for entry in log:
        act = Act(entry.version, entry.why == Why.MARKED)
        for step in entry.steps:
            maps, came = step_maps([step]), list(_coming(step))
            act.went = act.went or any(_takes(one, held) for one in maps)
            act.came = act.came or bool(came)
            if maps or came:
                held = _joined([*(mapped(span, maps) for span in held), *came])
        yield act


def _takes(step_map: StepMap, held: Sequence[Span]) -> bool:
    gone = [(start, end) for start, end, _, _ in ranges(step_map) if start < end]
    return any(start < span.end and span.start < end for start, end in gone for span in held)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same ranges in order, those that touch as one."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if span.start >= span.end:
            continue
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _coming(step: Raw) -> Iterator[Span]:
    """What the step hides, and what is hidden of that which it puts in."""
    yield from (span for span, _ in _named([step], LAYING))
    if step["stepType"] not in ("replace", "replaceAround"):
        return
    start, piece = cast("int", step["from"]), cast("Raw", step.get("slice") or {})
    hidden = list(_hidden_inside(piece, start - cast("int", piece.get("openStart", 0))))
    if hidden and step["stepType"] == "replaceAround":  # what it keeps stands somewhere inside
        hidden = [Span(start, one.map(cast("int", step["to"]), 1)) for one in step_maps([step])]
    yield from hidden


def _hidden_inside(holder: Raw, at: int) -> Iterator[Span]:
    for child in cast("list[Raw]", holder.get("content", [])):
        size = node_size(child)
        if any(mark["type"] == REDACTION for mark in cast("list[Raw]", child.get("marks", []))):
            yield Span(max(at, 0), at + size)
        else:
            yield from _hidden_inside(child, at + 1)
        at += size


def _named(steps: Iterable[Raw], kinds: Collection[str]) -> Iterator[tuple[Span, str]]:
    """The ranges of steps of these kinds that are about a redaction, with its reference."""
    for step in steps:
        mark = cast("Raw", step.get("mark") or {})
        if step["stepType"] in kinds and mark["type"] == REDACTION:
            start = cast("int", step.get("from", step.get("pos")))
            yield Span(start, cast("int", step.get("to", start + 1))), str(cast("Raw", mark["attrs"])["ref"])


def _before(span: Span, maps: Sequence[StepMap]) -> Span:
    """The range before those steps. A range of words that came with them is empty, or what they replaced."""
    start, end = span.start, span.end
    for step_map in reversed(maps):
        back = step_map.invert()
        start, end = back.map(start, 1), back.map(end, -1)
    return Span(start, max(start, end))
