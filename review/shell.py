"""What stands around every page: title, banner, statement, table of contents. Rendered once, stored with the edition."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cases.projection import Words
from pathways.projection import HeaderPart
from prose.bars import Context, bar
from prose.content import plain_text
from prose.html import render_document
from prose.nodes import Json
from review.projection import Rail, RailRow
from review.rendering import Surroundings
from review.states import PageKind

# Stands for the way to the front page, which differs by page. No word can be it: words are escaped.
BASE = mark_safe("<base>")


def shell_of(header: HeaderPart[Words], rail: Rail[Words], statement: str) -> dict[str, Json]:
    """Title and statement as words, banner and contents as HTML."""
    context = Surroundings(BASE).context()
    rows = {
        "sections": _rows(rail.sections, PageKind.SECTION, context),
        "pathways": _rows(rail.pathways, PageKind.PATHWAY, context),
    }
    return {
        "title": plain_text(header.title.document),
        "banner_html": render_document(header.banner.document, context),
        "statement": statement,
        "rail": render_to_string("review/parts/rail.html", {**rows, "base": BASE}),
    }


def placed(html: str, base: str, page: str, outline: str = "") -> SafeString:
    """Stored HTML of the shell as it stands on one page, with the outline of that page below its line."""
    address = BASE if page == PageKind.FRONT else f"{BASE}{page}/"
    here = f'href="{address}"'
    before, found, after = html.partition(here)
    if found:
        line, end, rest = after.partition("</a>")
        html = f'{before}{here} aria-current="page"{line}{end}{outline}{rest}'
    return mark_safe(html.replace(BASE, base))  # noqa: S308  # rendered by the templates, which escape


def _rows(rows: tuple[RailRow[Words], ...], kind: PageKind, context: Context) -> list[dict[str, object]]:
    return [{"page": f"{kind}/{row.ref}", "html": _title(row, context)} for row in rows]


def _title(row: RailRow[Words], context: Context) -> SafeString:
    if row.title is not None:
        return render_document(row.title.document, replace(context, links=False))
    return bar(list(row.mask.items) if row.mask else [], context, whole=True)
