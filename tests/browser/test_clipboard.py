"""What is copied in the editor, or from a page, comes back as it was when it is pasted; what a text may not hold stays out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from prose.html import render_document
from prose.nodes import Json, node_from_json
from tests.frontend.conftest import RunInNode, in_node  # noqa: F401  # a fixture
from tests.frontend.test_looks import BODY, CONTEXT, LINE

TEXTS = [("body", BODY), ("line", LINE)]
SCRIPTS = Path(__file__).parents[2] / "static" / "js"
MARK: list[Json] = [{"type": "redaction", "attrs": {"ref": "R-2MFX"}}]


@pytest.fixture
def clipboard(page: Page, in_node: RunInNode) -> Page:  # noqa: F811
    """An empty page with the editor's reading and writing of HTML."""
    page.add_script_tag(content=in_node("clipboard", fault="browser"))
    return page


def read(page: Page, kind: str, html: str) -> Json:
    return page.evaluate("([kind, html]) => window.clipboard.read(kind, html)", [kind, html])


def spelled(content: Json) -> Json:
    """Without what the schema gives by itself."""
    if isinstance(content, list):
        return [spelled(one) for one in content]
    if isinstance(content, dict):
        given = {"colspan": 1, "rowspan": 1, "order": 1}
        return {
            key: spelled(value)
            for key, value in content.items()
            if not (key in given and value == given[key]) and not (key == "attrs" and not spelled(value))
        }
    return content


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "content"), TEXTS)
def test_what_is_copied_in_the_editor_comes_back(kind: str, content: Json, clipboard: Page) -> None:
    html = clipboard.evaluate("([kind, content]) => window.clipboard.write(kind, content)", [kind, content])
    assert spelled(read(clipboard, kind, html)) == spelled(content)


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "content"), TEXTS)
def test_what_is_copied_from_a_page_keeps_its_marks_and_citations(
    kind: str, content: dict[str, Json], clipboard: Page
) -> None:
    html = str(render_document(node_from_json(content), CONTEXT))
    lower = json.loads(json.dumps(content).replace('"level": 2', '"level": 3').replace('"level": 1', '"level": 2'))
    assert spelled(read(clipboard, kind, html)) == spelled(
        lower
    )  # a page's headings stand one lower than the text's own


@pytest.mark.browser
@pytest.mark.parametrize(
    "html",
    [
        '<p>words<a href="javascript:alert(1)"></a><script>alert(1)</script><style>p{}</style></p>',
        '<p>words<img src="https://elsewhere.example/x.png"><span class="cite">C-!!!</span></p>',
        '<p>words<span class="sr">heard</span><a data-skip href="/x">R-2ABC</a></p>',
        '<b style="font-weight:normal"><p>words</p></b>',
    ],
)
def test_what_a_text_may_not_hold_is_left_out(html: str, clipboard: Page) -> None:
    found = read(clipboard, "body", html)
    assert isinstance(found, dict)
    words = {"type": "paragraph", "content": [{"type": "text", "text": "words"}]}
    assert found["content"] in ([words], [{**words, "content": [{"type": "text", "text": "wordsC-!!!"}]}])


def paragraph(*content: Json) -> dict[str, Json]:
    return {"type": "paragraph", "content": list(content)}


def from_edition(page: Page, *refs: str, is_line: bool = False) -> Json:
    """What is read of a paragraph of an edition in which less cleared readers lose a word."""
    items: Json = [{"ref": ref, "ground": "security", "note": "n", "audiences": ["Public"]} for ref in refs]
    words = {"type": "text", "text": "SECRET", "marks": [{"type": "hidden_from", "attrs": {"items": items}}]}
    shown = node_from_json({"type": "doc", "content": [paragraph({"type": "text", "text": "Plain "}, words)]})
    for name in ("word-lists.js", "clean-paste.js"):
        page.add_script_tag(path=SCRIPTS / name)
    html = page.evaluate(
        "([html, isLine]) => cleanPaste(html, isLine)", [str(render_document(shown, CONTEXT)), is_line]
    )
    return read(page, "line" if is_line else "body", html)


@pytest.mark.browser
@pytest.mark.parametrize("is_line", [False, True])
@pytest.mark.parametrize("refs", [["R-2MFX"], ["R-2MFX", "R-3DEF", "R-4GHJ"]])
def test_words_copied_from_an_edition_keep_what_hides_them(refs: list[str], is_line: bool, clipboard: Page) -> None:
    marks: list[Json] = [{"type": "redaction", "attrs": {"ref": ref}} for ref in refs]
    inline = [{"type": "text", "text": "Plain "}, {"type": "text", "text": "SECRET", "marks": marks}]
    found = from_edition(clipboard, *refs, is_line=is_line)
    assert found == {"type": "doc", "content": inline if is_line else [paragraph(*inline)]}


