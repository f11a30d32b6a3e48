"""An older version of a text as it may come back: what was hidden of it since, and is perhaps gone by now, is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import RemoveMarkStep, RemoveNodeMarkStep, Transform

from prose.anchors import Span
from prose.covering import NONE, by_position, leaves_between, refs_on
from prose.hidden_later import Log, ShownAgain, hidden_later, log_between, shown_later, telling_versions
from prose.hidden_words import HiddenNow, hidden_in, mark_hidden, mark_places
from prose.library import read_document
from prose.models import Text
from prose.schema import TextSchema
from prose.surviving import surviving
from prose.versions import contents_at
from review.history.plain import said
from review.loaders.history.hidden_elsewhere import with_what_the_case_hides


class Returning(NamedTuple):
    """An older version: with what hides its own words, and with what has hidden such words in other places too."""

    old: LibraryNode
    wary: LibraryNode


def returning(text: Text, version: int, old: LibraryNode) -> Returning:
    """`old`, the document of that version, with the redactions that commands laid later on its words.

    On the words themselves, wherever edits took them; and, wary, on the same words where any version, or the case, hid them and
    showed them nowhere. What was lifted counts as hidden, unless the words stand shown now and were shown among those of then.
    Four statements, and those of the case.
    """
    kind = TextSchema(text.kind)
    log = log_between(text.pk, version, text.version)
    marked = Transform(old)
    mark_places(marked, [(span.start, span.end, ref) for span, ref in hidden_later(log)])
    hides = [Span(leaf.start, leaf.end) for leaf in leaves_between(old, 0, old.content.size) if leaf.refs]
    telling, lifted = telling_versions(log, hides), shown_later(log)
    versions = {*telling, *(one.version for one in lifted)}
    contents = contents_at({text.pk: versions}, {text.pk: kind})
    documents = {at: read_document(content, kind) for (_, at), content in contents.items()}
    wary = Transform(marked.doc)
    mark_hidden(wary, reduce(or_, (hidden_in(documents[at]) for at in telling), HiddenNow()))
    shown = list(_still_shown(lifted, log, documents, old, read_document(text.content, kind)))
    _lift(marked, shown)
    wary = Transform(with_what_the_case_hides(text, version, wary.doc))
    _lift(wary, list(_more(wary.doc, marked.doc, shown)))
    return Returning(marked.doc, wary.doc)


Shown = tuple[Span, str]


def _still_shown(
    lifted: list[ShownAgain],
    log: Log,
    documents: Mapping[int, LibraryNode],
    old: LibraryNode,
    current: LibraryNode,
) -> Iterator[Shown]:
    """The words of the older version that somebody showed again in just such a block, and that are open since."""
    maps = [one for entry in log for one in entry.maps]
    now = by_position(current) if lifted else {}
    for version, ref, kept in lifted:
        if _block_at(documents[version], kept.start) != _block_at(old, kept.now):
            continue
        for part in surviving(Span(kept.now, kept.now + kept.size), maps):
            if all(ref not in now[at].refs for at in range(part.now, part.now + part.size) if at in now):
                yield Span(part.start, part.start + part.size), ref


def _block_at(document: LibraryNode, position: int) -> str:
    """What the outermost block there says, with its formatting: who shows a word again sees it among these."""
    if document.inline_content:
        return said(document)
    return said(document.child(document.resolve(position).index(0)))


def _more(wary: LibraryNode, old: LibraryNode, shown: list[Shown]) -> Iterator[Shown]:
    """What hides the words that are shown only because such words were hidden elsewhere."""
    every = NONE.union(*(leaf.refs for leaf in leaves_between(wary, 0, wary.content.size)))
    for span, _ in shown:
        for leaf in leaves_between(old, span.start, span.end):
            yield from ((Span(leaf.start, leaf.end), ref) for ref in every - leaf.refs)


def _lift(transform: Transform, shown: list[Shown]) -> None:
    for span, ref in shown:
        mark = transform.doc.type.schema.marks["redaction"].create({"ref": ref})
        for leaf in leaves_between(transform.doc, span.start, span.end):
            if ref in refs_on(leaf.node):
                inline = leaf.node.is_inline
                transform.step(
                    RemoveMarkStep(leaf.start, leaf.end, mark) if inline else RemoveNodeMarkStep(leaf.start, mark)
                )
