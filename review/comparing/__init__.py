"""What changed between two editions of one audience, computed from their stored parts and from nothing else. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypedDict

from prose.nodes import Json
from review.comparing.changes import (
    AttributeChange,
    Bar,
    Change,
    ChangedPage,
    EditionChanges,
    ObjectRow,
    Passage,
    Segment,
)
from review.comparing.collecting import NAMES, Collected, Words, collected
from review.comparing.diffing import covered, passage_of
from review.comparing.order import Place, reading_order
from review.comparing.tokens import Token, tokens_of

__all__ = [
    "AttributeChange",
    "Bar",
    "Change",
    "ChangedPage",
    "EditionChanges",
    "ObjectRow",
    "Passage",
    "Segment",
    "compare",
    "covered_bars",
]

Order = Callable[[str], Place]


def compare(old: Mapping[str, Json], new: Mapping[str, Json]) -> EditionChanges:
    """The difference of two editions, each given as page → its canonical JSON. The order of the pages does not matter."""
    before, after, order = collected(old), collected(new), reading_order(new, old)
    passages = sorted(_passages(before, after), key=lambda one: _reading(one, order))
    rows = _Rows(
        bars_in=_more_of(after, before, order),
        bars_out=_more_of(before, after, order),
        added=_only_in(after, before, order),
        removed=_only_in(before, after, order),
        attributes=tuple(sorted(_attributes(before, after), key=lambda one: (order(one.page), one.owner, one.field))),
        passages=tuple(passages),
    )
    return EditionChanges(
        **rows,
        words_in=sum(one.words_in for one in passages),
        words_out=sum(one.words_out for one in passages),
        pages=tuple(sorted({row.page for several in rows.values() for row in several}, key=order)),  # type: ignore[attr-defined]  # each has one
        names={row.page: row for one in (before, after) for row in one.objects.values() if row.page.endswith(row.ref)},
    )


def covered_bars(old: Mapping[str, Json], new: Mapping[str, Json]) -> frozenset[str]:
    """The redactions whose bars stand in the new edition where the old one had words."""
    before, after = collected(old).texts, collected(new).texts
    both = [(before[key], after[key]) for key in before.keys() & after.keys()]
    changed = [(was, now) for was, now in both if was.document != now.document]
    return frozenset(ref for was, now in changed for ref in covered(_tokens(was), _tokens(now)))


class _Rows(TypedDict):
    bars_in: tuple[Bar, ...]
    bars_out: tuple[Bar, ...]
    added: tuple[ObjectRow, ...]
    removed: tuple[ObjectRow, ...]
    attributes: tuple[AttributeChange, ...]
    passages: tuple[Passage, ...]


def _reading(one: Passage, order: Order) -> tuple[object, ...]:
    """Page by page: the object that the page is about, its name first, then what it is linked to."""
    return order(one.page), not one.page.endswith(one.owner), one.owner, one.field not in NAMES, one.field, one.key


def _passages(before: Collected, after: Collected) -> Iterator[Passage]:
    for key in before.texts.keys() | after.texts.keys():
        was, now = before.texts.get(key), after.texts.get(key)
        if was and now and was.document == now.document:
            continue
        place = now or was
        assert place is not None
        paragraphs, words_in, words_out = passage_of(_tokens(was), _tokens(now))
        if paragraphs:
            yield Passage(
                page=place.page,
                owner=place.owner,
                field=place.field,
                key=key,
                paragraphs=paragraphs,
                words_in=words_in,
                words_out=words_out,
            )


def _tokens(text: Words | None) -> list[Token]:
    return tokens_of(text.document) if text else []


def _more_of(these: Collected, than: Collected, order: Order) -> tuple[Bar, ...]:
    """Bars that stand here and not there; as many of each as there are more."""
    rows = Counter(these.bars)
    rows.subtract(Counter(than.bars))
    return tuple(sorted((+rows).elements(), key=lambda bar: (order(bar.page), bar.place, bar.field, bar.ref)))


def _only_in(these: Collected, other: Collected, order: Order) -> tuple[ObjectRow, ...]:
    rows = (row for ref, row in these.objects.items() if ref not in other.objects)
    return tuple(sorted(rows, key=lambda row: (order(row.page), row.ref)))


def _attributes(before: Collected, after: Collected) -> Iterator[AttributeChange]:
    """Values that changed between two objects that both editions show; one that was or is withheld has no value."""
    for owner, field in before.attributes.keys() & after.attributes.keys():
        was, now = before.attributes[owner, field], after.attributes[owner, field]
        if (was.value, was.withheld) != (now.value, now.withheld):
            yield AttributeChange(
                page=now.page,
                owner=now.name or owner,
                field=field,
                old=was.value,
                new=now.value,
                old_withheld=was.withheld,
                new_withheld=now.withheld,
            )
