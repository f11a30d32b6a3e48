"""What is copied in the editor, or from a page, comes back as it was when it is pasted; what a text may not hold stays out."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from prose.html import render_document
from prose.nodes import Json, node_from_json
from tests.frontend.conftest import RunInNode, in_node  # noqa: F401  # a fixture
from tests.frontend.test_looks import BODY, CONTEXT, LINE

TEXTS = [("body", BODY), ("line", LINE)]


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
