"""Pasted HTML is made plain: what Google Docs and Word mean stays, what they say besides goes, and no word is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).parents[2] / "static" / "js"

GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7f"><h2 dir="ltr" style="line-height:1.38;"
><span style="font-size:16pt;font-weight:400">What we saw</span></h2><p dir="ltr"
><span style="font-weight:400;font-style:normal">Plain, </span
><span style="font-weight:700">bold</span><span style="font-style:italic">, slanted</span><span>, </span
><a href="https://example.org/x" style="text-decoration:none;"><span style="color:#1155cc">a link</span></a
><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><ul
><li dir="ltr" style="list-style-type:disc" aria-level="1"
><p dir="ltr" role="presentation"><span>one</span></p></li><ul
><li dir="ltr" aria-level="2"><p><span>deeper</span></p></li></ul
><li><p><span>two</span></p></li></ul><br><div dir="ltr" align="left"
><table style="border:none"><colgroup><col width="100" /></colgroup><tbody
><tr style="height:0pt"><td style="border:1px" colspan="2"><p dir="ltr"><span>A1</span></p></td></tr><tr
><td><p>A2</p></td><td><p>B2</p></td></tr></tbody></table></div></b>"""
FROM_GOOGLE = (
    "<h2>What we saw</h2><p>Plain, <b>bold</b><i>, slanted</i>, <a href='https://example.org/x'>a link</a>[1]</p>"
    "<ul><li><p>one</p><ul><li><p>deeper</p></li></ul></li><li><p>two</p></li></ul>"
    "<table><tbody><tr><td colspan='2'><p>A1</p></td></tr><tr><td><p>A2</p></td><td><p>B2</p></td></tr></tbody></table>"
)

IGNORED = "<![if !supportLists]><span style='font-family:Symbol'>\
<span style='mso-list:Ignore'>{}<span>&nbsp; </span></span></span><![endif]>"


def item(sign: str, level: int, words: str, list_id: int = 0) -> str:
    style = f"text-indent:-18.0pt;mso-list:l{list_id} level{level} lfo1"
    return f"<p class=MsoListParagraph style='{style}'>{IGNORED.format(sign)}{words}<o:p></o:p></p>\n"


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=EN-GB>"
    "<!--StartFragment--><h1>What we saw<o:p></o:p></h1><!--[if gte mso 9]><xml><w:Lost/></xml><![endif]-->"
    "<p class=MsoNormal>Words <b>bold</b> and <i style='mso-bidi-font-style:normal'>slanted</i>"
    "<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>"
    + item("·", 1, "first")
    + item("o", 2, "inner")
    + item("·", 1, "second")
    + item("3.", 1, "number three", 1)
    + "<table class=MsoTableGrid border=1><tr><td width=300 style='border:solid'><p class=MsoNormal>c1</p></td></tr></table>"
    "<!--EndFragment--></body></html>"
)
FROM_WORD = (
    "<h1>What we saw</h1><p>Words <b>bold</b> and <i>slanted</i>[1].</p>"
    "<ul><li><p>first</p><ul><li><p>inner</p></li></ul></li><li><p>second</p></li></ul>"
    "<ol start='3'><li><p>number three</p></li></ol><table><tbody><tr><td><p>c1</p></td></tr></tbody></table>"
)
SAMPLES = {
    "Google Docs": (GOOGLE, FROM_GOOGLE),
    "Word": (WORD, FROM_WORD),
    "boxes without paragraphs": ("<div>one</div><div><div>two</div></div>", "<p>one</p><p>two</p>"),
    "marks of ours": (
        '<p>a <span class="mark-redact" data-refs="R-AAAA" data-state="approved" style="color:red">b</span>'
        '<a class="mark-ref" data-skip href="/r/">R-AAAA</a></p>',
        '<p>a <span class="mark-redact" data-refs="R-AAAA">b</span></p>',
    ),
    "words that speak of style": ('<p title="x">he wrote style="red" there</p>', '<p>he wrote style="red" there</p>'),
    "scripts and comments": ("<p onclick='x()'>a<script>b()</script><!-- c --></p>", "<p>a</p>"),
}
SHAPE = """html => {
  const made = document.createElement("div")
  made.innerHTML = html
  return made.innerHTML.replace(/>\\s+</g, "><").trim()
}"""
WORDS = "html => new DOMParser().parseFromString(html, 'text/html').body.textContent"


@pytest.fixture
def blank(page: Page) -> Page:
    page.set_content("<main></main>")
    for name in ("word-lists.js", "clean-paste.js"):
        page.add_script_tag(path=SCRIPTS / name)
    return page


@pytest.mark.parametrize(("pasted", "meant"), SAMPLES.values(), ids=SAMPLES.keys())
def test_pasted_html_becomes_what_it_means(blank: Page, pasted: str, meant: str) -> None:
    cleaned = blank.evaluate("html => cleanPaste(html, false)", pasted)
    assert blank.evaluate(SHAPE, cleaned) == blank.evaluate(SHAPE, meant)
    assert "style=" not in re.sub(r">[^<]*<", "><", cleaned)


@pytest.mark.parametrize(
    "pasted", [GOOGLE, SAMPLES["boxes without paragraphs"][0], SAMPLES["words that speak of style"][0]]
)
@pytest.mark.parametrize("is_line", [False, True])
def test_no_word_is_lost(blank: Page, pasted: str, *, is_line: bool) -> None:
    cleaned = blank.evaluate("([html, isLine]) => cleanPaste(html, isLine)", [pasted, is_line])
    squeezed = [re.sub(r"\s+", "", blank.evaluate(WORDS, html)) for html in (pasted, cleaned)]
    assert squeezed[0] == squeezed[1]
    assert squeezed[0]


def test_several_blocks_become_one_line_with_spaces(blank: Page) -> None:
    assert blank.evaluate("html => cleanPaste(html, true)", WORD) == (
        "What we saw Words <b>bold</b> and <i>slanted</i>[1]. first inner second number three c1"
    )
