"""positions.js counts as ProseMirror counts: selected words become the positions that the server stores."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
pytestmark = pytest.mark.browser

# Positions as in the document: a block opens and closes with 1 each; a leaf is 1; UTF-16 units. The second paragraph
# holds a 21, lock 22, b 24, bar 25, " c" 26, dd 28, citation 30, e 31, break 32, f 33.
BODY = """
<main id="main"><div id="body" data-text="t-body" data-version="3"
><p data-at="1" id="p1">one <em>two <strong>three</strong></em> four</p
><p data-at="21" id="p2">a\U0001f512b<span class="bar" data-leaf data-withheld="R-2MFX" id="bar"
><span>security</span> <span>R-2MFX</span></span> c<span class="hidden-from" id="hf">dd</span
><span class="tag" data-skip id="tag">hidden from Public</span><a class="cite" data-leaf href="#x" id="cite">C-4TN</a
>e<br data-leaf>f</p
><p data-at="36" id="p3">note<span class="footnote" data-at="41" data-size="7" id="fn">small</span> end</p>
<ul><li><p data-at="55" id="li">item</p></li></ul>
<div class="table-box"><table>
<tr><td><p data-at="64" id="td">cell</p></td><td><p data-at="72">next</p></td></tr>
</table></div>
<div class="transcript"><div class="turn"><div class="speaker" data-at="82" id="sp">Eve</div
><p data-at="87">Hi</p></div><div class="elision" data-leaf data-at="91" id="gap">left out</div></div>
<pre data-at="95" id="pre">x
  y</pre>
