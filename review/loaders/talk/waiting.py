"""What is for somebody among what was said inside: what asks or mentions them, and what they raised and others went on with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from review.loaders.talk.threads import Entry, entries_in, name_of
from review.models import InsideComment, InsideThread
from review.talk.states import ThreadKind, ThreadState

RECENT = timedelta(days=14)  # what is over is told for so long
LONGEST = 140


@dataclass(frozen=True, slots=True, repr=False)
class ForYou:
    """One thread that is for who asks: why, who said or did the last thing, and its first words."""

    case_id: UUID
    id: UUID
    kind: ThreadKind
    why: str
    words: str
    quote: str
    at: datetime


def for_you(actor_id: UUID, case_ids: Iterable[UUID]) -> tuple[ForYou, ...]:
    """Newest first, in two statements. The caller has checked that those cases may be read live."""
    cases = list(case_ids)
    mine = InsideComment.objects.filter(thread=OuterRef("pk"), mentions__contains=[actor_id])
    rows = InsideThread.objects.filter(
        Q(to_id=actor_id) | Q(by_id=actor_id) | Q(Exists(mine)), case_id__in=cases
    ).annotate(who=name_of("by_id"))
    entries = entries_in(case_id__in=cases, id__in=rows.values("id"))
    found = (_for(actor_id, row, entries.get(row.id, [])) for row in rows)
    return tuple(sorted((one for one in found if one), key=lambda one: one.at, reverse=True))


def _for(actor_id: UUID, row: InsideThread, entries: list[Entry]) -> ForYou | None:
    others = [entry for entry in entries if entry.by_id != actor_id]
    last = entries[-1] if entries else None
    since = max((entry.at for entry in entries if entry.by_id == actor_id), default=None)
    state = ThreadState(row.state)
    new = [entry for entry in others if since is None or entry.at > since]
    name: str = row.author or row.who  # type: ignore[attr-defined]  # annotated
    if row.to_id == actor_id and state.is_open and since is None:
        return _row(row, f"{name} asks you", entries[0] if entries else None)
    if state.is_open and (naming := [entry for entry in new if actor_id in entry.mentions]):
        return _row(row, f"{naming[-1].who} mentions you", naming[-1])
    if row.by_id == actor_id and last in new and last and (state.is_open or last.at > timezone.now() - RECENT):
        return _row(row, f"{last.who} {last.did or 'went on with what you said'}", last)
    return None


def _row(row: InsideThread, why: str, entry: Entry | None) -> ForYou:
    words = " ".join(entry.words.split()) if entry else ""
    short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    return ForYou(row.case_id, row.id, ThreadKind(row.kind), why, short, row.quote, entry.at if entry else row.at)
