"""Documents as HTML. Every textblock says at which position it starts, every leaf that it counts as one (docs/look.md)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prose.bars import Context, bar, hidden_from_tag, items_of, mark_tag
from prose.nodes import BLOCK_LEAVES, TEXTBLOCKS, Mark, Node
from prose.typed import pieces

SIMPLE = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "list_item": "li",
    "table_row": "tr",
    "table_cell": "td",
    "table_header": "th",
    "figure": "figure",
    "caption": "figcaption",
}
INLINE_MARKS = {"em": "em", "strong": "strong", "code": "code"}


def is_line(document: Node) -> bool:
    """Whether a document holds words itself, without blocks."""
    return all(
        child.is_text or child.type in ("citation", "formula", "withheld", "hard_break") for child in document.content
    )


def render_document(document: Node, context: Context, anchor: str = "") -> SafeString:
    """The inside of the element that carries `data-text`. Its headings have ids that begin with the anchor, if there is one."""
    if anchor:
        context = replace(context, anchor=anchor, headings=itertools.count(1))
    context = replace(context, used=set())
    context = _below_the_page(document, context)
    if is_line(document):
        return _inline(document, 0, replace(context, terms=None))
    return _blocks(document, 0, context)


def render_stretch(nodes: tuple[Node, ...], start: int, context: Context) -> SafeString:
    """Part of a block: inline nodes, or one leaf between blocks, that stand at `start` in their document."""
    return _inline(Node("paragraph", content=nodes), start, context)


def _marked_within(node: Node, around: tuple[Mark, ...]) -> Node:
    """The same with the redactions of whole items, cells and quotes on what stands in them, where they are shown and copied."""
    here = tuple(mark for mark in node.marks if mark.type == "redaction")
    if node.is_leaf or node.type == "footnote":
        missing = tuple(mark for mark in around if mark not in here)
        return replace(node, marks=(*missing, *node.marks)) if missing else node
    around += tuple(mark for mark in here if mark not in around)
    content = tuple(_marked_within(child, around) for child in node.content)
    is_same = all(new is old for new, old in zip(content, node.content, strict=True))
    return node if is_same else replace(node, content=content)


def _below_the_page(document: Node, context: Context) -> Context:
    """The first level of headings that a text uses stands right below the page's own, whichever level it is."""
    levels = [_level(child) for child in document.content if child.type == "heading"]
    return replace(context, below=context.below + 1 - min(levels)) if levels else context


def _level(heading: Node) -> int:
    return int(str(heading.attrs.get("level", 2)))


def _blocks(parent: Node, start: int, context: Context) -> SafeString:
    parts, position = [], start
    for child in parent.content:
        parts.append(_block(child, position, context))
        position += child.size
    return _joined(parts)


def _block(node: Node, position: int, context: Context) -> SafeString:
    if node.type in BLOCK_LEAVES:
        return _inline_node(node, position, context) + _tags_that_end(node, None, context)
    if node.marks:
        node = _marked_within(node, ())
    if node.type in ("heading", "code_block", "speaker"):
        context = replace(context, terms=None)
    at = format_html(' data-at="{}"', position + 1) if node.type in TEXTBLOCKS else SafeString("")
    body = (_inline if node.type in TEXTBLOCKS else _blocks)(node, position + 1, context)
    match node.type:
        case "transcript" | "turn" | "speaker":
            return format_html('<div class="{}"{}>{}</div>', node.type, at, body)
        case "heading":
            level = min(_level(node) + context.below, 6)
            return format_html("<h{}{}{}>{}</h{}>", level, _name(context), at, body, level)
        case "ordered_list":
            return format_html('<ol start="{}">{}</ol>', str(node.attrs.get("order", 1)), body)
        case "code_block":
            # The parser eats a first newline after <pre>.
            first = "\n" if body.startswith("\n") else ""
            return format_html('<pre tabindex="0"{}>{}{}</pre>', at, first, body)
        case "table":
            box = '<div class="table-box" tabindex="0" role="region" aria-label="Table {}"><table>{}</table></div>'
            return format_html(box, next(context.tables), body)
        case _:
            name = SIMPLE[node.type if node.type != "table_header" or _says(node) else "table_cell"]
            return format_html("<{}{}{}>{}</{}>", name, at, _spans(node), body, name)


def _says(cell: Node) -> bool:
    """Whether anything stands in a header: an empty corner is the header of nothing."""
    return any(True for _ in cell.leaves())


def _name(context: Context) -> SafeString:
    """The id of the next heading, where its text has a name on the page."""
    return format_html(' id="{}-{}"', context.anchor, next(context.headings)) if context.anchor else SafeString("")


def _spans(node: Node) -> SafeString:
    wide = [(name, str(node.attrs[name])) for name in ("colspan", "rowspan") if node.attrs.get(name, 1) != 1]
    return format_html_join("", ' {}="{}"', wide)