def marked(kind: str) -> dict[str, Json]:
    """A body in which one container of that kind is marked as a whole."""
    secret, open_ = ([paragraph({"type": "text", "text": words})] for words in ("SECRET", "open"))
    if kind == "list_item":
        items = [{"type": kind, "marks": MARK, "content": secret}, {"type": kind, "content": open_}]
        return {"type": "doc", "content": [{"type": "bullet_list", "content": items}]}
    if kind == "table_cell":
        cells = [{"type": kind, "content": open_}, {"type": kind, "marks": MARK, "content": secret}]
        return {"type": "doc", "content": [{"type": "table", "content": [{"type": "table_row", "content": cells}]}]}
    return {"type": "doc", "content": [{"type": kind, "marks": MARK, "content": secret}, *open_]}


def marks_by_words(content: Json, around: tuple[Json, ...] = ()) -> dict[str, Json]:
    """Words → the redactions on them and on all that holds them."""
    if isinstance(content, list):
        return {words: found for one in content for words, found in marks_by_words(one, around).items()}
    if not isinstance(content, dict):
        return {}
    own = content.get("marks", [])
    assert isinstance(own, list)
    here = (*around, *(mark for mark in own if mark in MARK))
    if content["type"] == "text":
        return {str(content["text"]): list(here)}
    return marks_by_words(content.get("content", []), here)


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["list_item", "table_cell", "blockquote"])
def test_words_of_something_marked_as_a_whole_keep_the_mark_when_they_are_copied(kind: str, clipboard: Page) -> None:
    whole = marked(kind)
    from_page = read(clipboard, "body", str(render_document(node_from_json(whole), CONTEXT)))
    from_editor = read(
        clipboard, "body", clipboard.evaluate("content => window.clipboard.write('body', content)", whole)
    )
    for found in (from_page, from_editor):
        assert marks_by_words(found) == {"SECRET": MARK, "open": []}


SELECT = """([start, end]) => {
  const words = (name) => document.evaluate(`//*[@id='read']//text()[contains(., '${name}')]`, document, null, 9).singleNodeValue
  const at = (name) => [words(name), words(name).data.indexOf(name)]
  const [last, from] = at(end)
  getSelection().setBaseAndExtent(...at(start), last, from + end.length)
}"""
CATCH = """() => document.getElementById("there").addEventListener("paste", (event) => {
  window.pasted = event.clipboardData.getData("text/html")
  event.preventDefault()
})"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("start", "end"), [("one", "one"), ("two", "three"), ("Plain", "one"), ("three", "after"), ("one", "last")]
)
def test_words_selected_inside_hidden_ones_are_copied_with_what_hides_them(
    start: str, end: str, clipboard: Page
) -> None:
    more: list[Json] = [*MARK, {"type": "em"}]
    inline = [{"type": "text", "text": "Plain "}, {"type": "text", "text": "one two ", "marks": MARK}]
    inline += [{"type": "text", "text": "three", "marks": more}, {"type": "text", "text": " after"}]
    blocks = [paragraph(*inline), paragraph({"type": "text", "text": "last", "marks": MARK})]
    html = render_document(node_from_json({"type": "doc", "content": blocks}), CONTEXT)
    clipboard.evaluate("html => { document.body.innerHTML = html }", f'<div id="read">{html}</div><input id="there">')
    for name in ("word-lists.js", "clean-paste.js", "copy-words.js"):
        clipboard.add_script_tag(path=SCRIPTS / name)
    clipboard.evaluate(CATCH)
    clipboard.evaluate(SELECT, [start, end])
    clipboard.keyboard.press("Control+c")
    clipboard.focus("#there")
    clipboard.keyboard.press("Control+v")
    found = marks_by_words(read(clipboard, "body", clipboard.evaluate("cleanPaste(pasted, false)")))
    hidden = {word for words, marks in found.items() if MARK[0] in marks for word in words.split()}
    shown = {word for words, marks in found.items() if MARK[0] not in marks for word in words.split()}
    assert hidden | shown >= {start, end}
    assert hidden & {"one", "two", "three", "last"} == (hidden | shown) - {"Plain", "after"}
