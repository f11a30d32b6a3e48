"""A page as a flat list of cells, so that what two readers see of it can be laid side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from cases.projection import PROJECTIONS, Derived
from cases.redaction import Shown, Withheld
from prose.shown import OpenText, ShownText

Value = ShownText | OpenText | Shown[object] | Withheld
# What an object is called by where it stands on somebody else's page.
NAMES = ("title", "statement")


@dataclass(frozen=True, slots=True)
class Cell:
    """One text, attribute or placeholder: `key` says which, the same for every reader. `at_home`: it stands nowhere else."""

    key: tuple[str, ...]
    ref: str
    name: str
    value: Value
    at_home: bool = True


def cells(page: object) -> list[Cell]:
    """All cells of a page, in the order in which they stand."""
    found: list[Cell] = []
    assert is_dataclass(page)
    for field in fields(page):
        value = getattr(page, field.name)
        if type(value) in PROJECTIONS:
            found += _object(value, (), whole=True)
        elif isinstance(value, tuple):
            whole = field.name in ("assurances", "limitations", "terms") and len(fields(page)) == 1
            found += (cell for row in value for cell in _object(row, (field.name,), whole=whole))
    return _unique(found)


def cells_of(part: object) -> list[Cell]:
    """All cells of one part."""
    return _unique(list(_object(part, (), whole=True)))


def _object(thing: object, path: tuple[str, ...], *, whole: bool) -> Iterator[Cell]:
    """The cells of one part. `whole`: all that is said of it; else what it is called, and what its link says."""
    ref = _ref_of(thing)
    path = (*path, ref)
    link = not hasattr(thing, "ref")
    assert is_dataclass(thing)
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name == "open":  # says what marks say
            continue
        if type(value) in PROJECTIONS:
            yield from _object(value, path, whole=False)
        elif whole or link or field.name in (*NAMES, "mask"):
            yield from _cell(value, ref, field.name, path, at_home=whole or link)


def _cell(value: object, ref: str, name: str, path: tuple[str, ...], *, at_home: bool) -> Iterator[Cell]:
    said = name.replace("_", " ")
    if isinstance(value, ShownText | OpenText):
        yield Cell(("text", value.key), ref, said, value, at_home)
    elif isinstance(value, Withheld) and name == "mask":
        yield Cell(("mask", *path), ref, "", value, at_home)
    elif isinstance(value, Shown | Withheld):
        yield Cell(("attribute", *path, name), ref, said, value, at_home)
    elif isinstance(value, tuple):
        for one in value:
            if type(one) in PROJECTIONS:
                yield from _object(one, path, whole=True)


def _ref_of(thing: object) -> str:
    """The reference of a part, or of what its link leads to; of a masked link that of its redactions."""
    for name in ("ref", "reference"):
        if isinstance(found := getattr(thing, name, None), str):
            return found
    for name in ("claim", "evidence"):
        if (inner := getattr(thing, name, None)) is not None and not isinstance(inner, Derived):
            return _ref_of(inner)
    mask = getattr(thing, "mask", None)
    return " ".join(str(item.get("ref") or "") for item in mask.items) if isinstance(mask, Withheld) else ""


def _unique(found: list[Cell]) -> list[Cell]:
    """Each once: a text may stand on a page twice, and two links may be masked by one redaction."""
    return list({cell.key: cell for cell in found}.values())
