"""What a page of changes needs: stored values and names of fields as words."""

from __future__ import annotations

from datetime import date

from django import template

from prose.nodes import Json

register = template.Library()
FIELDS = {
    "scope_out": "out of scope",
    "as_of": "as of",
    "not_relied": "why it is not relied on",
    "reason": "why the step holds",
}
PAGES = {"front": "Summary", "register": "Claims and evidence"}


@register.filter
def value_words(value: Json) -> str:
    """A stored attribute as it reads on its page."""
    if value is None or value == []:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value_words(one) for one in value)
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value).replace("_", " ").replace("load bearing", "load-bearing")
    return f"{day.day} {day:%B %Y}"


@register.filter
def strip_start(words: str) -> str:
    """Without the space that stands before them."""
    return words.lstrip()


@register.filter
def field_words(name: str) -> str:
    """The name of a field as words."""
    return FIELDS.get(name, name.replace("_", " "))


@register.filter
def page_words(page: str) -> str:
    """What a page that is about no single object is called."""
    return PAGES.get(page, page.replace("_", " ").capitalize())
