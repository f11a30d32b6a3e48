"""The outline of a page: its own headings, as shown, under ids that are the same in every edition."""

from __future__ import annotations

import re

from prose.html import render_document
from prose.nodes import Node
from review.outline import END, START, anchor_of, cut, headings, outline
from review.shell import BASE, placed
from tests.prose.test_html import context

KEY = "t-abcdefghjkmnpqrs"


def heading(words: str, level: int = 2) -> Node:
    return Node("heading", {"level": level}, (Node("text", text=words),))


def document(*content: Node) -> Node:
    return Node("doc", content=content)


PLAIN = Node("paragraph", content=(Node("text", text="Words."),))


def test_every_line_of_the_outline_leads_to_its_heading():
    text = document(heading("First", 1), PLAIN, heading("Deeper"), heading("Second", 1))
    page = render_document(text, context(), anchor_of(KEY))
    rows = headings(text, KEY, context())
    assert [row.id for row in rows] == re.findall(r'<h\d id="([^"]+)"', page)
    assert [row.html for row in rows] == ["First", "Deeper", "Second"]


def test_a_deeper_heading_stands_below_the_one_before_it():
    html = outline(headings(document(heading("One", 1), heading("Two", 2), heading("Three", 1)), KEY, context()))
    assert html.count("<ol") == 2
    assert html.index("One") < html.index("<ol>") < html.index("Two") < html.index("Three")


def test_one_heading_makes_no_outline():
    assert outline(headings(document(heading("Only")), KEY, context())) == ""


def test_a_bar_in_a_heading_stands_in_the_outline_without_a_link_or_a_button():
    item = {"ref": "R-7Q2K", "ground": "security", "note": "n" * 200, "extent": "name", "instead": ""}
    hidden = Node("heading", {"level": 2}, (Node("withheld", {"items": [item]}),))
    html = outline(headings(document(hidden, heading("Second")), KEY, context()))
    assert 'data-withheld="R-7Q2K"' in html
    assert "<button" not in html


def test_headings_of_two_texts_have_different_ids():
    one, other = (headings(document(heading("A"), heading("B")), key, context()) for key in (KEY, KEY[::-1]))
    assert not {row.id for row in one} & {row.id for row in other}


def test_stored_page_is_cut_into_outline_and_text():
    assert cut(f"{START}<li>a</li>{END}<h1>T</h1>") == (f"{START}<li>a</li></ol>", "<h1>T</h1>")
    assert cut("<h1>T</h1>") == ("", "<h1>T</h1>")


def test_words_cannot_pass_for_an_outline():
    text = document(Node("paragraph", content=(Node("text", text=f"{START}x{END}"),)))
    assert cut(render_document(text, context()))[0] == ""


def test_outline_stands_under_the_line_of_its_page_and_nowhere_else():
    rail = f'<ol><li><a href="{BASE}a/">A</a></li><li><a href="{BASE}b/">B</a></li></ol>'
    html = placed(rail, "../", "b", "<ol>O</ol>")
    assert html == '<ol><li><a href="../a/">A</a></li><li><a href="../b/" aria-current="page">B</a><ol>O</ol></li></ol>'
