"""What a suggestion may not bring into the open: whoever typed it had read words that were hidden later, or are hidden elsewhere."""

from __future__ import annotations

from functools import reduce
from operator import or_

from pathways.actions.hidden_words import hidden_in_case, went_on_at
from prose.anchors import Span
from prose.covering import leaves_between
from prose.hidden_later import log_between, telling_versions
from prose.hidden_words import HiddenNow, hidden_in
from prose.library import read_document
from prose.models import Text
from prose.schema import TextSchema
from prose.versions import content_at, contents_at
from review.models import InsideThread


def hidden_in_case_since_read(thread: InsideThread) -> HiddenNow:
    """What any text of the case hides, or hid after the text was read, and no text shows."""
    assert thread.anchor is not None
    went_on = went_on_at(thread.anchor.text_id, thread.version or 0)
    return hidden_in_case(thread.case_id, min(thread.at, went_on) if went_on else thread.at)


def hidden_since_read(thread: InsideThread) -> HiddenNow:
    """What the text itself hid and showed nowhere, when it was read or later; call it with the text locked."""
    assert thread.anchor is not None
    text = Text.objects.get(pk=thread.anchor.text_id)
    kind, version = TextSchema(text.kind), thread.version or 0
    old = read_document(content_at(text, version), kind)
    hides = [Span(leaf.start, leaf.end) for leaf in leaves_between(old, 0, old.content.size) if leaf.refs]
    telling = telling_versions(log_between(text.pk, version, text.version), hides)
    later = contents_at({text.pk: telling}, {text.pk: kind}).values()
    documents = (old, *(read_document(content, kind) for content in later))
    return reduce(or_, map(hidden_in, documents), HiddenNow())
