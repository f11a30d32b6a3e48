"""What stands beside the text of a DOCX: footnotes, endnotes, comments with their replies, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from review.bringing.draft import Comment, Said
from review.bringing.word.package import WordFile
from review.bringing.word.reading import Reading, visible_words
from review.bringing.word.xml import Element, attr, below, children, tag

LONGEST_NAME = 200


def notes_of(file: WordFile) -> dict[tuple[str, str], tuple[Element, str]]:
    """(kind, id) → the note and the part that it stands in."""
    found: dict[tuple[str, str], tuple[Element, str]] = {}
    for kind in ("footnote", "endnote"):
        for name in file.related(f"{kind}s"):
            for one in children(file.tree(name)):
                if not attr(one, "type") or attr(one, "type") == "normal":
                    found.setdefault((kind, attr(one, "id")), (one, name))
    return found


def list_margins(reading: Reading) -> None:
    """Headers and footers, each once: they stand on every page, and no page of a case has them."""
    for kind in ("header", "footer"):
        seen: set[str] = set()
        for name in reading.file.related(kind):
            said = visible_words(reading.file.tree(name))
            if said and said not in seen:
                seen.add(said)
                reading.at = "every page"
                reading.leave(f"a {kind}", said)
                reading.at = ""


@dataclass
class _Row:
    """A comment as it stands in the file."""

    key: str
    said: Said
    paragraph: str
    replies: list[Said] = field(default_factory=list)


def comments_of(file: WordFile) -> tuple[Comment, ...]:
    """The comments, replies below what they answer."""
    root = file.related_tree("comments")
    if root is None:
        return ()
    rows = [_row(one) for one in children(root) if tag(one) == "w:comment"]
    parents, done = _threads(file)
    by_paragraph = {row.paragraph: row for row in rows if row.paragraph}
    for row in rows:
        if (first := _first(row, by_paragraph, parents)) is not row:
            first.replies.append(row.said)
    return tuple(
        Comment(row.key, (row.said, *row.replies), row.paragraph in done)
        for row in rows
        if _first(row, by_paragraph, parents) is row and any(said.words for said in (row.said, *row.replies))
    )


def _row(one: Element) -> _Row:
    paragraphs = [attr(paragraph, "paraId") for paragraph in below(one, "w:p")]
    said = Said(attr(one, "author")[:LONGEST_NAME] or "somebody", attr(one, "date")[:10], visible_words(one))
    return _Row(attr(one, "id"), said, paragraphs[-1] if paragraphs else "")


def _threads(file: WordFile) -> tuple[dict[str, str], frozenset[str]]:
    """Last paragraph of a reply → that of what it answers; and those that are resolved."""
    root = file.related_tree("commentsExtended")
    rows: Iterator[Element] = iter(()) if root is None else children(root)
    listed = [(attr(one, "paraId"), attr(one, "paraIdParent"), attr(one, "done") in ("1", "true")) for one in rows]
    return {key: parent for key, parent, _ in listed if parent}, frozenset(key for key, _, is_done in listed if is_done)


def _first(row: _Row, rows: dict[str, _Row], parents: dict[str, str]) -> _Row:
    """What a reply answers in the end; a circle ends."""
    seen: set[str] = set()
    while row.paragraph in parents and parents[row.paragraph] in rows and row.paragraph not in seen:
        seen.add(row.paragraph)
        row = rows[parents[row.paragraph]]
    return row
