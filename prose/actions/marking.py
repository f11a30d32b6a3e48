"""Hiding words and showing them again: the only ways in which words that stand there change who reads them."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from prosemirror.transform import Transform

from prose.actions.log import next_version
from prose.actions.statements import lock
from prose.anchors import Span
from prose.hidden_words import HiddenNow, mark_hidden
from prose.library import read_document, stored_document
from prose.mapping import carry
from prose.marking import CannotMark, carries_mark, mark_range, unmark_range
from prose.models import Step, Text, Why
from prose.nodes import Json


def mark_words(*, scope_id: UUID, key: str, version: int, span: Span, ref: str, by_id: UUID) -> int:
    """Lay a redaction over a range that was selected at `version`; returns the new version.

    Call inside a transaction: locks the text. Raises Text.DoesNotExist, CannotMark.
    """
    text = lock(scope_id, key)
    if version > text.version:
        raise CannotMark("load the page again and select the words anew")
    later = (
        Step.objects.filter(text_id=text.id, version__gt=version).order_by("version").values_list("steps", flat=True)
    )
    content, steps = mark_range(text.content, text.kind, carry(span, later), ref)
    return next_version(text, content, steps, by_id=by_id, why=Why.MARKED).version


def unmark_words(*, scope_id: UUID, key: str, version: int, span: Span, ref: str, by_id: UUID) -> int:
    """Take a redaction off a range; returns the new version.

    Showing is the dangerous direction, so the range is never carried: the text must stand at the very `version` that was
    looked at. Call inside a transaction: locks the text. Raises Text.DoesNotExist, CannotMark.
    """
    text = lock(scope_id, key)
    if version != text.version:
        raise CannotMark("this text has changed since; load the page again and select the words anew")
    content, steps = unmark_range(text.content, text.kind, span, ref)
    return next_version(text, content, steps, by_id=by_id, why=Why.UNMARKED).version


def hide_what_is_hidden(*, scope_id: UUID, key: str, hidden: HiddenNow, by_id: UUID) -> None:
    """Lay the redactions that hide words elsewhere over the same words of a text that comes back.

    Call inside a transaction that has locked what whoever hides words locks: locks the text. Raises Text.DoesNotExist.
    """
    text = lock(scope_id, key)
    marked = Transform(read_document(text.content, text.kind))
    mark_hidden(marked, hidden)
    if marked.steps:
        steps = [cast("Json", step.to_json()) for step in marked.steps]
        next_version(text, stored_document(marked.doc), steps, by_id=by_id, why=Why.MARKED)


def is_marked_somewhere(*, scope_id: UUID, ref: str) -> bool:
    """Whether the redaction lies on any words of the scope."""
    contents = Text.objects.filter(scope_id=scope_id).values_list("content", flat=True)
    return any(carries_mark(content, ref) for content in contents.iterator())
