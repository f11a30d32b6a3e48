"""In which order the pages of an edition are read, and on which of them a thing is at home."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prose.nodes import Json
from review.states import DERIVED_PAGES, FIND, PageKind

Place = tuple[int, int, str]

# Everything that these hold is at home on another page, or is no page at all.
REPEATING = DERIVED_PAGES | {FIND}
READING = (
    PageKind.FRONT,
    PageKind.SECTION,
    PageKind.PATHWAY,
    PageKind.CLAIM,
    PageKind.EVIDENCE,
    PageKind.ASSURANCES,
    PageKind.LIMITATIONS,
    PageKind.GLOSSARY,
)
# Where several pages show the same and none is its own, the first has it: the first page repeats most.
AT_HOME = (*READING[1:], PageKind.FRONT)


def home_order(page: str) -> tuple[int, str]:
    """Where to look first for what has no page of its own."""
    return _rank(AT_HOME, page), page


def reading_order(*editions: Mapping[str, Json]) -> Callable[[str], Place]:
    """A key for pages: in the order in which the contents and the register of the first edition name them, then the second's."""
    places: dict[str, int] = {}
    for parts in editions:
        for name in (PageKind.FRONT, PageKind.REGISTER):
            for ref in _refs(parts.get(name)):
                places.setdefault(ref, len(places))
    return lambda page: (_rank(READING, page), places.get(page.rpartition("/")[2], len(places)), page)


def _rank(order: tuple[PageKind, ...], page: str) -> int:
    kind = page.partition("/")[0]
    return order.index(PageKind(kind)) if kind in order else len(order)


def _refs(value: Json) -> Iterator[str]:
    """Every reference below, lists in their order."""
    if isinstance(value, list):
        for one in value:
            yield from _refs(one)
    elif isinstance(value, dict):
        if isinstance(ref := value.get("ref"), str):
            yield ref
        for name in sorted(value):
            yield from _refs(value[name])
