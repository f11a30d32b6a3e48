"""Where redactions of words stand in the live case: the words in their sentence, ready to be read by the fully cleared."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prose.bars import Context, Tag
from prose.excerpts import Excerpt, Place, places_by_redaction
from prose.html import render_stretch
from prose.nodes import BLOCK_LEAVES
from prose.shown import FullClearance, open_text
from review.rendering import Surroundings
from review.snapshot import CaseSnapshot, texts_by_page
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: on which page, the text it is in, and its words as HTML; `also`: what else hides some of them."""

    page: str
    label: str
    text: str
    version: int
    first: SafeString
    html: SafeString
    blocks: int
    also: frozenset[str]


def places_in(snapshot: CaseSnapshot, clearance: FullClearance, base: str) -> dict[str, list[PlaceRow]]:
    """Redaction → its places, in reading order."""
    found: dict[str, list[PlaceRow]] = {}
    for page, text in texts_by_page(snapshot):
        opened = open_text(text, clearance)
        for ref, places in places_by_redaction(opened.document).items():
            context = _context(snapshot, ref, base, page)
            rows = (_row(page, opened.key, opened.version, place, context) for place in places)
            found.setdefault(ref, []).extend(rows)
    return found


def page_address(base: str, page: str) -> str:
    """The live page, as seen from a page that is `base` below the case."""
    return base if page == PageKind.FRONT else f"{base}{page}/"


def _context(snapshot: CaseSnapshot, ref: str, base: str, page: str) -> Context:
    known = snapshot.register.by_ref.get(ref)
    tag = Tag("to its place in the report", known.state.value if known else "", page_address(base, page))
    return Surroundings(base, {ref: tag}).context()


def _row(page: str, key: str, version: int, place: Place, context: Context) -> PlaceRow:
    blocks = [_block(excerpt, context) for excerpt in place]
    return PlaceRow(
        page=page,
        label=page_label(page),
        text=key,
        version=version,
        first=blocks[0],
        html=format_html_join("", "{}", ((block,) for block in blocks)),
        blocks=len(blocks),
        also=frozenset().union(*(excerpt.also for excerpt in place)),
    )


def _block(excerpt: Excerpt, context: Context) -> SafeString:
    """No white space for looks: every character in a block counts as a position."""
    inside = render_stretch(excerpt.nodes, excerpt.start, context)
    if excerpt.nodes[0].type in BLOCK_LEAVES:
        return format_html("<div>{}</div>", inside)
    before = SafeString("<span data-skip>… </span>") if excerpt.cut_before else ""
    after = SafeString("<span data-skip> …</span>") if excerpt.cut_after else ""
    return format_html('<p data-at="{}">{}{}{}</p>', excerpt.start, before, inside, after)


LABELS = {
    "sections": "Section",
    "pathways": "Pathway",
    "claims": "Claim",
    "evidence": "Evidence",
    "front": "The report's front page",
    "register": "The register",
    "assurances": "The assurances",
    "limitations": "The limitations",
    "glossary": "The glossary",
}


def page_label(page: str) -> str:
    """A page as words."""
    kind, _, ref = page.partition("/")
    return f"{LABELS.get(kind, kind)} {ref}".strip()
