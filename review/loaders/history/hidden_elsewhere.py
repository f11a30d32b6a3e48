"""An older version of a text as it may come back: words of it that went to other texts of the case, and are hidden there, are hidden."""

from __future__ import annotations

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Transform

from pathways.actions.hidden_words import hidden_in_case, went_on_at
from prose.hidden_words import mark_hidden
from prose.models import Text


def with_what_the_case_hides(text: Text, version: int, old: LibraryNode) -> LibraryNode:
    """`old`, the document of that version, with what hides the same words in the case now, or hid them since, where none shows them.

    Eight statements at most.
    """
    marked = Transform(old)
    mark_hidden(marked, hidden_in_case(text.scope_id, went_on_at(text.pk, version)))
    return marked.doc
