"""The threads inside of a case, with what was said and done in them: three statements, however many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from cases.models import User
from cases.roles import Action, Facts
from prose.anchors import Span
from prose.models import Anchor
from prose.nodes import Node
from review.models import InsideComment, InsideThread, InsideThreadEvent
from review.talk.proposed import Piece, Proposed, from_content
from review.talk.states import ThreadKind, ThreadState, ThreadVerb, verbs_open

Anchors = dict[UUID, tuple[str, Span]]
NOWHERE = ("", Span(0, 0))  # a change of a suggestion that was decided


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing said in a thread, or (`did`) done to it."""

    by_id: UUID
    who: str
    at: datetime
    words: str
    did: str = ""
    mentions: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class ShownPiece:
    """A piece of a suggestion: words that stay (`number` -1), or a change, and whether the words it changes still stand.

    `taken`: it was accepted.
    """

    was: str
    words: str
    number: int = -1
    stands: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class TalkThread:
    """A thread inside, at the live words; `start == end` when they are gone. `who` raised it, or wrote it in an imported document."""

    id: UUID
    kind: ThreadKind
    state: ThreadState
    text_key: str
    start: int
    end: int
    quote: str
    ref: str
    by_id: UUID
    who: str
    imported: bool
    to_id: UUID | None
    to: str
    at: datetime
    proposed: tuple[Piece, ...]
    anchors: tuple[Span, ...]  # of the changes of a suggestion, in order
    entries: tuple[Entry, ...]
    acts: tuple[ThreadVerb, ...]
    pieces: tuple[ShownPiece, ...] = ()

    @property
    def last_at(self) -> datetime:
        """When something was last said or done in it."""
        return max((entry.at for entry in self.entries), default=self.at)

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.state.is_open

    @property
    def is_gone(self) -> bool:
        """Whether the words that it is about are no more in the text."""
        return bool(self.text_key) and self.start == self.end

    @property
    def mentions(self) -> frozenset[UUID]:
        """Everybody whom it mentions."""
        return frozenset().union(*(entry.mentions for entry in self.entries))

    @property
    def opening(self) -> Entry | None:
        """What was said when it was opened; a suggestion may say nothing."""
        first = self.entries[0] if self.entries else None
        return first if first and not first.did and first.by_id == self.by_id else None

    @property
    def later(self) -> tuple[Entry, ...]:
        """What came after."""
        return self.entries[1:] if self.opening else self.entries

    @property
    def can_be_accepted(self) -> bool:
        """Whether any of the words that a suggestion changes still stands."""
        return ThreadVerb.ACCEPTED in self.acts and any(piece.stands for piece in self.pieces)

    @property
    def changes(self) -> int:
        """How many changes a suggestion makes."""
        return len(self.anchors)

    @property
    def moves(self) -> tuple[ThreadVerb, ...]:
        """What can be done to it but accepting, which has a form of its own."""
        return tuple(verb for verb in self.acts if verb not in (ThreadVerb.ACCEPTED, ThreadVerb.IN_PART))


def inside_threads(case_id: UUID, actor_id: UUID, actions: frozenset[Action]) -> tuple[TalkThread, ...]:
    """All threads inside of the case, oldest first, with what this actor may do to each."""
    rows = InsideThread.objects.filter(case_id=case_id).order_by("at", "id")
    anchors: Anchors = {
        anchor_id: (key, Span(start, end))
        for anchor_id, key, start, end in Anchor.objects.filter(text__scope_id=case_id).values_list(
            "id", "text__key", "start", "end"
        )
    }
    entries = entries_in(case_id=case_id)
    found = rows.annotate(who=name_of("by_id"), to_name=name_of("to_id"))
    return tuple(_thread(row, anchors, entries.get(row.id, []), actor_id, actions) for row in found)


def name_of(column: str) -> Coalesce:
    """The name of the account whose id stands in that column."""
    return Coalesce(Subquery(User.objects.filter(pk=OuterRef(column)).values("name")[:1]), Value(""))


