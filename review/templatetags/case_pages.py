"""What page templates need: words, attributes and bars. No decision about clearance is made here or in a template."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TypedDict

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.redaction.rule import Shown, Withheld
from prose.bars import Context, bar
from prose.content import plain_text
from prose.html import render_document
from prose.schema import TextSchema
from prose.shown import OpenText, ShownText
from review.rendering import Surroundings
from review.shell import placed

register = template.Library()


class PageContext(TypedDict):
    """What `review.rendering` puts into a template's context."""

    at: Surroundings
    prose: Context


@register.simple_tag(takes_context=True)
def words(context: PageContext, text: ShownText | OpenText) -> SafeString:
    """A text in an element that says which it is. An edition never changes, so its version is 0."""
    version = text.version if isinstance(text, OpenText) else 0
    inside = render_document(text.document, context["prose"])
    if text.kind == TextSchema.BODY:
        return format_html('<div class="prose" data-text="{}" data-version="{}">{}</div>', text.key, version, inside)
    return format_html('<span data-text="{}" data-version="{}" data-at="0">{}</span>', text.key, version, inside)


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
    marks = ", ".join(value.marked)
    tag = format_html(' <span class="tag" data-skip>hidden from {}</span>', marks) if marks else SafeString("")
    return format_html("{}{}", _as_words(value.value), tag)


@register.simple_tag(takes_context=True)
def withheld(context: PageContext, value: Withheld) -> SafeString:
    """The bar of a masked object or link."""
    return bar(list(value.items), context["prose"], whole=True)


@register.simple_tag(takes_context=True)
def address(context: PageContext, ref: str) -> str:
    """Where a reference leads from this page."""
    return context["at"].address(ref)


@register.simple_tag
def shell_part(html: str, base: str, page: str) -> SafeString:
    """The table of contents, or another stored part of the shell, as it stands on this page."""
    return placed(html, base, page)


@register.filter
def is_part(value: object, name: str) -> bool:
    """Whether a row is of that class: `{% if row|is_part:"MaskedLink" %}`."""
    return type(value).__name__ == name


@register.filter
def says(value: object, name: str) -> bool:
    """Whether an attribute is shown and has that value; for choosing a class, never for choosing words."""
    return isinstance(value, Shown) and str(getattr(value.value, "value", value.value)) == name


def _as_words(value: object) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(getattr(value, "label", value)) if isinstance(value, Enum) else str(value)
