"""The outline of a page: the headings of its text, made with the page and moved into the contents when it is served."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prose.bars import Context
from prose.html import render_document
from prose.nodes import Node

# Words are escaped: nothing that anybody writes can read as one of these.
START, END = '<ol class="outline">', "</ol><!--outline-->"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the id that it carries, how deep it stands, its words as shown."""

    id: str
    level: int
    html: SafeString


def anchor_of(key: str) -> str:
    """What the ids of a text's headings begin with: derived from its public key, so the same in every edition."""
    return f"h-{key.removeprefix('t-')[-8:]}"


def headings(document: Node, key: str, context: Context) -> list[Heading]:
    """The headings of a shown document, in order; their ids are those that `render_document` gives them."""
    plain = replace(context, links=False, anchor="")
    found = [node for node in _walk(document) if node.type == "heading"]
    return [
        Heading(f"{anchor_of(key)}-{number}", int(str(node.attrs.get("level", 2))), _words(node, plain))
        for number, node in enumerate(found, start=1)
    ]


def _walk(node: Node) -> list[Node]:
    return [node, *(below for child in node.content for below in _walk(child))]


def _words(heading: Node, context: Context) -> SafeString:
    return render_document(Node("doc", content=heading.content), context)


def outline(rows: list[Heading]) -> SafeString:
    """The outline as a list in a list; nothing when there is little to choose from."""
    if len(rows) < FEWEST:
        return SafeString("")
    top = min(row.level for row in rows)
    groups: list[tuple[Heading, list[Heading]]] = []
    for row in rows:
        if row.level == top or not groups:
            groups.append((row, []))
        else:
            groups[-1][1].append(row)
    items = format_html_join("", "<li>{}{}</li>", ((_link(first), _below(rest)) for first, rest in groups))
    return mark_safe(f"{START}{items}{END}")  # noqa: S308  # made by format_html


def _link(row: Heading) -> SafeString:
    return format_html('<a href="#{}"><span class="t">{}</span></a>', row.id, row.html)


def _below(rows: list[Heading]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((_link(row),) for row in rows))
    return format_html("<ol>{}</ol>", items) if rows else SafeString("")


def cut(html: str) -> tuple[str, str]:
    """A stored page as its outline and the rest."""
    before, start, after = html.partition(START)
    inside, end, rest = after.partition(END)
    return (f"{START}{inside}</ol>", before + rest) if start and end else ("", html)
