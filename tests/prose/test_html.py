"""Documents as HTML: nothing in them becomes a tag, and every position can be counted from the HTML alone (docs/look.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from lxml import html as lxml_html

from cases.redaction import redact_document
from prose.bars import Context, Tag, bar
from prose.html import is_line, render_document
from prose.nodes import TEXTBLOCKS, Json, Mark, Node, utf16_length
from tests.cases.test_redaction_twins import Twins, twins
from tests.cases.twins import EXTERNAL, REGISTER

XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</span></p><svg onload=alert(1)>",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "{{ x }}",
)
QUIET = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def context(*, described: bool = True) -> Context:
    return Context(
        cite=lambda ref: f"/claims/{ref}",
        describe=lambda ref: Tag(f"label of {ref}", "approved", f"/redactions#{ref}") if described else None,
        ground_name=lambda ground: ground.replace("_", " "),
        picture=lambda key: f"/pictures/{key}",
    )


def parsed(document: Node) -> lxml_html.HtmlElement:
    """As the page has it: a line carries its own position."""
    at = ' data-at="0"' if is_line(document) else ""
    return lxml_html.fragment_fromstring(f"<div{at}>{render_document(document, context())}</div>")


def positions(element: lxml_html.HtmlElement, at: int | None) -> Iterator[tuple[int, object]]:
    """What stands at each position, counted as positions.js does: text in UTF-16, data-leaf 1, data-skip nothing."""
    position = at
    if element.text and position is not None:
        yield from _letters(element.text, position)
        position += utf16_length(element.text)
    for child in element:
        own = int(child.get("data-at")) if child.get("data-at") else None
        if child.get("data-leaf") is not None:
            where = own if own is not None else position
            assert where is not None
            yield where, "leaf"
            position = None if position is None else position + 1
        elif child.get("data-skip") is None:
            inside = own if own is not None else position
            found = list(positions(child, inside))
            yield from found
            if position is not None:
                size = child.get("data-size")
                position += int(size) if size else sum(1 for _ in found) + _note_borders(child)
        if child.tail and position is not None:
            yield from _letters(child.tail, position)
            position += utf16_length(child.tail)


def _note_borders(element: lxml_html.HtmlElement) -> int:
    return 2 * len(element.xpath(".//*[@data-size][not(ancestor::*[@data-leaf])]"))


def _letters(words: str, position: int) -> Iterator[tuple[int, object]]:
    units = words.encode("utf-16-le")
    yield from ((position + i // 2, units[i : i + 2]) for i in range(0, len(units), 2))


def positions_of(node: Node, position: int) -> Iterator[tuple[int, object]]:
    """The same, from the document."""
    if node.is_text:
        yield from _letters(node.text, position)
    elif node.is_leaf:
        yield position, "leaf"
    else:
        inside = position + (node.type != "doc")
        for child in node.content:
            yield from positions_of(child, inside)
            inside += child.size


@settings(QUIET, max_examples=200)
@given(twins())
def test_positions_counted_in_the_html_are_those_of_the_document(pair: Twins) -> None:
    for document in (pair.first, redact_document(pair.first, REGISTER, EXTERNAL)[0]):
        page = parsed(document)
        assert list(positions(page, 0 if is_line(document) else None)) == list(positions_of(document, 0))


@settings(QUIET, max_examples=100)
@given(twins())
def test_every_textblock_and_footnote_says_where_it_starts(pair: Twins) -> None:
    shown, _ = redact_document(pair.first, REGISTER, EXTERNAL)
    page = parsed(shown)
    blocks = [start for node, start in _starts(shown, 0) if node.type in TEXTBLOCKS]
    notes = [(start, node.size) for node, start in _starts(shown, 0) if node.type == "footnote"]
    found = page.xpath(".//*[@data-at][not(@data-leaf)][not(@data-size)]")
    assert [int(element.get("data-at")) for element in found] == blocks
    sized = page.xpath(".//*[@data-size]")
    assert [(int(element.get("data-at")), int(element.get("data-size"))) for element in sized] == notes


def _starts(node: Node, position: int) -> Iterator[tuple[Node, int]]:
    inside = position + (node.type != "doc")
    if node.type != "doc" and not node.is_leaf:
        yield node, inside
    for child in node.content:
        if not child.is_leaf:
            yield from _starts(child, inside)
        inside += child.size


@settings(QUIET, max_examples=100)
@given(twins())
def test_html_of_an_edition_names_nothing_hidden_and_is_the_same_for_twins(pair: Twins) -> None:
    pages = [
        render_document(redact_document(doc, REGISTER, EXTERNAL)[0], context()) for doc in (pair.first, pair.second)
    ]
    assert pages[0] == pages[1]
    assert "canary" not in pages[0].lower()
    assert "mark-redact" not in pages[0]


def words(text: str, *marks: Mark) -> Node:
    return Node("text", marks=marks, text=text)


def doc(*blocks: Node) -> Node:
    return Node("doc", content=blocks)


def p(*content: Node) -> Node:
    return Node("paragraph", content=content)


def item(**said: Json) -> dict[str, Json]:
    return {"ref": "R-AAA", "ground": "security", "note": "", "extent": "", "instead": "", **said}


def hostile_document(payload: str) -> Node:
    said = [item(ref=payload, ground=payload, note=payload, instead=payload, extent=payload)]
    less: list[Json] = [{"ref": payload, "ground": payload, "note": payload, "audiences": [payload]}]
    figure = (Node("image", {"file": payload, "alt": payload}), Node("caption", content=(words(payload),)))
    inline = (
        words(payload, Mark("redaction", {"ref": payload}), Mark("link", {"href": payload}), Mark("code")),
        words(payload, Mark("hidden_from", {"items": less})),
        Node("citation", {"ref": payload}),
        Node("formula", {"tex": payload}),
        Node("withheld", {"items": [*said, item(note=payload * 20)]}),
        Node("footnote", content=(words(payload),)),
    )
    cell = Node("table_cell", {"colspan": payload}, (p(words(payload)),))
    blocks = (
        p(*inline),
        Node("code_block", content=(words(payload),)),
        Node("ordered_list", {"order": payload}, (Node("list_item", content=(p(words(payload)),)),)),
        Node("table", content=(Node("table_row", content=(cell,)),)),
        Node("figure", content=figure),
        Node("formula_block", {"tex": payload}),
    )
    return doc(*blocks)


@pytest.mark.parametrize("payload", XSS)
def test_nothing_in_a_document_becomes_a_tag(payload: str) -> None:
    def outline(text: str) -> list[tuple[object, tuple[str, ...]]]:
        rendered = render_document(
            hostile_document(text), Context(lambda r: r, lambda r: Tag(r, r, r), lambda g: g, lambda k: k)
        )
        page = lxml_html.fragment_fromstring(f"<div>{rendered}</div>")
        return [(element.tag, tuple(sorted(map(str, element.attrib)))) for element in page.iter()]

    assert outline(payload) == outline("x" * len(payload))


def test_label_of_a_mark_that_spans_several_leaves_stands_once_after_its_last() -> None:
    marks = (Mark("redaction", {"ref": "R-AAA"}),)
    inline = (words("one ", *marks), words("two", *marks, Mark("em")), words(" three", *marks), words(" four"))
    rendered = render_document(doc(p(*inline)), context())
    assert rendered.count('class="mark-ref"') == 1
    assert re.search(r"three</span><a class=\"mark-ref\" data-skip [^>]*>R-AAA</a> four", rendered)


def test_tag_of_what_less_cleared_lose_stands_once_for_each_redaction() -> None:
    def less(*refs: str) -> Mark:
        return Mark(
            "hidden_from",
            {"items": [{"ref": r, "ground": "security", "note": "", "audiences": ["Public"]} for r in refs]},
        )

    inline = (
        words("one", less("R-AAA")),
        words("two", less("R-AAA", "R-BBB"), Mark("em")),
        words("three", less("R-BBB")),
    )
    page = parsed(doc(p(*inline)))
    tags = [tag.text_content() for tag in page.xpath(".//*[@data-skip]")]
    assert tags == ["hidden from Public · security · R-AAA", "hidden from Public · security · R-BBB"]


def test_live_mark_that_is_described_by_nothing_shows_the_words_alone() -> None:
    rendered = render_document(doc(p(words("word", Mark("redaction", {"ref": "R-AAA"})))), context(described=False))
    assert rendered == '<p data-at="1">word</p>'


def test_bar_says_what_is_declared_and_no_more() -> None:
    page = lxml_html.fragment_fromstring(
        bar([item(extent="number", instead="about ten", note="short"), item(ref="", ground="")], context())
    )
    assert page.get("data-withheld").split() == ["R-AAA"]
    assert page.get("role") == "note"
    assert " ".join(page.text_content().split()) == "Withheld: about ten a number · security R-AAA short withheld"


def test_long_notes_have_ids_of_their_own() -> None:
    one = context()
    pages = [bar([item(note="n" * 61)], one), bar([item(note="n" * 61)], one)]
    ids = re.findall(r' id="([^"]+)"', "".join(pages))
    assert ids == re.findall(r'popovertarget="([^"]+)"', "".join(pages))
    assert all(a != b for a, b in pairwise(ids))


@pytest.mark.parametrize("first", ["\n", "\nx", "\n\n", "x\n", "\r\nx"])
def test_line_ends_of_code_are_counted(first: str) -> None:
    document = doc(Node("code_block", content=(words(first),)))
    page = lxml_html.fragment_fromstring(f"<div>{render_document(document, context())}</div>")
    assert etree.tostring(page) is not None
    html = render_document(document, context())
    assert html.startswith('<pre tabindex="0" data-at="1">' + ("\n\n" if first.startswith("\n") else ""))
    assert "\r" not in html


def test_link_on_a_citation_or_footnote_gives_no_link_in_a_link() -> None:
    link = Mark("link", {"href": "https://example.org"})
    cited = Node("citation", {"ref": "C-4TN"}, marks=(link,))
    note = Node("footnote", content=(Node("citation", {"ref": "C-4TN"}),), marks=(link,))
    rendered = render_document(doc(p(cited, note, words("x", link))), context())
    assert [a.get("href") for a in lxml_html.fragment_fromstring(f"<div>{rendered}</div>").xpath(".//a")] == [
        "/claims/C-4TN",
        "/claims/C-4TN",
        "https://example.org",
    ]


@pytest.mark.parametrize("span", [1, 3])
def test_cells_span_what_they_span(span: int) -> None:
    cell = Node("table_header", {"colspan": span, "rowspan": 1}, (p(words("x")),))
    rendered = render_document(doc(Node("table", content=(Node("table_row", content=(cell,)),))), context())
    assert ('colspan="3"' in rendered) is (span != 1)
    assert "rowspan" not in rendered


def marked_as_a_whole(kind: str) -> Node:
    """Two open words around a container of that kind that is marked itself, with two paragraphs."""
    mark = (Mark("redaction", {"ref": "R-AAA"}),)
    inside = (p(words("one "), words("two", Mark("em"))), p(words("three", *mark), Node("citation", {"ref": "C-4TN"})))
    marked = Node(kind, content=inside, marks=mark)
    if kind == "list_item":
        return doc(p(words("before")), Node("bullet_list", content=(marked,)), p(words("after")))
    if kind == "table_cell":
        return doc(
            p(words("before")),
            Node("table", content=(Node("table_row", content=(marked,)),)),
            p(words("after")),
        )
    return doc(p(words("before")), marked, p(words("after")))


@pytest.mark.parametrize("kind", ["blockquote", "list_item", "table_cell"])
def test_what_stands_in_something_marked_as_a_whole_is_shown_under_its_mark(kind: str) -> None:
    document = marked_as_a_whole(kind)
    page = parsed(document)
    marks = page.xpath(".//*[@class='mark-redact'][not(.//*[@class='mark-redact'])]")
    assert "".join(mark.text_content() for mark in marks) == "one twothreeC-4TN"
    assert (
        page.text_content() == "beforeone twoR-AAAthreeC-4TNR-AAAafter"
    )  # its tag where a paragraph ends, not after each word
    assert list(positions(page, None)) == list(positions_of(document, 0))
