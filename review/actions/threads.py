"""What is said about editions: outside people open threads and go on in them, inside people reply."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.roles import Action
from prose.anchors import Span
from prose.content import plain_text
from prose.nodes import Node
from review.loaders.editions import part_for_comment, thread_for_comment
from review.models import OutsideComment, OutsideThread, Reply, ReplyAuthor
from review.outgoing import hold_back
from review.page_texts import text_on_page

AUTHORS = "Authors"


class CannotSay(ValueError):
    """This can't be said here; the message says why."""


@transaction.atomic
def open_thread(*, by: Actor, edition_id: UUID, page: str, text_key: str, span: Span, body: str) -> UUID:
    """Comment on words of an outward edition. The words are copied from what is stored. Raises Http404, CannotSay."""
    part = part_for_comment(by, edition_id, page)
    document = text_on_page(json.loads(part.content), text_key)
    if document is None:
        raise Http404
    if not 0 <= span.start < span.end <= document.content_size or not (quote := words_between(document, span)):
        raise CannotSay("select the words that you want to comment on")
    thread = OutsideThread.objects.create(
        edition_id=edition_id,
        page=page,
        text_key=text_key,
        start=span.start,
        end=span.end,
        quote=quote[:2000],
        author_id=by.id,
        organisation_id=by.organisation_id,
    )
    _say(by, thread, body)
    record(by=by, verb=AuditVerb.THREAD_OPENED, case_id=part.edition.case_id, target=str(thread.id))
    return thread.id


@transaction.atomic
def comment(*, by: Actor, thread_id: UUID, body: str) -> OutsideThread:
    """Go on in a thread of one's own organisation. Raises Http404."""
    thread = thread_for_comment(by, thread_id)
    _say(by, thread, body)
    record(by=by, verb=AuditVerb.COMMENTED, case_id=thread.edition.case_id, target=str(thread.id))
    return thread


def _say(by: Actor, thread: OutsideThread, body: str) -> None:
    OutsideComment.objects.create(thread=thread, author_id=by.id, author_name=by.name, body=body)


@transaction.atomic
def reply(*, by: Actor, case_id: UUID, thread_id: UUID, body: str) -> None:
    """Answer from inside, under a role word, after the same check as a release. Raises Http404, HeldBack."""
    require(by, Action.REPLY, case_id)
    thread = OutsideThread.objects.filter(pk=thread_id, edition__case_id=case_id).select_related("edition").first()
    if thread is None:
        raise Http404
    hold_back(case_id=case_id, audience_key=thread.edition.audience_key, words=body)
    made = Reply.objects.create(thread=thread, role_word=AUTHORS, body=body)
    ReplyAuthor.objects.create(reply=made, by_id=by.id)
    record(by=by, verb=AuditVerb.REPLIED, case_id=case_id, target=str(thread.id))


def words_between(document: Node, span: Span) -> str:
    """The words of a range of a shown document; a bar reads as [withheld]."""
    return " ".join("".join(_pieces(document, 0, span)).split())


def _pieces(node: Node, start: int, span: Span) -> Iterator[str]:
    """The words of every leaf in the range, and a space after each block."""
    position = start
    for child in node.content:
        end = position + child.size
        if position < span.end and end > span.start:
            if child.is_text:
                units = child.text.encode("utf-16-le")
                cut = units[2 * max(span.start - position, 0) : 2 * (span.end - position)]
                yield cut.decode("utf-16-le", errors="ignore")
            elif child.is_leaf:
                yield plain_text(child) or str(child.attrs.get("ref") or child.type.replace("_", " "))
            else:
                yield from _pieces(child, position + 1, span)
                yield " "
        position = end
