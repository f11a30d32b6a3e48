"""A text looks the same while it is edited: the editor's elements and classes are those of the page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from django.utils.html import escape

from prose.bars import Context, Tag
from prose.html import render_document
from prose.nodes import Json, node_from_json
from tests.frontend.conftest import RunInNode

A: dict[str, Json] = {"type": "redaction", "attrs": {"ref": "R-2ABC"}}
B: dict[str, Json] = {"type": "redaction", "attrs": {"ref": "R-3DEF"}}
FILE = "f-aaaaaaaaaaaaaaaa"


def t(text: str, *marks: Json) -> Json:
    return {"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}


def n(kind: str, *content: Json, **attrs: Json) -> dict[str, Json]:
    return {"type": kind, **({"attrs": attrs} if attrs else {}), **({"content": list(content)} if content else {})}


def p(*content: Json) -> Json:
    return n("paragraph", *content)


LINK: Json = {"type": "link", "attrs": {"href": "https://example.org/?a=1&b=2"}}
BODY = n(
    "doc",
    n("heading", t("A title"), level=1),
    n("heading", t("Below "), t("it", A), level=2),
    p(t("words <&> "), t("hidden", A), t("twice", A, B), t(" a link", LINK), t("b", {"type": "em"}, {"type": "strong"})),
    p(n("citation", ref="C-4TN"), n("hard_break"), n("formula", tex="a < b"), n("footnote", t("a note "), t("code", {"type": "code"}))),
    n("blockquote", p(t("quoted"))),
    n("bullet_list", n("list_item", p(t("one"))), n("list_item", p(t("two")), p(t("more")))),
    n("ordered_list", n("list_item", p(t("three"))), order=3),
    n("code_block", t("let x = 1")),
    n(
        "table",
        n("table_row", n("table_header", p(t("h")), colspan=2, rowspan=1)),
        n("table_row", n("table_cell", p(t("c"))), n("table_cell", p(t("d", B)))),
    ),
    n("figure", {**n("image", file=FILE, alt="A curve"), "marks": [A]}, n("caption", t("cap"))),
    n("transcript", n("turn", n("speaker", t("User")), p(t("said"))), n("elision")),
    n("horizontal_rule"),
    n("formula_block", tex="x^2"),
)  # fmt: skip
LINE = n("doc", t("A line "), t("hidden", A), n("citation", ref="C-4TN"))

CONTEXT = Context(
    cite=lambda ref: f"/{ref}",
    describe=lambda ref: Tag("hidden", "approved", f"/{ref}"),
    ground_name=str,
    picture=lambda key: f"/cases/1/pictures/{key}",
)
ONLY_ON_PAGES = {"data-at", "data-size", "data-state", "data-leaf", "tabindex", "role", "aria-label", "id"}
ONLY_HERE = {"data-level", "data-file", "data-ref", "spellcheck"}
VOID = {"img", "br", "hr"}


class Leaves(HTMLParser):
    """Every stretch of words and every element without content, each with the elements around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self._around: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = sorted(f"{name}={value}" for name, value in attrs if name not in ONLY_ON_PAGES | ONLY_HERE)
        element = " ".join([tag, *told])
        if tag in VOID:
            self.found.append((*self._chain(), element))
        else:
            self._around.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._around.pop()

    def handle_data(self, data: str) -> None:
        self.found.append((*self._chain(), data))

    def _chain(self) -> list[str]:
        return [element for element in self._around if element != "tbody"]


def page_of(content: dict[str, Json]) -> str:
    html = re.sub(r'<a class="mark-ref".*?</a>', "", str(render_document(node_from_json(content), CONTEXT)))
    return re.sub(r'<a class="cite"([^>]*) href="[^"]*">([^<]*)</a>', r'<span class="cite"\1>\2</span>', html)


def test_the_editor_draws_what_the_page_shows(in_node: RunInNode) -> None:
    drawn = in_node("looks", *map(json.dumps, (BODY, LINE)))
    for content, html in zip((BODY, LINE), drawn, strict=True):
        there = Leaves(page_of(content)).found
        assert Leaves(html).found == there
        assert len(there) > 2
    assert escape("words <&> ") in drawn[0]
