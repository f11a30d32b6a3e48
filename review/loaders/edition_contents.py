"""What programs read of an edition: what it is made of, its stored parts, and what was said in it. The same door as its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef
from django.http import Http404

from cases.access import Actor
from cases.roles import Action
from review.loaders.editions import Door, Said, open_editions, said_in, visible_threads
from review.models import EditionPart
from review.states import PageKind

KINDS: Final = [kind.value for kind in PageKind]


@dataclass(frozen=True, slots=True)
class EditionContents:
    """An edition, and the pages that it is made of."""

    id: UUID
    case_id: UUID
    title: str
    audience_name: str
    number: int
    purpose: str
    released_on: date
    statement: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One page as it is stored: canonical JSON."""

    case_id: UUID
    content: str


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A thread with the page on which it stands."""

    id: UUID
    page: str
    text_key: str
    start: int
    end: int
    quote: str
    said: tuple[Said, ...]


def edition_contents(door: Door, actor: Actor, edition_id: UUID) -> EditionContents:
    """Raises Http404 whether it is absent, foreign, expired, revoked or withdrawn."""
    rows = open_editions(door, actor, Action.READ_EDITION).filter(pk=edition_id)
    columns = ("id", "case_id", "shell__title", "audience_name", "number", "purpose", "released_on")
    found = rows.annotate(pages=ArrayAgg("parts__page")).values_list(*columns, "shell__statement", "pages").first()
    if found is None:
        raise Http404
    key, case_id, title, audience_name, number, purpose, released_on, statement, names = found
    pages = tuple(sorted(filter(_is_page, names), key=_reading_order))
    return EditionContents(key, case_id, title, audience_name, number, purpose, released_on, statement, pages)


def _is_page(name: str) -> bool:
    return name.partition("/")[0] in KINDS


def _reading_order(page: str) -> tuple[int, str]:
    kind, _, ref = page.partition("/")
    return KINDS.index(kind), ref


def edition_part(door: Door, actor: Actor, edition_id: UUID, page: str) -> StoredPart:
    """One page; raises Http404 whether it is absent, hidden, foreign, expired, revoked or withdrawn."""
    open_now = open_editions(door, actor, Action.READ_EDITION).filter(pk=OuterRef("edition_id"))
    parts = EditionPart.objects.using(door.using).filter(Exists(open_now), edition_id=edition_id, page=page)
    found = parts.values_list("edition__case_id", "content").first()
    if found is None:
        raise Http404
    return StoredPart(*found)


def threads_in(door: Door, actor: Actor, edition_id: UUID) -> tuple[UUID, tuple[ThreadEntry, ...]]:
    """The case, and the threads on an edition that the actor may see, in order. Raises Http404."""
    case_id = open_editions(door, actor, Action.READ_EDITION).filter(pk=edition_id).values_list("case_id").first()
    if case_id is None:
        raise Http404
    rows = visible_threads(actor).filter(edition_id=edition_id).order_by("at", "id")
    threads = list(rows.values_list("id", "page", "text_key", "start", "end", "quote"))
    said = said_in([row[0] for row in threads])
    return case_id[0], tuple(ThreadEntry(*row, said=tuple(one for _, one in said.get(row[0], []))) for row in threads)
