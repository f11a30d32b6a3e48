"""What page templates need: words, attributes and bars. No decision about clearance is made here or in a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypedDict

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cases.redaction.rule import Shown, Withheld
from prose.bars import Context, bar
from prose.content import plain_text
from prose.html import is_line, render_document
from prose.nodes import Json
from prose.schema import TextSchema
from prose.shown import OpenText, ShownText
from review.finding import Hit
from review.outline import anchor_of, cut, headings, outline
from review.references import redactions_of
from review.rendering import Surroundings, ground_name
from review.shell import placed
from review.side_by_side import Piece

register = template.Library()


class PageContext(TypedDict):
    """What `review.rendering` puts into a template's context."""

    at: Surroundings
    prose: Context


@register.simple_tag(takes_context=True)
def words(
    context: PageContext, text: ShownText | OpenText, *, below: int = 1, name: str = "", empty: str = ""
) -> SafeString:
    """A text in an element that says which it is. An edition never changes, so its version is 0. `below`: how deep its headings stand.

    `name` and `empty` (what to do where no words stand) are for those who may write in it, and stand nowhere else.
    """
    version = text.version if isinstance(text, OpenText) else 0
    prose = context["prose"] if below == 1 else replace(context["prose"], below=below)
    inside = render_document(text.document, prose, anchor_of(text.key) if text.kind == TextSchema.BODY else "")
    blank, writing = _for_writing(text, below, name, empty) if context["at"].writing else ("", SafeString(""))
    if text.kind == TextSchema.BODY:
        element = '<div class="prose{}" data-text="{}" data-version="{}"{}>{}</div>'
        return format_html(element, f" {blank}" if blank else "", text.key, version, writing, inside)
    kind = format_html(' class="{}"', blank) if blank else SafeString("")
    return format_html(
        '<span{} data-text="{}" data-version="{}" data-at="0"{}>{}</span>', kind, text.key, version, writing, inside
    )


def _for_writing(text: ShownText | OpenText, below: int, name: str, empty: str) -> tuple[str, SafeString]:
    """The class and the attributes that the editor looks for."""
    attributes = ' data-kind="{}" data-name="{}" data-empty="{}" data-below="{}"'
    said = format_html(attributes, text.kind, name or "Text", empty or "Write here", below)
    return "" if has_words(text) else "blank", said


@register.simple_tag(takes_context=True)
def label(context: PageContext, text: ShownText | OpenText) -> SafeString:
    """The words of a line where they are a link already: no link in a link, and no place to comment on."""
    return render_document(text.document, replace(context["prose"], links=False))


@register.simple_tag(name="outline", takes_context=True)
def outline_of(context: PageContext, text: ShownText | OpenText) -> SafeString:
    """The headings of a text. The page is served with them in its contents."""
    return outline(headings(text.document, text.key, context["prose"]))


@register.filter
def plain(text: ShownText | OpenText) -> str:
    """The words alone, for titles and labels."""
    return plain_text(text.document)


@register.filter
def has_words(text: ShownText | OpenText) -> bool:
    """Whether there is anything to show."""
    return any(True for _ in text.document.leaves())


@register.simple_tag(takes_context=True)
def attribute(context: PageContext, value: Shown[object] | Withheld) -> SafeString:
    """An attribute: its value as words with the marks of less cleared audiences, or a bar."""
    if isinstance(value, Withheld):
        return bar(list(value.items), context["prose"], whole=True)
    return format_html("{}{}", _as_words(value.value), hidden_from(value))


@register.simple_tag
def hidden_from(value: Shown[object]) -> SafeString:
    """Who loses an attribute, an object or a link that is shown here; nothing where nobody does."""
    marks = ", ".join(value.marked)
    return format_html(' <span class="tag" data-skip>hidden from {}</span>', marks) if marks else SafeString("")


@register.simple_tag(takes_context=True)
def doubts(context: PageContext, ref: str) -> SafeString:
    """How many open doubts are about an object or its words, leading to them. Of live pages: in an edition there are none."""
    at = context["at"]
    if not (count := at.doubts.get(ref, 0)):
        return SafeString("")
    said = f"{count} open doubt{'' if count == 1 else 's'}"
    return format_html(
        ' <a class="chip warn" data-skip href="{}comments/?kind=doubt&amp;about={}">{}</a>', at.base, ref, said
    )


@register.simple_tag(takes_context=True)
def withheld(context: PageContext, value: Withheld) -> SafeString:
    """The bar of a masked object or link."""
    return bar(list(value.items), context["prose"], whole=True)


