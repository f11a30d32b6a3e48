"""Publications as anybody reads them: by address, without a session, an account or a permission."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pathways.values import Level, Rating
from prose.bars import bar
from prose.nodes import Json
from review.comparing import EditionChanges, compare
from review.finding import Found, search
from review.loaders.publication_sql import ALL, CHANGES, FIGURE, PAGE, PARTS, WORDS
from review.models import PublicationRead
from review.rendering import Surroundings, base_of
from review.states import FIND


class Withdrawn(Exception):
    """A publication that was taken back. Nothing of it is known but the day."""

    def __init__(self, on: date) -> None:
        super().__init__("withdrawn")
        self.on = on


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said beside a publication. `address` leads to its successor, empty for none."""

    on: date
    notice: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownPublication:
    """What stands around every page of a publication."""

    id: UUID
    address: str
    published_on: date
    checked_by: str
    shell: dict[str, Json]
    rating: SafeString
    notices: tuple[Notice, ...]
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One stored page and its surroundings."""

    publication: ShownPublication
    page: str
    html: str


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A line in the list of all publications."""

    address: str
    title: str
    published_on: date


def _one(statement: str, **asked: str | UUID) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        row: tuple[object, ...] | None = cursor.fetchone()
        return row


def published_page(address: str, page: str) -> PublishedPage:
    """Raises Http404 where there is none, Withdrawn on every address of one that was taken back."""
    found = _one(PAGE, address=address, page=page)
    publication = _publication(found, address, page)
    if found is None or found[-1] is None:
        raise Http404
    return PublishedPage(publication, page, str(found[-1]))


@dataclass(frozen=True, slots=True)
class PublishedFind:
    """What was found in a publication, and what stands around the page."""

    publication: ShownPublication
    found: Found


def published_find(address: str, query: str) -> PublishedFind:
    """The words of this publication alone are looked at. Raises Http404, Withdrawn."""
    row = _one(WORDS, address=address, page=FIND)
    publication = _publication(row, address, FIND)
    if row is None or row[-1] is None:
        raise Http404
    return PublishedFind(publication, search(json.loads(str(row[-1])), query))


def _publication(found: tuple[object, ...] | None, address: str, page: str) -> ShownPublication:
    if found is None:
        raise Http404
    key, published_on, checked_by, withdrawn_on, shell, rating, notices, has_earlier, *_ = found
    if isinstance(withdrawn_on, date):
        raise Withdrawn(withdrawn_on)
    assert isinstance(key, UUID)
    assert isinstance(published_on, date)
    return ShownPublication(
        id=key,
        address=address,
        published_on=published_on,
        checked_by=str(checked_by),
        shell=json.loads(str(shell)),
        rating=_rating(json.loads(str(rating)), base_of(page)),
        notices=tuple(Notice(date.fromisoformat(on), said, to or "") for on, said, to in json.loads(str(notices))),
        has_earlier=bool(has_earlier),
    )


def _rating(stored: Json, base: str) -> SafeString:
    """The overall rating and its confidence, each as the edition shows it."""
    rating, confidence = stored if isinstance(stored, list) else (None, None)
    shown = _attribute(rating, Rating, base)
    if not isinstance(confidence, dict) or ("withheld" not in confidence and not confidence.get("value")):
        return shown
    return format_html("{} <small>(confidence: {})</small>", shown, _attribute(confidence, Level, base))


def _attribute(stored: Json, kind: type[Rating | Level], base: str) -> SafeString:
    if not isinstance(stored, dict):
        return SafeString("not stated")
    if isinstance(items := stored.get("withheld"), list):
        return bar([item for item in items if isinstance(item, dict)], Surroundings(base).context())
    value = stored.get("value")
    return format_html("{}", kind(str(value)).label if value else "not stated")


def count_reading(publication: ShownPublication) -> None:
    """One more page was opened today. Nothing of the reader is kept."""
    PublicationRead.objects.create(publication_id=publication.id, day=timezone.now().date())


def all_published() -> tuple[PublishedRow, ...]:
    """Everything public, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(ALL)
        return tuple(PublishedRow(*row) for row in cursor.fetchall())


def published_figure(address: str, key: str) -> bytes:
    """A figure that a publication shows. Raises Http404, Withdrawn."""
    found = _one(FIGURE, address=address, key=key)
    if found is None:
        raise Http404
    withdrawn_on, content = found
    if isinstance(withdrawn_on, date):
        raise Withdrawn(withdrawn_on)
    if content is None:
        raise Http404
    return bytes(content)  # type: ignore[call-overload,no-any-return]  # a memoryview


@dataclass(frozen=True, slots=True)
class PublishedChanges:
    """What changed since the publication before; `changes` is None where there is none."""

    publication: ShownPublication
    since: date | None
    changes: EditionChanges | None


def published_changes(address: str) -> PublishedChanges:
    """This publication against the one before it that still stands. Raises Http404, Withdrawn."""
    found = _one(CHANGES, address=address)
    publication = _publication(found, address, "changes")
    assert found is not None
    edition, earlier, since = found[-3:]
    if not isinstance(earlier, UUID) or not isinstance(since, date) or not isinstance(edition, UUID):
        return PublishedChanges(publication, None, None)
    return PublishedChanges(publication, since, _compared(earlier, edition))


@lru_cache(maxsize=8)
def _compared(earlier: UUID, edition: UUID) -> EditionChanges:
    """Editions never change, and anybody may ask for this as often as they like."""
    parts: dict[UUID, dict[str, Json]] = {earlier: {}, edition: {}}
    with connection.cursor() as cursor:
        cursor.execute(PARTS, {"editions": [earlier, edition]})
        for key, page, content in cursor.fetchall():
            parts[key][page] = json.loads(content)
    return compare(parts[earlier], parts[edition])