def entries_in(**which: object) -> dict[UUID, list[Entry]]:
    """What was said and done in threads, oldest first; `which`: as filters of a thread. One statement."""
    found: dict[UUID, list[Entry]] = {}
    filters = {f"thread__{name}": value for name, value in which.items()}
    rows = _said(filters).union(_done(filters), all=True).order_by("at")
    for thread_id, by_id, who, at, words, verb, mentions in rows:
        did = ThreadVerb(verb).label if verb else ""
        found.setdefault(thread_id, []).append(Entry(by_id, who, at, words, did, frozenset(mentions)))
    return found


Row = tuple[UUID, UUID, str, datetime, str, str, list[UUID]]
COLUMNS = ("thread_id", "by_id", "said_by", "at", "words", "did", "named")


def _said(filters: dict[str, object]) -> QuerySet[InsideComment, Row]:
    rows = InsideComment.objects.filter(**filters).annotate(
        said_by=Coalesce(NullIf("author", Value("")), name_of("by_id")),
        words=models.F("body"),
        did=Value("", output_field=models.CharField()),
        named=models.F("mentions"),
    )
    found: QuerySet[InsideComment, Row] = rows.values_list(*COLUMNS)
    return found


def _done(filters: dict[str, object]) -> QuerySet[InsideThreadEvent, Row]:
    rows = InsideThreadEvent.objects.filter(**filters).annotate(
        said_by=name_of("by_id"),
        words=models.F("why"),
        did=models.F("verb"),
        named=Value([], output_field=ArrayField(models.UUIDField())),
    )
    found: QuerySet[InsideThreadEvent, Row] = rows.values_list(*COLUMNS)
    return found


def _thread(
    row: InsideThread, anchors: Anchors, entries: list[Entry], actor_id: UUID, actions: frozenset[Action]
) -> TalkThread:
    kind, state = ThreadKind(row.kind), ThreadState(row.state)
    key, span = anchors[row.anchor_id] if row.anchor_id else NOWHERE
    proposed = from_content(row.proposed)
    name: str = row.who  # type: ignore[attr-defined]  # annotated
    return TalkThread(
        id=row.id,
        kind=kind,
        state=state,
        text_key=key,
        start=span.start,
        end=span.end,
        quote=row.quote,
        ref=row.ref,
        by_id=row.by_id,
        who=row.author or name,
        imported=bool(row.author),
        to_id=row.to_id,
        to=row.to_name,  # type: ignore[attr-defined]  # annotated
        at=row.at,
        proposed=proposed,
        anchors=tuple(anchors.get(piece.anchor_id, NOWHERE)[1] for piece in changes_of(proposed)),
        entries=tuple(entries),
        acts=verbs_open(kind, state, actions, Facts(actor_id, requested_by_id=row.by_id)),
    )


def changes_of(pieces: tuple[Piece, ...]) -> tuple[Proposed, ...]:
    """The changes among the pieces of a suggestion."""
    return tuple(piece for piece in pieces if isinstance(piece, Proposed))


def with_pieces(thread: TalkThread, document: Node | None) -> TalkThread:
    """A suggestion with what it would change, looked up in the text as it stands; without a text nothing stands."""
    spans = dict(zip((change.anchor_id for change in changes_of(thread.proposed)), thread.anchors, strict=True))
    pieces: list[ShownPiece] = []
    for piece in thread.proposed:
        if isinstance(piece, Proposed):
            held = spans[piece.anchor_id]
            stands = thread.is_open and document is not None and piece.stands(document, held)
            number = sum(one.number >= 0 for one in pieces)
            pieces.append(ShownPiece(piece.was, piece.words, number, stands, piece.taken))
        else:
            pieces.append(ShownPiece(piece.words, piece.words))
    return replace(thread, pieces=tuple(pieces))