@register.simple_tag(takes_context=True)
def piece(context: PageContext, one: Piece, level: int) -> SafeString:
    """A passage of a comparison: words, an attribute or a bar. No place to comment on. `level`: of the heading above it."""
    if one.document is None:
        return attribute(context, one.value) if isinstance(one.value, Shown | Withheld) else SafeString("")
    inside = render_document(one.document, replace(context["prose"], below=level))
    return inside if is_line(one.document) else format_html('<div class="prose">{}</div>', inside)


@register.simple_tag(takes_context=True)
def address(context: PageContext, ref: str) -> str:
    """Where a reference leads from this page."""
    return context["at"].address(ref)


@register.simple_tag(takes_context=True)
def page_address(context: PageContext, name: str) -> str:
    """Where a page leads, by its name below the front."""
    return context["at"].page(name)


@register.simple_tag(takes_context=True)
def withheld_label(context: PageContext, value: Withheld) -> SafeString:
    """The bar of a masked object where it is a link already."""
    return bar(list(value.items), replace(context["prose"], links=False), whole=True)


@register.filter
def page_label(name: str) -> str:
    """A page as a reader calls it: by its reference, or by what it is."""
    kind, _, ref = name.partition("/")
    return ref or {"front": "Summary", "register": "Claims and evidence"}.get(kind, kind.capitalize())


@register.filter
def redaction_ref(row: object) -> str:
    """The reference by which a row of the withheld list is reached."""
    return next(iter(redactions_of(row)), "")


@register.filter
def ground(key: str) -> str:
    """A ground as words."""
    return ground_name(key)


@dataclass(frozen=True, slots=True)
class GroundCount:
    """How many redactions stand here on one ground, and how many of them bear load as their authors say."""

    name: str
    count: int
    load: int


@register.simple_tag
def grounds(rows: Iterable[object]) -> list[GroundCount]:
    """Rows of the withheld list, counted by ground; most first."""
    items = [item for row in rows for item in getattr(getattr(row, "item", None), "items", ())]
    names = Counter(_ground_of(item) for item in items)
    load = Counter(_ground_of(item) for item in items if item.get("load"))
    return [
        GroundCount(name, count, load[name]) for name, count in sorted(names.items(), key=lambda one: (-one[1], one[0]))
    ]


@register.filter
def in_context(hit: Hit) -> SafeString:
    """A passage with what was looked for marked. Not a loop of the template: there are many, and a page must be quick."""
    words = (f"<mark>{escape(said)}</mark>" if on else escape(said) for said, on in hit.pieces)
    return mark_safe("".join(words))  # noqa: S308  # every piece is escaped


def _ground_of(item: dict[str, Json]) -> str:
    return ground_name(str(item["ground"])) if item.get("ground") else "no ground given"


@register.simple_tag
def shell_part(html: str, base: str, page: str, body: str = "") -> SafeString:
    """The table of contents, or another stored part of the shell, as it stands on this page; with the outline of the page's HTML."""
    return placed(html, base, page, cut(body)[0])


@register.filter
def without_outline(html: str) -> SafeString:
    """A stored page, whose outline stands in the contents."""
    return mark_safe(cut(html)[1])  # noqa: S308  # rendered at release by the templates, which escape


@register.filter
def is_part(value: object, name: str) -> bool:
    """Whether a row is of that class: `{% if row|is_part:"MaskedLink" %}`."""
    return type(value).__name__ == name


@register.filter
def says(value: object, name: str) -> bool:
    """Whether an attribute is shown and has that value; for choosing a class, never for choosing words."""
    return isinstance(value, Shown) and str(getattr(value.value, "value", value.value)) == name


@register.filter
def stated(value: object) -> bool:
    """Whether there is something to say of an attribute: a value, or that it is withheld."""
    return not (isinstance(value, Shown) and value.value in (None, (), ""))


TONES = {
    **dict.fromkeys(("negligible", "very_low", "supported"), "ok"),
    **dict.fromkeys(("moderate", "in_doubt"), "warn"),
    **dict.fromkeys(("high", "unsupported"), "bad"),
}


@register.filter
def tone(value: object) -> str:
    """The class that goes with a rating or a state; what it says stands beside it in words."""
    return TONES.get(str(getattr(value.value, "value", "")), "") if isinstance(value, Shown) else ""


def _as_words(value: object) -> str:
    if value is None or value == ():
        return "not stated"
    if isinstance(value, tuple):
        return ", ".join(map(_as_words, value))
    if isinstance(value, tuple):
        return ", ".join(map(_as_words, value)) or "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(getattr(value, "label", value)) if isinstance(value, Enum) else str(value)
