"""Differences and authors as HTML: new words underlined, old ones struck through, marks told by what happened to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prose.bars import Tag, mark_tag
from review.comparing.changes import Change
from review.history.authors import NOBODY, Written
from review.history.differences import Difference, Row, Stretch

Legend = Mapping[str, Tag]


def render_difference(difference: Difference, legend: Legend) -> SafeString:
    """Paragraph by paragraph; `legend`: what the marks that hide just now say (a lifted one says nothing)."""
    if difference.formatting:
        return SafeString('<p class="skipped">Only how the words look has changed.</p>')
    return _together(_row(row, legend) for row in difference.rows)


def _row(row: Row, legend: Legend) -> SafeString:
    if not row.stretches:
        many = "1 paragraph" if row.skipped == 1 else f"{row.skipped} paragraphs"
        return format_html('<p class="skipped">{} unchanged</p>', many)
    return format_html("<p>{}</p>", render_stretches(row.stretches, legend))


def render_stretches(stretches: tuple[Stretch, ...], legend: Legend) -> SafeString:
    """The words of one paragraph."""
    before, following = (None, *stretches[:-1]), (*stretches[1:], None)
    return _together(
        _stretch(was, one, after, legend) for was, one, after in zip(before, stretches, following, strict=True)
    )


def _stretch(before: Stretch | None, one: Stretch, after: Stretch | None, legend: Legend) -> SafeString:
    replaces = before is not None and before.change is Change.OUT and one.change is Change.IN
    space = " " if replaces or one.words.startswith(" ") else ""
    inner = _marked(SafeString(escape(one.words.removeprefix(" "))), one.refs, legend)
    if one.change is Change.IN:
        inner = format_html("<ins>{}</ins>", inner)
    elif one.change is Change.OUT:
        inner = format_html("<del>{}</del>", inner)
    return format_html("{}{}{}", space, inner, _tags(one, after, legend))


def _marked(inner: SafeString, refs: Iterable[str], legend: Legend) -> SafeString:
    for ref in refs:
        if tag := legend.get(ref):
            marked = '<span class="mark-redact" data-refs="{}" data-state="{}">{}</span>'
            inner = format_html(marked, ref, tag.state, inner)
    return inner


def _tags(one: Stretch, after: Stretch | None, legend: Legend) -> SafeString:
    """What happened to the marks of these words, and whose marks end with them."""
    told = [_told("now hidden by", ref, legend) for ref in one.hidden]
    told += [_told("shown again, no more hidden by", ref, legend) for ref in one.shown]
    ahead = after.refs if after else ()
    ends = (ref for ref in one.refs if ref not in (*ahead, *one.hidden))
    return _together([*told, *(mark_tag(ref, legend[ref]) for ref in ends if ref in legend)])


def _told(what: str, ref: str, legend: Legend) -> SafeString:
    name = format_html('<span class="id">{}</span>', ref)
    if tag := legend.get(ref):
        name = format_html('<a class="id" href="{}">{}</a>', tag.address, ref)
    return format_html(' <span class="tag">{} {}</span>', what, name)


def render_authors(
    blocks: Iterable[list[Written]], legend: Legend, signed: Callable[[int], SafeString], face: Callable[[int], str]
) -> SafeString:
    """The words of a text, each stretch followed by who wrote it (`signed`), drawn in their colour (`face`)."""
    return format_html_join("", "<p>{}</p>", ((_block(block, legend, signed, face),) for block in blocks))


def _block(
    block: list[Written], legend: Legend, signed: Callable[[int], SafeString], face: Callable[[int], str]
) -> SafeString:
    following = (*block[1:], None)
    return _together(_written(one, after, legend, signed, face) for one, after in zip(block, following, strict=True))


def _written(
    one: Written,
    after: Written | None,
    legend: Legend,
    signed: Callable[[int], SafeString],
    face: Callable[[int], str],
) -> SafeString:
    ends = (ref for ref in one.refs if ref in legend and ref not in (after.refs if after else ()))
    marked = _marked(SafeString(escape(one.words)), one.refs, legend)
    words = _together([marked, *(mark_tag(ref, legend[ref]) for ref in ends)])
    if one.who == NOBODY:
        return words
    return format_html('<span class="by {}">{}{}</span>', face(one.who), words, signed(one.who))


def _together(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped when it was made