def _inline(parent: Node, start: int, context: Context) -> SafeString:
    parts, position = [], start
    for i, child in enumerate(parent.content):
        following = parent.content[i + 1] if i + 1 < len(parent.content) else None
        parts.append(_inline_node(child, position, context))
        parts.append(_tags_that_end(child, following, context))
        position += child.size
    return _joined(parts)


def _inline_node(node: Node, position: int, context: Context) -> SafeString:
    if node.is_text:
        inner = _words(node, context)
    elif node.type == "footnote":
        body = _inline(node, position + 1, context)
        footnote = '<span class="footnote" role="note" data-size="{}" data-at="{}">{}</span>'
        inner = format_html(footnote, node.size, position + 1, body)
    else:
        inner = _leaf(node, position, context)
    for mark in reversed(node.marks):
        if mark.type != "link" or (
            context.links and node.type not in ("citation", "footnote")
        ):  # a link in a link is no HTML
            inner = _marked(mark, inner, context)
    return inner


def _words(node: Node, context: Context) -> SafeString:
    """Words; a reference typed among them leads to its object, if that is shown here."""
    if not context.links or any(mark.type == "link" for mark in node.marks):
        return _plain(node.text)
    if context.known is None or "-" not in node.text:
        return _terms(node.text, node, context)
    parts = [
        format_html('<a class="typed" href="{}">{}</a>', context.cite(words), words)
        if is_reference
        else _terms(words, node, context)
        for words, is_reference in pieces(node.text, context.known)
    ]
    return _joined(parts)


def _terms(words: str, node: Node, context: Context) -> SafeString:
    """Words; the first use of a term leads to its definition."""
    if context.terms is None or any(mark.type == "code" for mark in node.marks):
        return _plain(words)
    parts = [
        format_html('<a class="term" href="{}">{}</a>', context.cite(ref), said) if ref else _plain(said)
        for said, ref in context.terms.pieces(words, context.used)
    ]
    return _joined(parts)


def _plain(words: str) -> SafeString:
    return SafeString(escape(words).replace("\r", "&#13;"))


def _marked(mark: Mark, inner: SafeString, context: Context) -> SafeString:
    if mark.type in INLINE_MARKS:
        name = INLINE_MARKS[mark.type]
        return format_html("<{}>{}</{}>", name, inner, name)
    if mark.type == "link":
        return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', str(mark.attrs.get("href", "")), inner)
    refs = _refs(mark)
    if mark.type == "hidden_from":
        return format_html('<span class="hidden-from" data-refs="{}">{}</span>', " ".join(refs), inner)
    tag = context.describe(refs[0])
    if tag is None:
        return inner
    return format_html('<span class="mark-redact" data-refs="{}" data-state="{}">{}</span>', refs[0], tag.state, inner)


def _refs(mark: Mark) -> tuple[str, ...]:
    if mark.type == "redaction":
        return (str(mark.attrs.get("ref", "")),)
    return tuple(str(item.get("ref", "")) for item in items_of(mark.attrs)) if mark.type == "hidden_from" else ()


def _tags_that_end(node: Node, following: Node | None, context: Context) -> SafeString:
    """The tags of the marks whose words end here, with nothing between words and tag."""
    ahead = {ref for mark in following.marks for ref in _refs(mark)} if following else set()
    tags: list[SafeString] = []
    for mark in node.marks:
        if mark.type == "hidden_from":
            tags += [hidden_from_tag(item, context) for item in items_of(mark.attrs) if item.get("ref") not in ahead]
        else:
            described = [(ref, context.describe(ref)) for ref in _refs(mark) if ref not in ahead]
            tags += [mark_tag(ref, tag) for ref, tag in described if tag and context.links]
    return _joined(tags)


def _leaf(node: Node, position: int, context: Context) -> SafeString:
    """A leaf; one that stands in no textblock carries its own position."""
    attrs = node.attrs
    at = format_html(' data-leaf data-at="{}"', position)
    match node.type:
        case "hard_break":
            return SafeString("<br data-leaf>")
        case "citation":
            return _citation(str(attrs.get("ref", "")), context)
        case "formula":
            return format_html('<code class="formula" data-leaf>{}</code>', str(attrs.get("tex", "")))
        case "formula_block":
            return format_html('<div class="formula-block" tabindex="0"{}>{}</div>', at, str(attrs.get("tex", "")))
        case "horizontal_rule":
            return format_html("<hr{}>", at)
        case "elision":
            return format_html('<div class="elision"{}>passage left out</div>', at)
        case "image":
            source = context.picture(str(attrs.get("file", "")))
            return format_html('<img{} src="{}" alt="{}">', at, source, str(attrs.get("alt", "")))
        case _:
            return bar(items_of(attrs), context)


def _citation(ref: str, context: Context) -> SafeString:
    if not context.links:
        return format_html('<span class="cite" data-leaf>{}</span>', ref)
    return format_html('<a class="cite" data-leaf href="{}">{}</a>', context.cite(ref), ref)


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped when it was made
