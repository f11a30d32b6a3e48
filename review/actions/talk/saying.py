"""Saying something about words, an object or a link, and going on with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, full_clearance
from cases.audit import AuditVerb, record
from cases.roles import Action
from prose.anchors import Span
from prose.announcing import announce
from prose.models import Anchor, Text
from prose.schema import TextSchema
from prose.shown import FullClearance
from review.actions.talk.about import require_object
from review.actions.talk.anchoring import Selected, selected
from review.actions.talk.refusal import CannotBeSaid
from review.loaders.talk.people import people_of_case
from review.models import InsideComment, InsideThread
from review.talk.about import AboutWords
from review.talk.atoms import said
from review.talk.mentions import Named, Names
from review.talk.proposed import Kept, Piece, proposed_for, to_content
from review.talk.states import ThreadKind, ThreadState
from review.talk.wording import CannotSuggest, Same, difference, is_whole, require_fit

LONGEST_QUOTE = 2000


@transaction.atomic
def say(  # a thread is these things
    *,
    by: Actor,
    case_id: UUID,
    about: AboutWords | str,
    kind: ThreadKind,
    body: str,
    to_id: UUID | None = None,
    wording: str = "",
) -> UUID:
    """Open a thread about words, or about the object, link or case of that reference. Raises Http404, CannotBeSaid.

    `to_id`: whom a question asks. `wording`: what a suggestion would have instead; empty takes the words out.
    """
    clearance = _may_say(by, case_id)
    people = people_of_case(case_id)
    if kind is ThreadKind.QUESTION:
        _require_colleague(by, to_id, people)
    if kind is not ThreadKind.SUGGESTION and not body.strip():
        raise CannotBeSaid("write what you want to say", "body")
    thread = InsideThread(case_id=case_id, kind=kind, state=ThreadState.OPEN, by_id=by.id)
    thread.to_id = to_id if kind is ThreadKind.QUESTION else None
    if isinstance(about, AboutWords):
        _about_words(thread, selected(about, clearance), wording)
    elif kind is ThreadKind.SUGGESTION:
        raise CannotBeSaid("select the words for which you suggest others", "kind")
    else:
        require_object(case_id, about)
        thread.ref = about
    thread.save(force_insert=True)
    if body.strip():
        _comment(by, thread, body, people)
    _tell(by, thread, AuditVerb.INSIDE_THREAD_OPENED)
    return thread.id


@transaction.atomic
def go_on(*, by: Actor, case_id: UUID, thread_id: UUID, body: str) -> None:
    """Say more in a thread. Raises Http404, CannotBeSaid."""
    _may_say(by, case_id)
    thread = InsideThread.objects.filter(pk=thread_id, case_id=case_id).first()
    if thread is None:
        raise Http404
    if not body.strip():
        raise CannotBeSaid("write what you want to say", "body")
    _comment(by, thread, body, people_of_case(case_id))
    _tell(by, thread, AuditVerb.INSIDE_COMMENTED)


@transaction.atomic
def say_imported(
    *, by: Actor, case_id: UUID, key: str, span: Span, author: str, body: str, at: datetime | None = None
) -> UUID:
    """A comment that came with a document, at the text's newest version. Without words in the range it is about the case.

    `by` brought it in; `author` wrote it, as the document says. Raises Http404.
    """
    clearance = _may_say(by, case_id)
    thread = InsideThread(
        case_id=case_id,
        kind=ThreadKind.COMMENT,
        state=ThreadState.OPEN,
        by_id=by.id,
        author=author[:200],
        at=at or timezone.now(),
    )
    version = Text.objects.filter(scope_id=case_id, key=key).values_list("version", flat=True).first()
    if version is None:
        raise Http404
    if span.start < span.end:
        _about_words(thread, selected(AboutWords(key, version, span), clearance), "")
    thread.save(force_insert=True)
    InsideComment.objects.create(thread=thread, by_id=by.id, author=thread.author, body=body, at=thread.at)
    _tell(by, thread, AuditVerb.INSIDE_THREAD_OPENED)
    return thread.id


def _may_say(by: Actor, case_id: UUID) -> FullClearance:
    clearance, actions = full_clearance(by, case_id)
    if Action.SAY not in actions:
        raise Http404
    return clearance


def _require_colleague(by: Actor, to_id: UUID | None, people: Iterable[Named]) -> None:
    if to_id is None or to_id == by.id or to_id not in {user_id for user_id, _ in people}:
        raise CannotBeSaid("choose the colleague who is asked", "to")


def _about_words(thread: InsideThread, words: Selected, wording: str) -> None:
    anchor = words.anchor(words.span)
    thread.quote = said(words.atoms)[:LONGEST_QUOTE]
    if thread.kind == ThreadKind.SUGGESTION:
        thread.proposed = to_content(_pieces(words, wording))
        thread.version = words.version
    anchor.save(force_insert=True)
    thread.anchor = anchor


def _pieces(words: Selected, wording: str) -> list[Piece]:
    """What would change, with an anchor of its own for each change. Raises CannotBeSaid."""
    pieces: list[Piece] = []
    anchors: list[Anchor] = []
    try:
        parts = difference(words.atoms, wording)
        require_fit(words.document, TextSchema(words.text.kind), parts)
        for part in parts:
            if isinstance(part, Same):
                pieces.append(Kept(part.words))
            else:
                anchors.append(words.anchor(part.held))
                whole = is_whole(words.document, part.held)
                pieces.append(proposed_for(part, anchors[-1].id, whole=whole))
    except CannotSuggest as error:
        raise CannotBeSaid(str(error), "wording") from error
    Anchor.objects.bulk_create(anchors)
    return pieces


def _comment(by: Actor, thread: InsideThread, body: str, people: Iterable[Named]) -> None:
    mentions = [user_id for user_id in Names(people).mentioned(body) if user_id != by.id]
    InsideComment.objects.create(thread=thread, by_id=by.id, body=body.strip(), mentions=mentions)


def _tell(by: Actor, thread: InsideThread, verb: AuditVerb) -> None:
    record(by=by, verb=verb, case_id=thread.case_id, target=str(thread.id))
    announce(thread.case_id, f"talk|{thread.id}")
