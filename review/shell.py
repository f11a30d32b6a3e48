"""What stands around every page: title, banner, statement, table of contents. Rendered once, stored with the edition."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cases.projection import Words
from prose.bars import Context, bar
from prose.content import plain_text
from prose.html import render_document
from prose.nodes import Json
from review.projection import FrontPage, RailRow
from review.rendering import Surroundings
from review.states import PageKind

# Stands for the way to the front page, which differs by page. No word can be it: words are escaped.
BASE = mark_safe("<base>")


def shell_of(front: FrontPage[Words], statement: str) -> dict[str, Json]:
    """Title and statement as words, banner and contents as HTML."""
    context = Surroundings(BASE).context()
    rows = {
        "sections": _rows(front.rail.sections, PageKind.SECTION, context),
        "pathways": _rows(front.rail.pathways, PageKind.PATHWAY, context),
    }
    rail = render_to_string("review/parts/rail.html", {**rows, "claims": front.claims.value, "base": BASE})
    return {
        "title": plain_text(front.header.title.document),
        "banner_html": render_document(front.header.banner.document, context),
        "statement": statement,
        "rail": rail,
    }


def placed(html: str, base: str, page: str) -> SafeString:
    """Stored HTML of the shell as it stands on one page."""
    address = BASE if page == PageKind.FRONT else f"{BASE}{page}/"
    marked = html.replace(f'href="{address}"', f'href="{address}" aria-current="page"')
    return mark_safe(marked.replace(BASE, base))  # noqa: S308  # rendered by the templates, which escape


def _rows(rows: tuple[RailRow[Words], ...], kind: PageKind, context: Context) -> list[dict[str, object]]:
    return [{"page": f"{kind}/{row.ref}", "html": _title(row, context)} for row in rows]


def _title(row: RailRow[Words], context: Context) -> SafeString:
    if row.title is not None:
        return render_document(row.title.document, context)
    return bar(list(row.mask.items) if row.mask else [], context, whole=True)
