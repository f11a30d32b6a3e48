"""The references that stand on pages as objects: what a reference typed as plain words may lead to. A function of those pages alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from cases.projection import PROJECTIONS

# The fields of a page that hold objects at home on it.
HOMES = (
    "section",
    "pathway",
    "claim",
    "evidence",
    "sections",
    "pathways",
    "claims",
    "assurances",
    "limitations",
    "terms",
)


def references_in(pages: Mapping[str, object]) -> frozenset[str]:
    """References of the objects on these pages, placeholders included."""
    return frozenset(ref for page in pages.values() for ref in _on(page))


def _on(page: object) -> Iterator[str]:
    if not is_dataclass(page):
        return
    for field in fields(page):
        value = getattr(page, field.name)
        if field.name == "withheld":
            yield from (ref for row in value for ref in redactions_of(row))
        elif field.name in HOMES:
            for one in value if isinstance(value, tuple) else (value,):
                yield from _of(one)


def _of(thing: object) -> Iterator[str]:
    if isinstance(ref := getattr(thing, "ref", None), str):
        yield ref
    elif type(thing) in PROJECTIONS:
        yield from _on(thing)


def redactions_of(row: object) -> list[str]:
    """The redactions that a row of the withheld list is about."""
    items = getattr(getattr(row, "item", None), "items", ())
    return [ref for item in items if (ref := str(item.get("ref") or ""))]
