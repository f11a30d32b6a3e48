"""An older version of a text as it may come back: what was hidden of it since, and is perhaps gone by now, is hidden in it."""

from __future__ import annotations

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Transform

from prose.hidden_later import hidden_later, marked_later
from prose.library import read_document
from prose.models import Text
from prose.schema import TextSchema
from prose.versions import contents_at
from review.history.hidden_words import hidden_in, places_of
from review.history.restoring import mark_places


def with_what_was_hidden_later(text: Text, version: int, old: LibraryNode) -> LibraryNode:
    """`old`, the document of that version, with the redactions that commands laid later on its words.

    On the words themselves, wherever edits took them; and on the same words, where a version that hid them showed them nowhere.
    Five statements.
    """
    places = [(span.start, span.end, ref) for span, ref in hidden_later(text.pk, version)]
    kind = TextSchema(text.kind)
    for content in contents_at({text.pk: marked_later(text.pk, version)}, {text.pk: kind}).values():
        hidden = places_of(hidden_in(read_document(content, kind)), old)
        places += [(start, end, ref) for start, end, refs in hidden for ref in sorted(refs)]
    marked = Transform(old)
    mark_places(marked, places)
    return marked.doc
