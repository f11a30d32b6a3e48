"""Bars and tags: what stands in the place of withheld words, and beside words that somebody else will not see (docs/look.md)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prose.nodes import Json
from prose.terms import Glossary

SHORT_NOTE = 60
BEARS_LOAD = mark_safe(' <span class="load">bears load</span>')


@dataclass(frozen=True, slots=True)
class Tag:
    """A live mark: who loses the words and why, the state of the decision, and where it is told in full."""

    label: str
    state: str
    address: str


@dataclass(frozen=True, slots=True)
class Context:
    """What rendering needs to know of the page: where a reference leads, what a mark says, where a picture is.

    `known`: the references whose objects are shown here; typed as plain words, those become links and no others. `links`: whether
    links may stand in what is rendered. `below`: how far headings stand below the page's own. `anchor`: what their ids begin with.
    `terms`: words that lead to their definition, once in each text; `used`: those that did.
    """

    cite: Callable[[str], str]
    describe: Callable[[str], Tag | None]
    ground_name: Callable[[str], str]
    picture: Callable[[str], str]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))  # ids of notes, unique on one page
    tables: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    known: Callable[[str], bool] | None = None
    links: bool = True
    below: int = 1
    anchor: str = ""
    headings: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    terms: Glossary | None = None
    used: set[str] = field(default_factory=set)


def items_of(attrs: Mapping[str, Json]) -> list[dict[str, Json]]:
    """What a bar or a *hidden from* mark says, one entry per redaction."""
    items = attrs.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def bar(items: list[dict[str, Json]], context: Context, *, whole: bool = False) -> SafeString:
    """The placeholder of a run, or (`whole`) of an attribute, link or object."""
    refs = " ".join(str(item.get("ref", "")) for item in items)
    instead = format_html_join(
        " ", '<span class="instead">{}</span>', ((item["instead"],) for item in items if item.get("instead"))
    )
    body = format_html_join(" ", '<span class="item">{}</span>', ((_item(item, context),) for item in items))
    return format_html(
        '<span class="bar{}" role="note" data-leaf data-withheld="{}"><span class="sr">Withheld: </span>{}{}{}</span>',
        " whole" if whole else "",
        refs,
        instead,
        " " if instead else "",
        body,
    )


def _item(item: dict[str, Json], context: Context) -> SafeString:
    ground, note, extent = (str(item.get(key) or "") for key in ("ground", "note", "extent"))
    why = context.ground_name(ground) if ground else "withheld"
    said = f"{EXTENTS[extent]} · {why}" if extent in EXTENTS else why
    ref = str(item.get("ref") or "")
    return format_html(
        '<span class="why">{}</span>{}{}{}',
        said,
        BEARS_LOAD if item.get("load") else "",
        format_html(' <span class="id">{}</span>', ref) if ref else "",
        _note(note, ref, context) if note and context.links else "",
    )


EXTENTS = {
    "number": "a number",
    "name": "a name",
    "sentence": "a sentence",
    "paragraph": "a paragraph",
    "more": "a passage",
}


def _note(note: str, ref: str, context: Context) -> SafeString:
    if len(note) <= SHORT_NOTE:
        return format_html(' <span class="said">{}</span>', note)
    name = f"note-{next(context.numbers)}"
    return format_html(
        ' <button class="more" type="button" popovertarget="{}" aria-label="Note on {}">note</button>'
        '<span class="said" popover id="{}">{}</span>',
        name,
        ref,
        name,
        note,
    )


def hidden_from_tag(item: dict[str, Json], context: Context) -> SafeString:
    """Who loses the words before it, on which ground, by which redaction."""
    names = item.get("audiences")
    who = ", ".join(str(name) for name in names) if isinstance(names, list) else ""
    return format_html(
        '<span class="tag" data-skip>hidden from {} · {} · <span class="id">{}</span></span>',
        who,
        context.ground_name(str(item.get("ground") or "")),
        str(item.get("ref", "")),
    )


def mark_tag(ref: str, tag: Tag) -> SafeString:
    """The reference of a live mark, leading to the list where it is told in full."""
    return format_html(
        '<a class="mark-ref" data-skip href="{}" aria-label="{}">{}</a>', tag.address, f"{ref}: {tag.label}", ref
    )
