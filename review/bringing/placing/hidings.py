"""The redactions that a document brings along: which this case has, which are made here, and which nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from review.bringing.draft import SAYS, Draft, Hiding
from review.bringing.faults import CannotBring

UNKNOWN: Final = (
    "The document hides something by {}, which neither this case nor a list of redactions in the document knows: "
    "nobody could say why, or show it again. Write a redaction of this case there instead."
)


@dataclass(frozen=True, slots=True)
class HidingHere:
    """A redaction that the case has."""

    ground: str
    lifted: bool
    omitted: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What the import does with the redactions of words. `as_named`: made here under their own reference; `renamed`: under another,
    because that one is somebody else's here; `dropped`: lifted there, and nothing here. `omitted`: leave out even the placeholder."""

    as_named: tuple[Hiding, ...]
    renamed: tuple[Hiding, ...]
    dropped: frozenset[str]
    omitted: frozenset[str]


def brought(draft: Draft, here: Mapping[str, HidingHere], reference: str) -> Brought:
    """Sort out every redaction that anything in the document carries. Raises CannotBring for one that nobody knows.

    A reference is given once in a case, and two cases can have the same: that of another case hides here only what hides as much.
    """
    listed = {one.ref: one for one in draft.hidings}
    is_foreign = draft.says.get("case", reference) != reference
    of_words, of_things = _used(draft)
    for ref in sorted(of_words | of_things):
        if ref not in here and ref not in listed:
            raise CannotBring(UNKNOWN.format(ref))
    theirs = sorted(
        ref for ref in of_words & set(listed) if ref not in here or (is_foreign and _differs(here[ref], listed[ref]))
    )
    standing = [listed[ref] for ref in theirs if not listed[ref].lifted]
    omitted = {
        ref for ref in of_things if (ref in here and here[ref].omitted) or (ref in listed and listed[ref].omitted)
    }
    return Brought(
        as_named=tuple(one for one in standing if one.ref not in here),
        renamed=tuple(one for one in standing if one.ref in here),
        dropped=frozenset(theirs) - {one.ref for one in standing},
        omitted=frozenset(omitted),
    )


def _differs(mine: HidingHere, theirs: Hiding) -> bool:
    """Whether the redaction of that reference here is not sure to hide what theirs hides."""
    return mine.lifted or theirs.lifted or mine.ground != theirs.ground


def _used(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """The redactions on words, and those of objects, attributes and links."""
    of_words: set[str] = set()
    of_things: set[str] = set()
    for block in draft.blocks:
        todo = [block.node]
        while todo:
            node = todo.pop()
            of_words |= {str(mark.attrs.get("ref")) for mark in node.marks if mark.type == "redaction"}
            for mark in (mark for mark in node.marks if mark.type == SAYS):
                of_things |= _hidden_by({key: str(value) for key, value in mark.attrs.items()})
            todo.extend(node.content)
        of_things |= _hidden_by(block.says)
    return frozenset(of_words), frozenset(of_things)


def _hidden_by(says: Mapping[str, str]) -> set[str]:
    return {ref for name, said in says.items() if name.startswith("hidden") for ref in said.split()}
