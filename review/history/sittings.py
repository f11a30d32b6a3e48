"""The log of a text in sittings: what somebody did in one go, or several people who wrote at the same time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

GAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """One batch of the log, without its steps: it took the text from `version - 1` to `version`."""

    version: int
    by_id: UUID
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """Batches that follow each other: from version `before` to version `last`."""

    before: int
    last: int
    began: datetime
    ended: datetime
    by_ids: tuple[UUID, ...]  # who came first, first
    why: str


def sittings(log: Iterable[Entry]) -> list[Sitting]:
    """The log, oldest first, in sittings: one person, one kind of act, never ten minutes without a batch.

    Two who write at once take turns by the second: their batches are one sitting of both.
    """
    out: list[list[Entry]] = []
    for entry in log:
        begins = _where_it_belongs(out, entry)
        out[begins:] = [[one for sitting in out[begins:] for one in sitting] + [entry]]
    return [_sitting(entries) for entries in out]


def _where_it_belongs(held: list[list[Entry]], entry: Entry) -> int:
    """The sitting that it goes on with; those after it, which others wrote meanwhile, are then part of it."""
    for place in reversed(range(len(held))):
        if held[place][-1].why != entry.why or entry.at - held[place][-1].at >= GAP:
            break
        if any(one.by_id == entry.by_id and entry.at - one.at < GAP for one in reversed(held[place])):
            return place
    return len(held)


def _sitting(entries: list[Entry]) -> Sitting:
    return Sitting(
        before=entries[0].version - 1,
        last=entries[-1].version,
        began=entries[0].at,
        ended=entries[-1].at,
        by_ids=tuple(dict.fromkeys(entry.by_id for entry in entries)),
        why=entries[0].why,
    )
