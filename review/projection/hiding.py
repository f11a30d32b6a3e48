"""What is withheld in a set of pages, and what is marked there as withheld from less cleared audiences; and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.projection import derive
from cases.redaction import Ground, Shown, Withheld
from cases.redaction.facts import MARK
from prose.bars import items_of
from prose.nodes import Json, Node
from prose.shown import OpenText, ShownText
from review.projection.pages import MarkedRow, WithheldRow
from review.projection.walking import all_in

Item = dict[str, Json]
BETWEEN = ", "
GROUNDS: dict[str, str] = {ground.label: ground.value for ground in Ground}


def withheld_rows(pages: Mapping[str, object]) -> tuple[WithheldRow, ...]:
    """One row per redaction that stands on these pages, by reference; what nobody explained comes first."""
    where: dict[str, dict[str, None]] = {}
    items: dict[str, Item] = {}
    for name, page in pages.items():
        for item in bars_on(page):
            ref = str(item.get("ref", ""))
            items.setdefault(ref, item)
            where.setdefault(ref, {})[name] = None
    rows = ((Withheld((items[ref],)), tuple(where[ref])) for ref in sorted(items))
    return tuple(WithheldRow(item=item, pages=derive(lambda _, found=found: found, item)) for item, found in rows)


def marked_rows(pages: Mapping[str, object]) -> tuple[MarkedRow, ...]:
    """One row per redaction that readers see marked, with its ground and the audiences that lose what it covers."""
    where: dict[tuple[str, str], dict[str, None]] = {}
    losing: dict[tuple[str, str], dict[str, None]] = {}
    for name, page in pages.items():
        for ref, ground, audiences in _marks(page):
            where.setdefault((ref, ground), {})[name] = None
            losing.setdefault((ref, ground), {}).update(dict.fromkeys(audiences.split(BETWEEN)))
    return tuple(_marked_row((*said, BETWEEN.join(losing[said])), tuple(where[said])) for said in sorted(where))


def _marked_row(says: tuple[str, ...], pages: tuple[str, ...]) -> MarkedRow:
    nothing = Withheld(())
    return MarkedRow(says=derive(lambda _: says, nothing), pages=derive(lambda _: pages, nothing))


def bars_on(page: object) -> Iterator[Item]:
    """What every bar of a page, or of a part of one, says."""
    for value in _ruled(page):
        if isinstance(value, Withheld):
            yield from value.items
        elif isinstance(value, ShownText | OpenText):
            for leaf in value.document.leaves():
                if leaf.type == "withheld":
                    yield from items_of(leaf.attrs)


def _marks(page: object) -> Iterator[tuple[str, ...]]:
    """(reference, ground, audiences joined by commas)."""
    for value in _ruled(page):
        if isinstance(value, Shown):
            for mark in value.marked:
                audience, ground, ref = mark.rsplit(MARK, 2)
                yield ref, GROUNDS.get(ground, ""), audience
        elif isinstance(value, ShownText):
            for leaf in value.document.leaves():
                yield from _marks_on(leaf)


def _marks_on(leaf: Node) -> Iterator[tuple[str, ...]]:
    for mark in leaf.marks:
        for item in items_of(mark.attrs):
            names = item.get("audiences")
            who = BETWEEN.join(map(str, names)) if isinstance(names, list) else ""
            yield str(item.get("ref", "")), str(item.get("ground") or ""), who


def _ruled(page: object) -> Iterator[object]:
    """Everything that the rule made."""
    return all_in(page, Withheld, Shown, ShownText, OpenText)