</div>
<p id="line" data-text="t-line" data-version="1" data-at="0"
>A line of <span data-leaf class="formula">x^2</span> words</p>
<p id="apart">No text of ours</p></main>
<aside class="notes"><article class="note" id="card" data-text="t-body" data-version="3" data-from="1" data-to="4"
><header><b>Rhea</b></header><q>one</q></article></aside>
"""

SELECT = """([from, start, to, end]) => {
  const find = ([selector, ...path]) => path.reduce((node, i) => node.childNodes[i], document.querySelector(selector));
  getSelection().setBaseAndExtent(find(from), start, find(to), end);
  const found = positions.selectionRange();
  return found && [found.text, found.version, found.from, found.to, found.quote, found.clamped];
}"""
AGAIN = """([key, from, to]) => {
  const range = positions.rangeOf(key, from, to);
  if (!range) return null;
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const found = positions.selectionRange();
  return found && [found.from, found.to];
}"""


@pytest.fixture
def text_page(page: Page) -> Page:
    page.set_content(BODY)
    page.add_script_tag(path=SCRIPTS / "positions.js")
    return page


def body(start: int, end: int, quote: str, *, clamped: bool = False) -> list[Any]:
    return ["t-body", 3, start, end, quote, clamped]


CASES: dict[str, tuple[tuple[Any, ...], list[Any] | None]] = {
    "plain words": ((["#p1", 0], 0, ["#p1", 0], 3), body(1, 4, "one")),
    "over marks": ((["#p1", 1, 0], 0, ["#p1", 2], 5), body(5, 19, "two three four")),
    "inside nested marks": ((["#p1", 1, 1, 0], 1, ["#p1", 1, 1, 0], 3), body(10, 12, "hr")),
    "an astral character counts two": ((["#p2", 0], 3, ["#p2", 0], 4), body(24, 25, "b")),
    "a leaf counts one": ((["#p2", 2], 0, ["#p2", 2], 2), body(26, 28, "c")),
    "part of a bar is the bar": ((["#bar", 0, 0], 2, ["#bar", 0, 0], 5), body(25, 26, "[withheld: R-2MFX]")),
    "resting on the edge of a bar": ((["#p2", 0], 3, ["#bar", 0, 0], 0), body(24, 25, "b")),
    "a tag counts nothing": ((["#hf", 0], 0, ["#cite", 0], 5), body(28, 31, "ddC-4TN")),
    "starting inside a tag": ((["#tag", 0], 2, ["#p2", 6], 1), body(30, 32, "C-4TNe")),
    "a break counts one": ((["#p2", 6], 0, ["#p2", 8], 1), body(31, 34, "e f")),
    "inside a footnote": ((["#fn", 0], 1, ["#fn", 0], 3), body(42, 44, "ma")),
    "after a footnote": ((["#p3", 2], 1, ["#p3", 2], 4), body(48, 51, "end")),
    "over a footnote": ((["#p3", 0], 0, ["#p3", 2], 4), body(36, 51, "note small end")),
    "a triple click ends in the next block": ((["#p1", 0], 0, ["#p2"], 0), body(1, 19, "one two three four")),
    "over two paragraphs": ((["#p1", 2], 1, ["#p2", 0], 1), body(15, 22, "four a")),
    "from a list into a table": ((["#li", 0], 0, ["#td", 0], 4), body(55, 68, "item cell")),
    "a transcript with an elision": ((["#sp", 0], 0, ["#gap", 0], 4), body(82, 92, "Eve Hi left out")),
    "code keeps its spaces": ((["#pre", 0], 1, ["#pre", 0], 5), body(96, 100, "y")),
    "a line": ((["#line", 0], 2, ["#line", 2], 6), ["t-line", 1, 2, 17, "line of x^2 words", False]),
    "two texts: the first, and said so": ((["#pre", 0], 4, ["#line", 0], 6), body(99, 100, "y", clamped=True)),
    "selected backwards": ((["#line", 0], 6, ["#pre", 0], 4), body(99, 100, "y", clamped=True)),
    "a whole block": ((["#body"], 0, ["#body"], 1), body(1, 19, "one two three four")),
    "nothing": ((["#p1", 0], 2, ["#p1", 0], 2), None),
    "outside every text": ((["#apart", 0], 0, ["#apart", 0], 4), None),
    "a card is no text": ((["#card", 1, 0], 0, ["#card", 1, 0], 3), None),
    "only the edge of a text": ((["#line", 2], 6, ["#apart", 0], 4), None),
}


@pytest.mark.parametrize(("where", "found"), CASES.values(), ids=CASES.keys())
def test_selection_becomes_document_positions(text_page: Page, where: tuple[Any, ...], found: list[Any] | None) -> None:
    assert text_page.evaluate(SELECT, list(where)) == found


BLOCKS = [(1, 19), (21, 34), (36, 51), (41, 46), (55, 59), (64, 68), (82, 85), (95, 100)]
INSIDE_AN_ASTRAL_CHARACTER = 23


@pytest.mark.parametrize(("first", "last"), BLOCKS)
def test_every_range_of_a_block_comes_back_the_same(text_page: Page, first: int, last: int) -> None:
    places = [at for at in range(first, last + 1) if at != INSIDE_AN_ASTRAL_CHARACTER]
    if (first, last) == (36, 51):
        places = [at for at in places if not 40 < at < 47]  # a position inside the footnote is in another block
    pairs = [(start, end) for start in places for end in places if start < end]
    wrong = [
        (start, end, back)
        for start, end in pairs
        if (back := text_page.evaluate(AGAIN, ["t-body", start, end])) != around(start, end)
    ]
    assert (wrong, len(pairs) >= 3) == ([], True)


def around(start: int, end: int) -> list[int]:
    """A range that begins or ends at the outer border of the footnote (40, 47) is the range of its words."""
    return [41 if start == 40 else start, 46 if end == 47 else end] if (start, end) != (40, 41) else [40, 41]


@pytest.mark.parametrize(("key", "start", "end"), [("t-none", 1, 4), ("t-body", 400, 410), ("t-body", 4, 4)])
def test_range_of_absent_words_is_none(text_page: Page, key: str, start: int, end: int) -> None:
    assert text_page.evaluate("([k, a, b]) => positions.rangeOf(k, a, b)", [key, start, end]) is None


@pytest.mark.parametrize("paint", ["highlight", "mark"])
def test_a_comment_beside_its_words_moves_no_position(text_page: Page, paint: str) -> None:
    if paint == "mark":
        text_page.evaluate("window.Highlight = undefined")
    for name in ("said-words", "anchors"):
        text_page.add_script_tag(path=SCRIPTS / f"{name}.js")
    assert text_page.locator("#p1 .note-ref").count() == 1
    assert text_page.locator("mark.said-words").all_inner_texts() == (["one"] if paint == "mark" else [])
    for start, end, quote in [(1, 4, "one"), (2, 8, "ne two"), (5, 14, "two three"), (24, 25, "b")]:
        assert text_page.evaluate(AGAIN, ["t-body", start, end]) == [start, end]
        assert text_page.evaluate("positions.selectionRange().quote") == quote
