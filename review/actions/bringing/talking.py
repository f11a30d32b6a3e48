"""Comments of a document become threads inside, at the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from cases.access import Actor
from prose.anchors import Span
from review.actions.talk import CannotBeSaid, move, say_imported
from review.bringing.draft import Comment, Said
from review.bringing.faults import CannotBring
from review.bringing.placing.things import Anchored
from review.talk.states import ThreadVerb

LONGEST = 20_000


def say_comments(
    *, by: Actor, case_id: UUID, comments: Iterable[Anchored], texts: Mapping[tuple[str, str], str]
) -> int:
    """One thread each, replies below what they answer; how many. `texts`: (thing, attribute) → the key of its text."""
    count = 0
    for one in comments:
        thread = _say(by, case_id, texts[one.thing, one.attribute], one)
        if one.comment.resolved:
            move(by=by, case_id=case_id, thread_id=thread, verb=ThreadVerb.RESOLVED)
        count += 1
    return count


def _say(by: Actor, case_id: UUID, key: str, one: Anchored) -> UUID:
    first = one.comment.said[0]
    body = _body(one.comment)
    for span in (Span(one.start, one.end), Span(one.start, one.start)):
        try:
            return say_imported(
                by=by, case_id=case_id, key=key, span=span, author=first.author, body=body, at=_at(first)
            )
        except CannotBeSaid:  # about more words than anybody speaks about at once: then about the case
            continue
    raise CannotBring("A comment of the document can't be kept. Nothing was imported.")


def _body(comment: Comment) -> str:
    first, *replies = comment.said
    said = [first.words or "(no words)", *(f"{reply.author}, {reply.on[:10]}: {reply.words}" for reply in replies)]
    return "\n\n".join(said)[:LONGEST]


def _at(said: Said) -> datetime | None:
    try:
        at = datetime.fromisoformat(said.on)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
