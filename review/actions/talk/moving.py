"""What becomes of a thread inside: resolved, sustained, answered, accepted; one place, and the table says who may."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.db import transaction
from django.http import Http404
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from cases.access import Actor, full_clearance
from cases.audit import AuditVerb, record
from cases.models import Redaction
from cases.roles import Facts
from prose.actions import edit_text
from prose.anchors import Span
from prose.announcing import announce
from prose.guard import BadSteps
from prose.models import Anchor, Text, Why
from prose.nodes import Json, node_from_json
from review.actions.talk.hidden import hidden_in_case_since_read, hidden_since_read
from review.actions.talk.refusal import CannotBeSaid
from review.history.coming_words import hiding_what_comes
from review.models import InsideThread, InsideThreadEvent
from review.talk.proposed import Proposed, from_content, to_content
from review.talk.states import CHANGES, ThreadKind, ThreadState, ThreadVerb, may
from review.talk.wording import steps_for

ACCEPTING = frozenset({ThreadVerb.ACCEPTED, ThreadVerb.IN_PART})
CHANGED = "these words have changed since: “{}”. Accept what is left of the suggestion, or reject it"


@transaction.atomic
def move(*, by: Actor, case_id: UUID, thread_id: UUID, verb: ThreadVerb, why: str = "") -> None:
    """Move a thread on, wording apart. Raises Http404, CannotBeSaid when the table has no such change."""
    if verb in ACCEPTING:
        raise ValueError("a suggestion is accepted by `accept`")
    thread = _open_to(by, case_id, thread_id, verb)
    if CHANGES[verb].needs_why and not why.strip():
        raise CannotBeSaid("say why", "why")
    _moved(by, thread, verb, why)


@transaction.atomic
def accept(
    *, by: Actor, case_id: UUID, thread_id: UUID, chosen: frozenset[int] | None = None, why: str = ""
) -> ThreadVerb:
    """Put the suggested words into the text, all of them or the chosen changes, counted from 0. Raises Http404, CannotBeSaid."""
    thread = _open_to(by, case_id, thread_id, ThreadVerb.ACCEPTED)
    changes = [piece for piece in from_content(thread.proposed) if isinstance(piece, Proposed)]
    wanted = frozenset(range(len(changes))) if chosen is None else chosen & frozenset(range(len(changes)))
    if not wanted or thread.anchor is None:
        raise CannotBeSaid("choose what to accept of it", "chosen")
    verb = ThreadVerb.ACCEPTED if len(wanted) == len(changes) else ThreadVerb.IN_PART
    taken = [changes[index] for index in sorted(wanted)]
    version = _put(by, thread, taken, changes)
    _remember_taken(thread, frozenset(change.anchor_id for change in taken))
    _moved(by, thread, verb, why, version)
    return verb


def _put(by: Actor, thread: InsideThread, taken: list[Proposed], changes: list[Proposed]) -> int:
    """Edit the text as the author who accepts, who typed none of it; the text is locked while the places are looked up."""

    in_case = hidden_in_case_since_read(thread)  # reads every text: not while others wait for this one

    def make(document: LibraryNode) -> list[LibraryStep]:
        tree = node_from_json(cast("dict[str, Json]", document.to_json()))
        anchors = Anchor.objects.in_bulk([change.anchor_id for change in changes])
        held = {key: Span(anchor.start, anchor.end) for key, anchor in anchors.items()}
        for change in taken:
            if not change.stands(tree, held[change.anchor_id]):
                raise CannotBeSaid(CHANGED.format(change.held.strip()), "chosen")
        places = [(change.at(held[change.anchor_id]), change.words) for change in taken]
        rewritten = [change.at(held[change.anchor_id]) for change in changes]
        hidden = in_case | hidden_since_read(thread).unless_shown_in(document)
        return hiding_what_comes(document, steps_for(document, tree, places), rewritten, hidden)

    assert thread.anchor is not None
    known = frozenset(Redaction.objects.filter(case_id=thread.case_id).values_list("ref", flat=True))
    try:
        return edit_text(
            scope_id=thread.case_id,
            key=thread.anchor.text.key,
            by_id=by.id,
            why=Why.SUGGESTED,
            known=known,
            make=make,
        )
    except BadSteps as refused:
        raise CannotBeSaid(refused.why) from refused


def _remember_taken(thread: InsideThread, anchor_ids: frozenset[UUID]) -> None:
    pieces = from_content(thread.proposed)
    thread.proposed = to_content(
        replace(piece, taken=piece.anchor_id in anchor_ids) if isinstance(piece, Proposed) else piece
        for piece in pieces
    )
    thread.save(update_fields=["proposed"])


def _let_go(thread: InsideThread) -> None:
    """A suggestion that was decided need not be found again change by change: every edit carries every anchor."""
    changes = [piece.anchor_id for piece in from_content(thread.proposed) if isinstance(piece, Proposed)]
    if changes and thread.anchor:
        Text.objects.select_for_update().get(
            pk=thread.anchor.text_id
        )  # an edit that carries them comes before or after
        Anchor.objects.filter(pk__in=changes).delete()


def _open_to(by: Actor, case_id: UUID, thread_id: UUID, verb: ThreadVerb) -> InsideThread:
    """The thread, locked, if the actor may do that to it in the state it is in."""
    _, actions = full_clearance(by, case_id)
    threads = InsideThread.objects.select_for_update(of=("self",)).select_related("anchor__text")
    thread = threads.defer("anchor__text__content").filter(pk=thread_id, case_id=case_id).first()
    change = CHANGES[verb]
    if thread is None or not may(change, actions, Facts(by.id, requested_by_id=thread.by_id)):
        raise Http404
    if thread.kind not in change.kinds or thread.state not in change.of:
        kind, state = ThreadKind(thread.kind), ThreadState(thread.state)
        raise CannotBeSaid(f"this {kind} is {state.label}; that can't be done to it now")
    return thread


def _moved(by: Actor, thread: InsideThread, verb: ThreadVerb, why: str, version: int | None = None) -> None:
    thread.state = CHANGES[verb].to
    thread.save(update_fields=["state"])
    _let_go(thread)
    InsideThreadEvent.objects.create(thread=thread, by_id=by.id, verb=verb, why=why.strip(), version=version)
    record(by=by, verb=AuditVerb(f"inside_thread_{verb}"), case_id=thread.case_id, target=str(thread.id))
    announce(thread.case_id, f"talk|{thread.id}")
