"""Stored editions for a reader: outward ones in the reading room, inward ones on the workshop, through the same code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from cases.access import Actor
from cases.models import InwardPermission, OutwardPermission
from cases.roles import Action
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
class EditionPage:
    """One stored page, its surroundings, and the threads on it that this reader may see."""

    edition: Edition
    page: str
    html: str
    may_comment: bool
    threads: tuple[ThreadCard, ...] = ()


def _open_to(door: Door, actor: Actor, action: Action) -> QuerySet[Edition]:
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
    rows = _open_to(door, actor, Action.READ_EDITION).order_by("-released_on", "audience_key", "-number")
    columns = rows.values_list("id", "shell__title", "audience_name", "number", "released_on")
    return tuple(EditionRow(*row) for row in columns)


def edition_page(door: Door, actor: Actor, edition_id: UUID, page: str) -> EditionPage:
    """One page; raises Http404 whether it is absent, foreign, expired, revoked or withdrawn."""
    may_comment = Exists(_open_to(door, actor, Action.COMMENT).filter(pk=OuterRef("edition_id")))
    parts = EditionPart.objects.using(door.using).select_related("edition").defer("content")
    open_now = _open_to(door, actor, Action.READ_EDITION).filter(pk=OuterRef("edition_id"))
    part = parts.filter(Exists(open_now), edition_id=edition_id, page=page).annotate(may_comment=may_comment).first()
    if part is None:
        raise Http404
    threads = threads_on(actor, edition_id, page) if door.outward else ()
    return EditionPage(part.edition, page, part.html, may_comment=part.may_comment, threads=threads)


def part_for_comment(actor: Actor, edition_id: UUID, page: str) -> EditionPart:
    """The stored page on which somebody outside wants to comment; raises Http404."""
    open_now = _open_to(READING_ROOM, actor, Action.COMMENT).filter(pk=OuterRef("edition_id"))
    part = EditionPart.objects.filter(Exists(open_now), edition_id=edition_id, page=page).first()
    if part is None:
        raise Http404
    return part


def thread_for_comment(actor: Actor, thread_id: UUID) -> OutsideThread:
    """A thread in which the actor may go on; raises Http404."""
    open_now = _open_to(READING_ROOM, actor, Action.COMMENT).filter(pk=OuterRef("edition_id"))
    thread = _visible_threads(actor).filter(Exists(open_now), pk=thread_id).first()
    if thread is None:
        raise Http404
    return thread


def _visible_threads(actor: Actor) -> QuerySet[OutsideThread]:
    """Threads of the actor's own organisation; of the actor alone, where there is none."""
    if actor.organisation_id is None:
        return OutsideThread.objects.filter(author_id=actor.id)
    return OutsideThread.objects.filter(organisation_id=actor.organisation_id)


def threads_on(actor: Actor, edition_id: UUID, page: str) -> tuple[ThreadCard, ...]:
    """The threads on one page, three queries however many there are."""
    threads = list(_visible_threads(actor).filter(edition_id=edition_id, page=page).order_by("at", "id"))
    said = said_in([thread.id for thread in threads])
    return tuple(
        ThreadCard(t.id, t.text_key, t.start, t.end, t.quote, tuple(one for _, one in said.get(t.id, [])))
        for t in threads
    )


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
