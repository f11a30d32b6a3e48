"""What was said outside, at the live words: through the private map of the edition, then through the steps made since.

Where a thread had come to is kept, so that each process carries it through each step once, however long a text is written on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from prose.anchors import HiddenMap, Span
from prose.mapping import mapped
from prose.versions import Moves, maps_since
from review.loaders.editions import Said, said_in
from review.models import OutsideThread, PreparedMap


@dataclass(frozen=True, slots=True)
class LiveThread:
    """A thread from outside, at the live words; `start == end` when they are gone."""

    id: UUID
    text_key: str
    start: int
    end: int
    quote: str
    edition: str
    said: tuple[Said, ...]
    last_at: datetime


def live_threads(case_id: UUID) -> tuple[LiveThread, ...]:
    """What was said outside, carried to the live words: private map of the edition, then the steps made since."""
    rows = OutsideThread.objects.filter(edition__case_id=case_id).select_related("edition").defer("edition__shell")
    threads = list(rows.order_by("at", "id"))
    said = said_in([thread.id for thread in threads])
    spans = _carried(case_id, threads)
    return tuple(_live_thread(thread, spans[thread.id], said.get(thread.id, [])) for thread in threads)


Maps = dict[tuple[UUID, str], tuple[int, HiddenMap]]
Reached = tuple[int, Span]  # a version, and a range of the text as it was then
MOST_KEPT = 20_000
_reached: dict[UUID, Reached] = {}  # thread → how far it was carried last


def _carried(case_id: UUID, threads: list[OutsideThread]) -> dict[UUID, Span]:
    """Where each thread stands now: from where it stood when somebody looked last, or from its edition."""
    maps = _maps_of(threads)
    starts = {one.id: _reached.get(one.id) or _in_edition(one, maps) for one in threads}
    oldest: dict[str, int] = {}
    for one in threads:
        version = starts[one.id][0]
        oldest[one.text_key] = min(version, oldest.get(one.text_key, version))
    since = maps_since(case_id, oldest)
    now = {one.id: _onwards(starts[one.id], since.get(one.text_key, [])) for one in threads}
    if len(_reached) > MOST_KEPT:
        _reached.clear()
    _reached.update(now)
    return {key: span for key, (_, span) in now.items()}


def _in_edition(thread: OutsideThread, maps: Maps) -> Reached:
    version, hidden_map = maps.get((thread.edition_id, thread.text_key), (0, HiddenMap(())))
    return version, hidden_map.to_live(Span(thread.start, thread.end))


def _onwards(start: Reached, since: Moves) -> Reached:
    version, span = start
    later = [(number, found) for number, found in since if number > version]
    span = mapped(span, (one for _, found in later for one in found))
    return (later[-1][0] if later else version), span


def _maps_of(threads: list[OutsideThread]) -> Maps:
    editions = {thread.edition_id for thread in threads}
    keys = {thread.text_key for thread in threads}
    rows = PreparedMap.objects.filter(edition_id__in=editions, text_key__in=keys)
    columns = rows.values_list("edition_id", "text_key", "version", "segments")
    return {(edition, key): (version, HiddenMap.from_json(segments)) for edition, key, version, segments in columns}


def _live_thread(thread: OutsideThread, span: Span, said: list[tuple[datetime, Said]]) -> LiveThread:
    edition = f"{thread.edition.audience_name}, edition {thread.edition.number}"
    words, last_at = tuple(one for _, one in said), max((at for at, _ in said), default=thread.at)
    return LiveThread(thread.id, thread.text_key, span.start, span.end, thread.quote, edition, words, last_at)


def on_page(threads: Iterable[LiveThread], html: str) -> tuple[LiveThread, ...]:
    """The threads whose text stands on this page."""
    return tuple(thread for thread in threads if f'data-text="{thread.text_key}"' in html)
