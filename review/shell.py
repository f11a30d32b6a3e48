"""What stands around every page: title, banner, table of contents. Rendered once, stored with the edition."""

from __future__ import annotations

from django.utils.safestring import SafeString

from cases.projection import Words
from prose.bars import Context, bar
from prose.content import plain_text
from prose.html import render_document
from prose.nodes import Json
from review.projection import FrontPage, RailRow
from review.rendering import Surroundings
from review.states import PageKind


def shell_of(front: FrontPage[Words], statement: str) -> dict[str, Json]:
    """Title, banner, statement and contents as HTML and plain words."""
    context = Surroundings("").context()
    header = front.header
    return {
        "title": plain_text(header.title.document),
        "title_html": render_document(header.title.document, context),
        "banner_html": render_document(header.banner.document, context),
        "statement": statement,
        "sections": _rows(front.rail.sections, PageKind.SECTION, context),
        "pathways": _rows(front.rail.pathways, PageKind.PATHWAY, context),
        "claims": front.claims.value,
        "evidence": front.evidence.value,
    }


def _rows(rows: tuple[RailRow[Words], ...], kind: PageKind, context: Context) -> list[Json]:
    return [
        {"page": f"{kind}/{row.ref}", "number": number, "html": _title(row, context), "plain": _plain(row)}
        for number, row in enumerate(rows, start=1)
    ]


def _title(row: RailRow[Words], context: Context) -> SafeString:
    if row.title is not None:
        return render_document(row.title.document, context)
    return bar(list(row.mask.items) if row.mask else [], context, whole=True)


def _plain(row: RailRow[Words]) -> str:
    return plain_text(row.title.document) if row.title is not None else "[withheld]"
