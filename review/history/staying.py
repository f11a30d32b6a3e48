"""Which words of now may stay where an older version comes back: not those that are open now and that it hides. Pure.

The same letters are not the same words: beside the words of then they can say what was hidden. What stays keeps its marks of now,
so it must carry what hides its counterpart; else that comes in anew, with its marks.
"""

from __future__ import annotations

from typing import NamedTuple

from prosemirror.model import Node as LibraryNode

from prose.covering import NONE, Refs, leaves_between
from prose.grids import hidden_as_in_grids
from prose.hidden_words import addresses


class Unit(NamedTuple):
    """What hides one position of a document, and the addresses that it leads to."""

    refs: Refs = NONE
    leads_to: frozenset[str] = frozenset()


NOTHING = Unit()


class Staying:
    """Asked with a position of now, one of the older version, and how far both reach.

    `old`: with all that is known to hide its own words. `wanted`: the same, also with what hides such words elsewhere.
    """

    def __init__(self, current: LibraryNode, old: LibraryNode, wanted: LibraryNode) -> None:
        self._now, self._then, self._wanted = _units(current, grids=True), _units(old), _units(wanted)

    def is_hidden_alike(self, at: int, there: int, size: int) -> bool:
        """Whether each position carries all that is wanted on its counterpart."""
        rows = zip(_cut(self._now, at, size), _cut(self._wanted, there, size), strict=True)
        return all(wanted.refs <= now.refs for now, wanted in rows)

    def may_stay(self, at: int, there: int, size: int, *, is_word: bool) -> bool:
        """The same of a word or a sign. What hides such words elsewhere hides no sign, and no more of a word that is hidden in part."""
        if self.is_hidden_alike(at, there, size):
            return True
        now, wanted = _cut(self._now, at, size), _cut(self._wanted, there, size)
        return (not is_word or any(unit.refs for unit in now)) and all(
            then.refs <= one.refs and other.leads_to <= one.leads_to
            for one, then, other in zip(now, _cut(self._then, there, size), wanted, strict=True)
        )


def _units(document: LibraryNode, *, grids: bool = False) -> list[Unit]:
    out = [NOTHING] * document.content.size
    leaves = leaves_between(document, 0, document.content.size)
    for leaf in hidden_as_in_grids(document, leaves) if grids else leaves:
        out[leaf.start : leaf.end] = [Unit(leaf.refs, addresses(leaf.node))] * (leaf.end - leaf.start)
    return out


def _cut(units: list[Unit], start: int, size: int) -> list[Unit]:
    return units[start : start + size]
