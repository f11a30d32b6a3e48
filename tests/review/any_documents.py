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
        ["plain words", "Egress is capped", "a", " ", "x y ", " z", "1. no", "# no", "- no", "> no", "*stars*", "_under_", "a_b_c", "`code`"]
        + ["[x]{.redacted ref=R-AAAA}", "![a](b)", "<b>", "&amp;", "C-4TN", "@C-4TN", "|", "a | b", "\\", "$5 and $6", "$x$", "^[note]", "~~s~~"]
        + ["::: table", "***", "---", "{.x}", "[^1]", "[^1]: a", "https://x.example", "é ü ß", "\u200b", "tab\tin", "line\nbreak", "end#", "#", "!", "x!"]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12),
)
HREFS = st.sampled_from(["https://lab.example/a_b*c", "http://x.example/?a=1&b=2", "mailto:ada@lab.example", "https://x.example/(a)[b]<c>"])
TEX = st.one_of(st.sampled_from(["x^2", "\\frac{1}{2}", "a $ b", " x ", "`", "a|b", "x_{1}"]), st.text("xyz^_{}\\$ |`", min_size=1, max_size=8))


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
        kind = draw(st.sampled_from(["text"] * 6 + ["citation", "formula", "hard_break"] + (["footnote"] if notes else [])))
        mine = draw(marks()) if draw(st.booleans()) else []
        if kind == "text":
            out.append({"type": "text", "text": draw(WORDS), "marks": mine})
        elif kind == "citation":
            out.append({"type": "citation", "attrs": {"ref": draw(st.sampled_from(["C-AAAA", "E-AAAA"]))}, "marks": mine})
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


@st.composite
def blocks(draw: st.DrawFn, depth: int = 2) -> Raw:
    """Any block."""
    kinds = ["paragraph"] * 4 + ["heading", "code_block", "horizontal_rule", "formula_block", "figure"]
    if depth:
        kinds += ["blockquote", "bullet_list", "ordered_list", "table", "transcript", "bullet_list"]
    kind = draw(st.sampled_from(kinds))
    inner = st.lists(blocks(depth=depth - 1), min_size=1, max_size=3) if depth else st.just([])
    refs = draw(st.sets(st.sampled_from(REDACTIONS), max_size=2)) if draw(st.integers(0, 3)) == 0 else set()
    hidden: list[Raw] = [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(refs)]
    match kind:
        case "heading":
            return _block(kind, draw(leaves()), level=draw(st.integers(1, 3)))
        case "code_block":
            text = draw(st.one_of(WORDS, st.sampled_from(["a\n\nb", "```", "  indented\n"])))
            return _block(kind, [{"type": "text", "text": text, "marks": hidden}])
        case "horizontal_rule":
            return {"type": kind, "marks": hidden}
        case "formula_block":
            return {"type": kind, "attrs": {"tex": draw(TEX)}, "marks": hidden}
        case "figure":
            image = {"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": draw(WORDS)}, "marks": hidden}
            caption = [_block("caption", draw(leaves()))] if draw(st.booleans()) else []
            return _block(kind, [image, *caption])
        case "blockquote":
            return _block(kind, draw(inner))
        case "bullet_list" | "ordered_list":
            items = [_block("list_item", [draw(paragraphs()), *draw(inner)[:2]]) for _ in range(draw(st.integers(1, 3)))]
            return _block(kind, items, **({"order": draw(st.integers(0, 12))} if kind == "ordered_list" else {}))
        case "table":
            return draw(tables(inner))
        case "transcript":
            turn = st.builds(lambda who, said: _block("turn", [_block("speaker", who), *said]), leaves(), st.lists(paragraphs(), min_size=1, max_size=2))
            return _block(kind, draw(st.lists(st.one_of(turn, st.just({"type": "elision", "marks": hidden})), min_size=1, max_size=3)))
        case _:
            return draw(paragraphs())


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
