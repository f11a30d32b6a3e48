"""The redactions that a document brings along: which this case has, which are made here, and which nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from review.bringing.draft import SAYS, Draft, Hiding
from review.bringing.faults import CannotBring
from review.bringing.markdown.braces import is_hiding

UNKNOWN: Final = (
    "The document hides something by {}, which neither this case nor a list of redactions in the document knows: "
    "nobody could say why, or show it again. Write a redaction of this case there instead."
)
OF_ANOTHER: Final = (
    "The document hides something by {}, which is a redaction of {} that the document does not list: nobody could say why, or show "
    "it again. Write a redaction of this case there instead, and take the line “case: {}” out."
)
HIDES_LESS: Final = (
    "The document hides words by {0}, and {0} is {1} here: they would be shown. "
    "Write another redaction of this case there instead."
)


@dataclass(frozen=True, slots=True)
class HidingHere:
    """A redaction that the case has."""

    ground: str
    lifted: bool
    omitted: bool
    revealed: bool  # to some audience or other


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
    case = draft.says.get("case", "")
    of_words, of_things = _used(draft)
    for ref in sorted((of_words | of_things) - set(listed)):
        _require_known(ref, here, reference, case)
    for ref in sorted(of_words - set(listed)):
        if here[ref].lifted or (here[ref].revealed and case != reference):
            raise CannotBring(HIDES_LESS.format(ref, "lifted" if here[ref].lifted else "revealed to some readers"))
    theirs = sorted(ref for ref in of_words & set(listed) if not _serves(here.get(ref), listed[ref], reference, case))
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


def _require_known(ref: str, here: Mapping[str, HidingHere], reference: str, case: str) -> None:
    """What the document does not list must be this case's own. Raises CannotBring."""
    if ref not in here:
        raise CannotBring(UNKNOWN.format(ref))
    if case not in ("", reference):
        raise CannotBring(OF_ANOTHER.format(ref, case, case))


def _serves(mine: HidingHere | None, theirs: Hiding, reference: str, case: str) -> bool:
    """Whether the redaction of that reference here is sure to hide what the document hides by it.

    A document of this case means this one, as it stands now, unless it was lifted since. One that does not say of which case
    it is may mean it: then it is asked to hide as much, and is never dropped for being lifted in the document.
    """
    if mine is None:
        return False
    if case == reference:
        return theirs.lifted or not mine.lifted
    if theirs.lifted:
        return not case
    return not (mine.lifted or mine.revealed) and mine.ground == theirs.ground


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
                of_things |= hidden_by({key: str(value) for key, value in mark.attrs.items()})
            todo.extend(node.content)
        of_things |= hidden_by(block.says)
    return frozenset(of_words), frozenset(of_things)


def hidden_by(says: Mapping[str, str]) -> set[str]:
    """The redactions that braces name."""
    return {ref for name, said in says.items() if is_hiding(name) for ref in said.split()}
