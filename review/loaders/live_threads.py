"""What was said outside, at the live words: through the private map of the edition, then through the steps made since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from prosemirror.transform import StepMap

from prose.anchors import HiddenMap, Span
from prose.mapping import mapped, maps_of
from prose.models import Step
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
    maps = _maps_of(threads)
    since = _maps_since(case_id, maps)
    return tuple(_live_thread(thread, maps, since, said.get(thread.id, [])) for thread in threads)


Maps = dict[tuple[UUID, str], tuple[int, HiddenMap]]
Since = dict[str, list[tuple[int, list[StepMap]]]]  # text key → what moved its words, version by version


def _maps_of(threads: list[OutsideThread]) -> Maps:
    editions = {thread.edition_id for thread in threads}
    keys = {thread.text_key for thread in threads}
    rows = PreparedMap.objects.filter(edition_id__in=editions, text_key__in=keys)
    columns = rows.values_list("edition_id", "text_key", "version", "segments")
    return {(edition, key): (version, HiddenMap.from_json(segments)) for edition, key, version, segments in columns}


def _maps_since(case_id: UUID, maps: Maps) -> Since:
    """Read once for each text, however many threads stand on it."""
    keys = {key for _, key in maps}
    oldest = min((version for version, _ in maps.values()), default=0)
    rows = Step.objects.filter(text__scope_id=case_id, text__key__in=keys, version__gt=oldest).order_by("version")
    out: Since = {}
    for key, version, steps in rows.values_list("text__key", "version", "steps"):
        out.setdefault(key, []).append((version, maps_of(steps)))
    return out


def _live_thread(thread: OutsideThread, maps: Maps, since: Since, said: list[tuple[datetime, Said]]) -> LiveThread:
    version, hidden_map = maps.get((thread.edition_id, thread.text_key), (0, HiddenMap(())))
    live = hidden_map.to_live(Span(thread.start, thread.end))
    later = (one for number, found in since.get(thread.text_key, ()) if number > version for one in found)
    span = mapped(live, later)
    edition = f"{thread.edition.audience_name}, edition {thread.edition.number}"
    words, last_at = tuple(one for _, one in said), max((at for at, _ in said), default=thread.at)
    return LiveThread(thread.id, thread.text_key, span.start, span.end, thread.quote, edition, words, last_at)


def on_page(threads: Iterable[LiveThread], html: str) -> tuple[LiveThread, ...]:
    """The threads whose text stands on this page."""
    return tuple(thread for thread in threads if f'data-text="{thread.text_key}"' in html)
