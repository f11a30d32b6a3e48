"""Where marks stand."""

from __future__ import annotations

from prose.inside import document_of
from review.snapshot import CaseSnapshot, texts_by_page


def marks_by_page(snapshot: CaseSnapshot) -> dict[str, str]:
    """For each redaction of words, the first page on which its mark stands."""
    pages: dict[str, str] = {}
    for page, text in texts_by_page(snapshot):
        for leaf in document_of(text).leaves():
            for ref in leaf.refs():
                pages.setdefault(ref, page)
    return pages
