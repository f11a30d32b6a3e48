"""Documents as HTML. Every textblock says at which position it starts, every leaf that it counts as one (docs/look.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prose.nodes import LEAVES, TEXTBLOCKS, Json, Mark, Node


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands beside marked words: the label, and the class of the words."""

    label: str
    words_class: str


@dataclass(frozen=True, slots=True)
class Context:
    """What rendering needs to know of the page: where a reference leads, what a mark says, where a picture is."""

    cite: Callable[[str], str]
    describe: Callable[[str], Tag | None]
    ground_name: Callable[[str], str]
    picture: Callable[[str], str]


SIMPLE = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "list_item": "li",
    "table_row": "tr",
    "figure": "figure",
    "caption": "figcaption",
}
CLASSED = {"transcript": "transcript", "turn": "turn", "speaker": "speaker"}
INLINE_MARKS = {"em": "em", "strong": "strong", "code": "code"}


def render_document(document: Node, context: Context) -> SafeString:
    """The whole document; the caller puts it into an element with `data-text` and `data-version`."""
    if any(child.is_text or child.type in ("citation", "formula", "withheld", "hard_break") for child in document.content):
        return format_html('<span data-at="0">{}</span>', _inline(document, 0, context))
    return _blocks(document, 0, context)


def _blocks(parent: Node, start: int, context: Context) -> SafeString:
    parts, position = [], start
    for child in parent.content:
        parts.append(_block(child, position, context))
        position += child.size
    return _joined(parts)


def _block(node: Node, position: int, context: Context) -> SafeString:
    if node.type in LEAVES:
        return _joined([_inline_node(node, position, context), _tags_that_end(node, None, context)])
    inside = _inline if node.type in TEXTBLOCKS else _blocks
    body = inside(node, position + 1, context)
    if node.type in CLASSED:
        return format_html('<div class="{}"{}>{}</div>', CLASSED[node.type], _at(node, position), body)
    if node.type == "heading":
        level = min(int(str(node.attrs.get("level", 2))) + 2, 6)
        return format_html("<h{}{}>{}</h{}>", level, _at(node, position), body, level)
    if node.type == "ordered_list":
        return format_html('<ol start="{}">{}</ol>', str(node.attrs.get("order", 1)), body)
    if node.type == "code_block":
        return format_html("<pre{}>{}</pre>", _at(node, position), body)
    if node.type == "table":
        return format_html('<div class="table-box" tabindex="0"><table>{}</table></div>', body)
    if node.type in ("table_cell", "table_header"):
        name = "td" if node.type == "table_cell" else "th"
        return format_html("<{}{}>{}</{}>", name, _spans(node), body, name)
    name = SIMPLE[node.type]
    return format_html("<{}{}>{}</{}>", name, _at(node, position), body, name)


def _at(node: Node, position: int) -> SafeString:
    return format_html(' data-at="{}"', position + 1) if node.type in TEXTBLOCKS else SafeString("")


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
    if node.type == "footnote":
        body = _inline(node, position + 1, context)
        inner = format_html(
            '<span class="footnote" role="note" data-size="{}" data-at="{}">{}</span>', node.size, position + 1, body
        )
    else:
        inner = format_html("{}", node.text) if node.is_text else _leaf(node, context)
    for mark in reversed(node.marks):
        inner = _marked(mark, inner, context)
    return inner


def _marked(mark: Mark, inner: SafeString, context: Context) -> SafeString:
    if mark.type in INLINE_MARKS:
        name = INLINE_MARKS[mark.type]
        return format_html("<{}>{}</{}>", name, inner, name)
    if mark.type == "link":
        return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', str(mark.attrs.get("href", "")), inner)
    refs = _mark_refs(mark)
    described = [tag for ref in refs if (tag := context.describe(ref))]
    name = "hidden-from" if mark.type == "hidden_from" else described[0].words_class if described else ""
    return format_html('<span class="{}" data-refs="{}">{}</span>', name, " ".join(refs), inner) if name else inner


def _mark_refs(mark: Mark) -> tuple[str, ...]:
    if mark.type == "redaction":
        return (str(mark.attrs.get("ref", "")),)
    return tuple(str(item["ref"]) for item in _items(mark.attrs)) if mark.type == "hidden_from" else ()


def _items(attrs: Mapping[str, Json]) -> list[dict[str, Json]]:
    items = attrs.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _tags_that_end(node: Node, following: Node | None, context: Context) -> SafeString:
    """The labels of the marks whose words end here."""
    ahead = {ref for mark in following.marks for ref in _mark_refs(mark)} if following else set()
    labels = []
    for mark in node.marks:
        if mark.type == "hidden_from":
            items = [item for item in _items(mark.attrs) if item["ref"] not in ahead]
            labels += [_hidden_from_label(item, context) for item in items]
        else:
            tags = [context.describe(ref) for ref in _mark_refs(mark) if ref not in ahead]
            labels += [tag.label for tag in tags if tag]
    return format_html_join("", '<span class="tag" data-skip>{}</span>', ((label,) for label in labels))


def _hidden_from_label(item: dict[str, Json], context: Context) -> str:
    names = item.get("audiences")
    who = ", ".join(str(name) for name in names) if isinstance(names, list) else ""
    return f"hidden from {who} · {context.ground_name(str(item['ground']))} · {item['ref']}"


def _leaf(node: Node, context: Context) -> SafeString:
    attrs = node.attrs
    match node.type:
        case "hard_break":
            return SafeString("<br data-leaf>")
        case "citation":
            ref = str(attrs.get("ref", ""))
            return format_html('<a class="cite" data-leaf href="{}">{}</a>', context.cite(ref), ref)
        case "formula":
            return format_html('<code class="formula" data-leaf>{}</code>', str(attrs.get("tex", "")))
        case "formula_block":
            return format_html('<code class="formula block" data-leaf>{}</code>', str(attrs.get("tex", "")))
        case "horizontal_rule":
            return SafeString("<hr data-leaf>")
        case "elision":
            return SafeString('<span class="elision" data-leaf>… passage left out …</span>')
        case "image":
            source = context.picture(str(attrs.get("file", "")))
            return format_html('<img data-leaf src="{}" alt="{}">', source, str(attrs.get("alt", "")))
        case _:
            return bar(_items(attrs), context)


def bar(items: list[dict[str, Json]], context: Context) -> SafeString:
    """The placeholder of a run, a masked object or a withheld attribute: grounds, references, notes, words shown instead."""
    refs = " ".join(str(item.get("ref", "")) for item in items)
    body = format_html_join("", "{}", ((_bar_item(item, context),) for item in items))
    return format_html('<span class="bar" role="note" data-leaf data-withheld="{}">{}</span>', refs, body)


def _bar_item(item: dict[str, Json], context: Context) -> SafeString:
    ground, instead, note = (str(item.get(key) or "") for key in ("ground", "instead", "note"))
    parts = [format_html('<span class="why">{}</span>', context.ground_name(ground) if ground else "withheld")]
    if ref := str(item.get("ref") or ""):
        parts.append(format_html(' <span class="id">{}</span>', ref))
    if instead:
        parts.append(format_html(' <span class="instead">{}</span>', instead))
    if note:
        parts.append(format_html(' <span class="why-note">{}</span>', note))
    return _joined(parts)


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped when it was made
