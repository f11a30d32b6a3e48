"""The lists of a DOCX: which kind each level is, where it starts, and what its numbers say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from review.bringing.word.xml import Element, attr, child, children, tag, value, whole

NOT_NUMBERS: Final = frozenset({"bullet", "none", ""})
DEEPEST: Final = 8
PLACE: Final = re.compile(r"%[1-9]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    ordered: bool
    start: int = 1
    pattern: str = ""  # "Claim %1:"

    @property
    def word(self) -> str:
        """What stands before the number: "Claim", or nothing."""
        return PLACE.split(self.pattern)[0].strip()


@dataclass
class Numbering:
    """The lists of one document; counts as the document is read."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """From numbering.xml."""
        if root is None:
            return cls()
        abstract = {attr(one, "abstractNumId"): _levels(one) for one in children(root) if tag(one) == "w:abstractNum"}
        found: dict[str, dict[int, Level]] = {}
        for one in children(root):
            if tag(one) == "w:num":
                levels = dict(abstract.get(value(one, "w:abstractNumId"), {}))
                _override(one, levels)
                found[attr(one, "numId")] = levels
        return cls(found)

    def level(self, key: str, depth: int) -> Level | None:
        """What that level of that list is; None for a paragraph that is taken out of its list."""
        if key in ("", "0"):
            return None
        return self.levels.get(key, {}).get(min(depth, DEEPEST), Level(ordered=False))

    def count(self, key: str, depth: int) -> int:
        """The number of the next item there; the levels below it begin anew."""
        counts = self._counts.setdefault(key, {})
        level = self.level(key, depth)
        counts[depth] = counts.get(depth, (level.start if level else 1) - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return counts[depth]


def _levels(abstract: Element) -> dict[int, Level]:
    return {whole(attr(one, "ilvl")): _level(one) for one in children(abstract) if tag(one) == "w:lvl"}


def _level(element: Element) -> Level:
    ordered = value(element, "w:numFmt") not in NOT_NUMBERS
    start = value(element, "w:start")
    return Level(ordered, whole(start, 1) if start else 1, value(element, "w:lvlText") if ordered else "")


def _override(num: Element, levels: dict[int, Level]) -> None:
    for one in children(num):
        if tag(one) != "w:lvlOverride":
            continue
        depth = whole(attr(one, "ilvl"))
        whole_level = child(one, "w:lvl")
        level = _level(whole_level) if whole_level is not None else levels.get(depth, Level(ordered=False))
        start = value(one, "w:startOverride")
        levels[depth] = Level(level.ordered, whole(start, level.start), level.pattern) if start else level
