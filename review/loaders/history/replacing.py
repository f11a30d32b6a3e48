"""Where words stand in a whole case, text by text, with what would stand there instead: worked out as the authority will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from prosemirror.model import Node as LibraryNode

from cases.access import Actor
from cases.actions.writing import known_redactions
from prose.authority import advance
from prose.covering import leaves_between
from prose.guard import BadSteps
from prose.models import Text
from prose.nodes import node_to_json, utf16_length
from prose.schema import TextSchema, schema_for
from review.comparing.changes import Change
from review.history.differences import Row, Stretch
from review.history.replacing import Hit, Piece, Sought, hits_in, replacing_steps
from review.loaders.history.opened import OpenCase, is_written_in, open_case, opened
from review.loaders.text_owners import TextName, names_of_texts

MOST = 300  # places on one page
ORDER = ("front", "sections", "pathways", "claims", "evidence")


@dataclass(frozen=True, slots=True)
class HitRow:
    """One place: the number by which it is chosen, and the words as they would change."""

    choice: str
    row: Row
    stays_hidden: tuple[str, ...]
    hit: Hit


@dataclass(frozen=True, slots=True)
class TextHits:
    """A text in which they stand. `refused`: why nothing can be replaced in it."""

    key: str
    version: int
    name: TextName
    rows: tuple[HitRow, ...]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Replacing:
    """All places, as far as one page shows them; `total`: how many there are."""

    case: OpenCase
    texts: tuple[TextHits, ...] = ()
    total: int = 0

    @property
    def shown(self) -> int:
        """How many places the page shows."""
        return sum(len(text.rows) for text in self.texts)

    @property
    def hidden(self) -> int:
        """In how many of them the new words stay hidden."""
        return sum(bool(row.stays_hidden) for text in self.texts for row in text.rows)


def replacing(actor: Actor, case_id: UUID, sought: Sought | None, instead: str, base: str) -> Replacing:
    """For who may write; nothing is found where nothing is sought. Raises Http404."""
    case = open_case(actor, case_id, base)
    if not case.may_write:
        raise Http404
    if sought is None:
        return Replacing(case)
    known = known_redactions(case_id)
    found: list[TextHits] = []
    total = left = 0
    for name, text, document in _documents(case):
        if hits := hits_in(document, sought, instead):
            left = max(MOST - total, 0)
            total += len(hits)
            if left:
                found.append(_in_text(name, text, document, hits[:left], instead, known))
    return Replacing(case, tuple(found), total)


def _documents(case: OpenCase) -> Iterator[tuple[TextName, Text, LibraryNode]]:
    """Every text that stands on a page, page by page."""
    names = names_of_texts(case.id)
    texts = {text.key: text for text in Text.objects.filter(scope_id=case.id)}
    there = [(name, texts[key]) for key, name in names.items() if key in texts and is_written_in(name)]
    for name, text in sorted(there, key=lambda one: (_rank(one[0].page), one[0].page, one[0].ref, one[0].label)):
        schema = schema_for(TextSchema(text.kind))
        yield name, text, LibraryNode.from_json(schema, node_to_json(opened(text.content, text, case.clearance)))


def _rank(page: str) -> int:
    kind = page.partition("/")[0]
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _in_text(
    name: TextName, text: Text, document: LibraryNode, hits: list[Hit], instead: str, known: frozenset[str]
) -> TextHits:
    try:
        after = advance(document, replacing_steps(document, hits, instead), known).document
    except BadSteps as bad:
        return TextHits(text.key, text.version, name, (), bad.why)
    rows, moved, size = [], 0, utf16_length(instead)
    for hit in hits:
        start = hit.start + moved
        moved += size - (hit.end - hit.start)
        refs = tuple(sorted({ref for leaf in leaves_between(after, start, start + size) for ref in leaf.refs}))
        choice = f"{text.key}:{text.version}:{hit.start}"
        rows.append(HitRow(choice, Row(tuple(_stretches(hit, instead, refs))), refs, hit))
    return TextHits(text.key, text.version, name, tuple(rows))


def _stretches(hit: Hit, instead: str, refs: tuple[str, ...]) -> Iterator[Stretch]:
    yield from _as(Change.SAME, hit.before)
    yield from _as(Change.OUT, hit.found)
    if instead:
        yield Stretch(Change.IN, instead, refs)
    yield from _as(Change.SAME, hit.after)


def _as(change: Change, pieces: tuple[Piece, ...]) -> Iterator[Stretch]:
    return (Stretch(change, piece.words, piece.refs) for piece in pieces)
