"""Stored editions for a reader: outward ones in the reading room, inward ones on the workshop, through the same code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import connection, connections
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from cases.access import Actor
from cases.models import InwardPermission, OutwardPermission
from cases.roles import Action
from prose.nodes import Json
from review.loaders.edition_sql import OF_ONE, OF_ORGANISATION, PAGE, THREADS
from review.models import Edition, EditionPart, OutsideComment, OutsideThread, Reply


@dataclass(frozen=True, slots=True)
class Door:
    """By which database login editions are read, and where it looks up who may."""

    using: str
    permissions: type[OutwardPermission] | type[InwardPermission]
    outward: bool


READING_ROOM: Final = Door("default", OutwardPermission, outward=True)
INSIDE: Final = Door("inside", InwardPermission, outward=False)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One line in the list of what somebody may read."""

    id: UUID
    title: str
    audience_name: str
    number: int
    released_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in a thread, by a name or a role word."""

    who: str
    body: str
    on: date
    is_reply: bool


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """A thread as a reader sees it beside the words."""

    id: UUID
    text_key: str
    start: int
    end: int
    quote: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """What stands around every page of an edition."""

    id: UUID
    case_id: UUID
    number: int
    released_on: date
    audience_name: str
    shell: dict[str, Json]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One stored page, its surroundings, and the threads on it that this reader may see."""

    edition: ShownEdition
    page: str
    html: str
    may_comment: bool
    threads: tuple[ThreadCard, ...] = ()


def open_editions(door: Door, actor: Actor, action: Action) -> QuerySet[Edition]:
    """The editions in which the actor may do that now; expiry and revocation hold in the same statement."""
    may = door.permissions.objects.using(door.using).filter(
        user_id=actor.id,
        case_id=OuterRef("case_id"),
        audience_key=OuterRef("audience_key"),
        permission=action.value,
    )
    rows = Edition.objects.using(door.using).filter(outward=door.outward, withdrawn=False)
    return rows.filter(Exists(may))


def editions_for(door: Door, actor: Actor) -> tuple[EditionRow, ...]:
    """All that the actor may read, newest first."""
    rows = open_editions(door, actor, Action.READ_EDITION).order_by("-released_on", "audience_key", "-number")
    columns = rows.values_list("id", "shell__title", "audience_name", "number", "released_on")
    return tuple(EditionRow(*row) for row in columns)


def edition_page(door: Door, actor: Actor, edition_id: UUID, page: str) -> EditionPage:
    """One page; raises Http404 whether it is absent, foreign, expired, revoked or withdrawn."""
    permissions = connections[door.using].ops.quote_name(door.permissions._meta.db_table)
    asked: dict[str, UUID | str | bool] = {
        "reader": actor.id,
        "edition": edition_id,
        "page": page,
        "outward": door.outward,
        "read": Action.READ_EDITION.value,
        "comment": Action.COMMENT.value,
    }
    with connections[door.using].cursor() as cursor:
        cursor.execute(PAGE.format(permissions=permissions), asked)
        found = cursor.fetchone()
    if found is None:
        raise Http404
    key, case_id, number, released_on, audience_name, shell, name, html, may_comment = found
    edition = ShownEdition(key, case_id, number, released_on, audience_name, json.loads(shell))
    threads = threads_on(actor, edition_id, page) if door.outward else ()
    return EditionPage(edition, name, html, may_comment=may_comment, threads=threads)


def part_for_comment(actor: Actor, edition_id: UUID, page: str) -> EditionPart:
    """The stored page on which somebody outside wants to comment; raises Http404."""
    open_now = open_editions(READING_ROOM, actor, Action.COMMENT).filter(pk=OuterRef("edition_id"))
    part = EditionPart.objects.filter(Exists(open_now), edition_id=edition_id, page=page).first()
    if part is None:
        raise Http404
    return part


def thread_for_comment(actor: Actor, thread_id: UUID) -> OutsideThread:
    """A thread in which the actor may go on; raises Http404."""
    open_now = open_editions(READING_ROOM, actor, Action.COMMENT).filter(pk=OuterRef("edition_id"))
    threads = visible_threads(actor).filter(Exists(open_now), pk=thread_id)
    thread = threads.select_related("edition").first()
    if thread is None:
        raise Http404
    return thread


def visible_threads(actor: Actor) -> QuerySet[OutsideThread]:
    """Threads of the actor's own organisation; of the actor alone, where there is none."""
    if actor.organisation_id is None:
        return OutsideThread.objects.filter(author_id=actor.id)
    return OutsideThread.objects.filter(organisation_id=actor.organisation_id)


def threads_on(actor: Actor, edition_id: UUID, page: str) -> tuple[ThreadCard, ...]:
    """The threads on one page that the actor may see (as `visible_threads`), with what was said: one statement."""
    own = OF_ONE if actor.organisation_id is None else OF_ORGANISATION
    asked = {"reader": actor.id, "organisation": actor.organisation_id, "edition": edition_id, "page": page}
    with connection.cursor() as cursor:
        cursor.execute(THREADS.format(own=own), asked)
        rows = cursor.fetchall()
    return tuple(
        ThreadCard(key, text_key, start, end, quote, tuple(_said(*row[5:]) for row in together if row[7]))
        for (key, text_key, start, end, quote), together in groupby(rows, key=lambda row: row[:5])
    )


def _said(who: str, body: str, at: datetime, is_reply: bool) -> Said:  # noqa: FBT001  # a row
    return Said(who, body, at.date(), is_reply=is_reply)


def said_in(thread_ids: list[UUID]) -> dict[UUID, list[tuple[datetime, Said]]]:
    """What was said in these threads, in order."""
    out: dict[UUID, list[tuple[datetime, Said]]] = {}
    comments = OutsideComment.objects.filter(thread_id__in=thread_ids)
    for thread_id, name, body, at in comments.values_list("thread_id", "author_name", "body", "at"):
        out.setdefault(thread_id, []).append((at, Said(name, body, at.date(), is_reply=False)))
    replies = Reply.objects.filter(thread_id__in=thread_ids)
    for thread_id, word, body, at in replies.values_list("thread_id", "role_word", "body", "at"):
        out.setdefault(thread_id, []).append((at, Said(word, body, at.date(), is_reply=True)))
    for rows in out.values():
        rows.sort(key=lambda row: row[0])
    return out
