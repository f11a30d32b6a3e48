"""Documents of the schema, any there can be: words with signs that mean something in Markdown, every kind of block and leaf."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from prose.content import check_content
from prose.nodes import Json, Node
from prose.schema import TextSchema

Raw = dict[str, Any]
REDACTIONS = ("R-AAAA", "R-BBBB")
WORDS = st.one_of(
    st.sampled_from(
        [
            "plain words",
            "Egress is capped",
            "a",
            " ",
            "x y ",
            " z",
            "1. no",
            "# no",
            "- no",
            "> no",
            "*stars*",
            "_under_",
            "a_b_c",
            "`code`",
            "[x]{.redacted ref=R-AAAA}",
            "![a](b)",
            "<b>",
            "&amp;",
            "C-4TN",
            "@C-4TN",
            "|",
            "a | b",
            "\\",
            "$5 and $6",
            "$x$",
            "^[note]",
            "~~s~~",
            "::: table",
            "***",
            "---",
            "{.x}",
            "[^1]",
            "[^1]: a",
            "https://x.example",
            "é ü ß",
            "\u200b",
            "tab\tin",
            "line\nbreak",
            "end#",
            "#",
            "!",
            "x!",
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12),
)
HREFS = st.sampled_from(
    ["https://lab.example/a_b*c", "http://x.example/?a=1&b=2", "mailto:ada@lab.example", "https://x.example/(a)[b]<c>"]
)
TEX = st.one_of(
    st.sampled_from(["x^2", "\\frac{1}{2}", "a $ b", " x ", "`", "a|b", "x_{1}"]),
    st.text("xyz^_{}\\$ |`", min_size=1, max_size=8),
)


@st.composite
def marks(draw: st.DrawFn) -> list[Raw]:
    """Marks that text may carry."""
    refs = draw(st.sets(st.sampled_from(REDACTIONS), max_size=2))
    style = draw(st.sets(st.sampled_from(["em", "strong", "code"]), max_size=2))
    found: list[Raw] = [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(refs)]
    if draw(st.integers(0, 5)) == 0:
        found.append({"type": "link", "attrs": {"href": draw(HREFS)}})
    return found + [{"type": name} for name in ("em", "strong", "code") if name in style]


@st.composite
def leaves(draw: st.DrawFn, notes: bool = True, most: int = 4) -> list[Raw]:
    """Inline content."""
    out: list[Raw] = []
    for _ in range(draw(st.integers(0, most))):
        kind = draw(
            st.sampled_from(["text"] * 6 + ["citation", "formula", "hard_break"] + (["footnote"] if notes else []))
        )
        mine = draw(marks()) if draw(st.booleans()) else []
        if kind == "text":
            out.append({"type": "text", "text": draw(WORDS), "marks": mine})
        elif kind == "citation":
            out.append(
                {"type": "citation", "attrs": {"ref": draw(st.sampled_from(["C-AAAA", "E-AAAA"]))}, "marks": mine}
            )
        elif kind == "formula":
            out.append({"type": "formula", "attrs": {"tex": draw(TEX)}, "marks": mine})
        elif kind == "hard_break":
            out.append({"type": "hard_break", "marks": mine})
        else:
            inside = draw(leaves(notes=False, most=3)) or [{"type": "text", "text": "note"}]
            out.append({"type": "footnote", "content": inside})
    return out


def _block(kind: str, content: list[Raw], **attrs: Json) -> Raw:
    return {"type": kind, **({"attrs": attrs} if attrs else {}), **({"content": content} if content else {})}


def paragraphs() -> st.SearchStrategy[Raw]:
    """A paragraph."""
    return leaves().map(lambda found: _block("paragraph", found))


HIDDEN = st.one_of(st.just([]), st.just([]), st.just([{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]))


def flat_blocks() -> st.SearchStrategy[Raw]:
    """Blocks in which no blocks stand."""
    code = st.one_of(WORDS, st.sampled_from(["a\n\nb", "```", "  indented\n"]))
    return st.one_of(
        paragraphs(),
        paragraphs(),
        st.builds(lambda found, level: _block("heading", found, level=level), leaves(), st.integers(1, 3)),
        st.builds(
            lambda text, marks: _block("code_block", [{"type": "text", "text": text, "marks": marks}]), code, HIDDEN
        ),
        HIDDEN.map(lambda marks: {"type": "horizontal_rule", "marks": marks}),
        st.builds(lambda tex, marks: {"type": "formula_block", "attrs": {"tex": tex}, "marks": marks}, TEX, HIDDEN),
        st.builds(_figure, WORDS, HIDDEN, st.lists(leaves(), max_size=1)),
    )


def _figure(alt: str, marks: list[Raw], captions: list[list[Raw]]) -> Raw:
    image = {"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": alt}, "marks": marks}
    return _block("figure", [image, *(_block("caption", found) for found in captions)])


def blocks(depth: int = 2) -> st.SearchStrategy[Raw]:
    """Any block, containers nested that deep."""
    if not depth:
        return flat_blocks()
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=3)
    items = st.lists(
        st.builds(lambda one, more: _block("list_item", [one, *more[:2]]), paragraphs(), inner), min_size=1, max_size=3
    )
    said = st.lists(paragraphs(), min_size=1, max_size=2)
    turn = st.builds(lambda who, what: _block("turn", [_block("speaker", who), *what]), leaves(), said)
    elision = HIDDEN.map(lambda marks: {"type": "elision", "marks": marks})
    return st.one_of(
        flat_blocks(),
        inner.map(lambda found: _block("blockquote", found)),
        items.map(lambda found: _block("bullet_list", found)),
        st.builds(lambda found, order: _block("ordered_list", found, order=order), items, st.integers(0, 12)),
        tables(inner),
        st.lists(st.one_of(turn, elision), min_size=1, max_size=3).map(lambda found: _block("transcript", found)),
    )


@st.composite
def tables(draw: st.DrawFn, inner: st.SearchStrategy[list[Raw]]) -> Raw:
    """A table: what pipes can draw, or anything."""
    width, rows = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    plain = draw(st.booleans())
    out = []
    for row in range(rows):
        cells = []
        for _ in range(width):
            kind = "table_header" if row == 0 and (plain or draw(st.booleans())) else "table_cell"
            content = [draw(paragraphs())] if plain else draw(inner)
            cells.append(_block(kind, content, colspan=1 if plain else draw(st.integers(1, 2)), rowspan=1))
        out.append(_block("table_row", cells))
    return _block("table", out)


def bodies() -> st.SearchStrategy[Node]:
    """A body, in its one spelling."""
    raw = st.lists(blocks(), min_size=1, max_size=5).map(lambda found: {"type": "doc", "content": found})
    return raw.map(lambda one: check_content(one, TextSchema.BODY))


def lines() -> st.SearchStrategy[Node]:
    """A line."""
    raw = leaves(notes=False, most=6).map(lambda found: {"type": "doc", **({"content": found} if found else {})})
    return raw.map(lambda one: check_content(one, TextSchema.LINE))
