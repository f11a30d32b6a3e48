"""Content that can't be stored is refused, with the place of the fault, and never with an error of the library's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.content import MAX_DEPTH, MAX_SIZE, BadContent, check_content, citations, plain_text
from prose.nodes import Json, canonical, node_to_json
from prose.schema import TextSchema

BODY, LINE = TextSchema.BODY, TextSchema.LINE


def t(words: object, *marks: Json) -> dict[str, Json]:
    return {"type": "text", "text": words, "marks": list(marks)}  # type: ignore[dict-item]  # hostile on purpose


def n(kind: str, *content: Json, **attrs: Json) -> dict[str, Json]:
    return {"type": kind, "content": list(content), "attrs": attrs}


def doc(*blocks: Json) -> dict[str, Json]:
    return n("doc", *blocks)


def p(*content: Json) -> dict[str, Json]:
    return n("paragraph", *content)


def deep(levels: int) -> dict[str, Json]:
    inner = p(t("x"))
    for _ in range(levels):
        inner = n("blockquote", inner)
    return doc(inner)


def link(href: Json) -> dict[str, Json]:
    return {"type": "link", "attrs": {"href": href}}


def mark(ref: Json) -> dict[str, Json]:
    return {"type": "redaction", "attrs": {"ref": ref}}


IMAGE: dict[str, Json] = {"file": "f-aaaaaaaaaaaaaaaa", "alt": "A dog"}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "doc",
        {"type": "paragraph"},
        {},
        doc(),
        doc(t("bare words")),
        doc(p("not a node")),
        doc(n("script", t("x"))),
        doc(n("withheld")),
        doc(p(t("x", {"type": "hidden_from", "attrs": {"items": []}}))),
        doc(p(t("x", {"type": "underline"}))),
        doc(p(t("x", "em"))),
        doc(p({"type": "text", "text": "x", "marks": "em"})),
        doc({"type": "paragraph", "content": "words"}),
        doc({"type": "paragraph", "content": {"0": t("x")}}),
        doc({"type": "paragraph", "class": "big"}),
        doc(p(t(""))),
        doc(p(t(5))),
        doc(p(t(None))),
        doc(p({"type": "text"})),
        doc(p(p(t("x")))),
        doc(n("heading", t("x"), level=7)),
        doc(n("heading", t("x"), level=True)),
        doc(n("heading", t("x"), level="2")),
        doc(n("heading", t("x"), level=2.0)),
        doc(n("heading", t("x"), level=float("nan"))),
        doc(n("ordered_list", n("list_item", p(t("x"))), order=-1)),
        doc(n("table", n("table_row", n("table_cell", p(t("x")), colspan=0)))),
        doc(n("table", n("table_row", n("table_cell", p(t("x")), rowspan=False)))),
        doc(n("table")),
        doc(n("list_item", p(t("x")))),
        doc(n("bullet_list", p(t("x")))),
        doc(n("transcript", n("turn", p(t("x"))))),
        doc(n("figure", n("image", **{**IMAGE, "file": "../../etc/passwd"}))),
        doc(n("figure", n("image", **{**IMAGE, "file": "https://evil.example/x.png"}))),
        doc(n("figure", n("image", **{**IMAGE, "alt": "x" * 4001}))),
        doc(n("figure", n("caption"))),
        doc(p(n("citation", ref="4"))),
        doc(p(n("citation", ref="C-4TN\n"))),
        doc(p(n("citation"))),
        doc(p(n("formula", tex=["x"]))),
        doc(p(n("footnote"))),
        doc(p(n("footnote", n("footnote", t("x"))))),
        doc(n("code_block", t("x", {"type": "em"}))),
        doc(p(t("x", mark("not a ref")))),
        doc(p(t("x", mark(5)))),
        doc(p(t("x", {"type": "redaction"}))),
        doc(p(t("a\x00b"))),
        doc(p(t("a\ud800b"))),
        doc(p(n("formula", tex="\udfff"))),
        deep(MAX_DEPTH),
        deep(10_000),
        doc(p(t("x" * MAX_SIZE))),
    ],
)
def test_hostile_content_is_refused(raw: Json) -> None:
    with pytest.raises(BadContent):
        check_content(raw, BODY)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "/relative",
        "file:///etc/passwd",
        "",
        5,
        None,
        "https://" + "x" * 2000,
    ],
)
def test_link_that_is_no_web_or_mail_address_is_refused(href: Json) -> None:
    with pytest.raises(BadContent):
        check_content(doc(p(t("x", link(href)))), BODY)


@pytest.mark.parametrize("href", ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:ada@example.org"])
def test_web_and_mail_addresses_are_stored(href: str) -> None:
    assert check_content(doc(p(t("x", link(href)))), BODY).content[0].content[0].marks[0].attrs == {"href": href}


def test_line_holds_words_only() -> None:
    assert plain_text(check_content(doc(t("one "), t("two", {"type": "em"})), LINE)) == "one two"
    assert check_content(doc(), LINE).content == ()
    with pytest.raises(BadContent):
        check_content(doc(p(t("x"))), LINE)
    with pytest.raises(BadContent):
        check_content(doc(n("footnote", t("x"))), LINE)


def test_fault_is_named_with_its_place() -> None:
    with pytest.raises(BadContent) as caught:
        check_content(doc(p(t("x")), p(t("x"), t("y", {"type": "blink"}))), BODY)
    assert (caught.value.why, caught.value.where) == ("unknown mark 'blink'", "content/1/content/1/marks/0")


def test_one_document_has_one_spelling() -> None:
    split = doc(
        p(t("a", mark("R-BBB"), mark("R-AAA"), {"type": "em"}), t("b", mark("R-AAA"), mark("R-BBB"), {"type": "em"}))
    )
    whole = doc(p(t("ab", mark("R-AAA"), mark("R-BBB"), {"type": "em"})))
    assert check_content(split, BODY) == check_content(whole, BODY)


def test_stored_content_is_read_back_as_it_was() -> None:
    figure = n("figure", n("image", **IMAGE), n("caption", t("caption")))
    once = check_content(
        doc(p(t("see "), n("citation", ref="C-4TN"), n("formula", tex="x"), n("hard_break")), figure), BODY
    )
    assert check_content(node_to_json(once), BODY) == once
    assert list(citations(once)) == ["C-4TN"]
    assert plain_text(once) == "see x \nA dog\ncaption"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "content", "marks", "attrs", "text", "ref", "level", "x"]), inner, max_size=5
        )
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["doc", "paragraph", "text", "heading", "citation", "image", "redaction", "em"])},
            optional={
                "content": st.lists(inner, max_size=3),
                "marks": st.lists(inner, max_size=2),
                "attrs": inner,
                "text": inner,
            },
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(TextSchema))
def test_any_json_is_stored_or_refused_and_nothing_else(raw: Json, kind: TextSchema) -> None:
    wrapped: list[Json] = [raw, doc(raw), doc(p(raw))]
    for content in wrapped:
        try:
            accepted = check_content(content, kind)
        except BadContent:
            continue
        assert check_content(node_to_json(accepted), kind) == accepted
        canonical(node_to_json(accepted)).encode()
