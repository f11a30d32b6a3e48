"""The places that are proposed, from what headings say and how they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from review.bringing.building import said_in, without_start
from review.bringing.draft import BlockKind, Draft
from review.bringing.placing.parts import Part, PartKind, choices_for, cut, is_export
from review.bringing.placing.places import EXPLICIT, OF_THE_CASE, Place
from review.bringing.statements import APPENDIX, CLAIMS, number_label, pathway_label, statement_label

FEWEST_WORDS: Final = 30
PATHWAYS: Final = re.compile(r"\b(pathways|threat models|threat scenarios|risk scenarios)\b", re.IGNORECASE)
OVERVIEW: Final = re.compile(
    r"(overview|introduction|summary|background|method|approach|scope|how |why |what |conclusion|discussion)",
    re.IGNORECASE,
)
# What stands directly below a heading of that kind is proposed as those.
CONTAINERS: Final = (
    (PATHWAYS, Place.PATHWAY),
    (CLAIMS, Place.CLAIM),
    (re.compile(r"\b(glossary|definitions|terms)\b", re.IGNORECASE), Place.TERM),
    (re.compile(r"^(limitations|weaknesses|known gaps)\b", re.IGNORECASE), Place.LIMITATION),
)
NAMED: Final = {
    "summary": Place.SUMMARY,
    "executive summary": Place.SUMMARY,
    "abstract": Place.SUMMARY,
    "scope": Place.SCOPE,
    "in scope": Place.SCOPE,
    "out of scope": Place.SCOPE_OUT,
    "exclusions": Place.SCOPE_OUT,
    "overall conclusion": Place.CONCLUSION,
}
GROUPS: Final = {
    "sections": Place.SECTION,
    "pathways": Place.PATHWAY,
    "claims": Place.CLAIM,
    "evidence": Place.EVIDENCE,
    "limitations": Place.LIMITATION,
    "glossary": Place.TERM,
}


def parts_of(draft: Draft, empty: Collection[str]) -> tuple[Part, ...]:
    """The parts with the places that are proposed; `empty`: the worded attributes of the case that nobody has written yet."""
    parts = cut(_with_title(draft))
    walk = _Walk(min((part.level for part in parts if part.level), default=1), set(empty), explicit=is_export(draft))
    return tuple(walk.placed(part) for part in parts)


def _with_title(draft: Draft) -> Draft:
    """A document whose only heading of the first level stands before all others is titled by it."""
    headings = [block for block in draft.blocks if block.kind is BlockKind.HEADING]
    if is_export(draft) or any(block.kind is BlockKind.TITLE for block in draft.blocks) or len(headings) < 2:  # noqa: PLR2004
        return draft
    first, *others = headings
    if any(block.level <= first.level for block in others):
        return draft
    blocks = (replace(block, kind=BlockKind.TITLE) if block is first else block for block in draft.blocks)
    return replace(draft, blocks=tuple(blocks))


@dataclass
class _Walk:
    """What is known of the headings above, from part to part."""

    top: int
    empty: set[str]
    explicit: bool = field(kw_only=True)
    _open: list[tuple[int, Place, str]] = field(default_factory=list)  # level, place and words of the headings above
    _group: Place = Place.SECTION

    def placed(self, part: Part) -> Part:
        """The part with its proposed place and its choices."""
        if part.kind is PartKind.GROUP:
            self._group = GROUPS.get(part.name.lower(), Place.SECTION)
        choices = choices_for(part, self.empty)
        place = self._proposed(part)
        if place not in choices:  # words of the case itself, where somebody has written: theirs stay
            place = Place.NOWHERE
        self.empty -= {OF_THE_CASE.get(place, "")}
        if part.kind is PartKind.HEADING:
            self._open = [one for one in self._open if one[0] < part.level]
            self._open.append((part.level, place, part.name))
        return replace(part, proposed=place, choices=choices)

    def _proposed(self, part: Part) -> Place:
        match part.kind:
            case PartKind.TITLE:
                return Place.CASE_TITLE if "title" in self.empty else Place.NOWHERE
            case PartKind.START:
                said = sum(len(said_in(block.node).split()) for block in part.own)
                return Place.SECTION if said >= FEWEST_WORDS else Place.NOWHERE
            case PartKind.STATEMENT:
                return Place.CLAIM
            case PartKind.LIST:
                return Place.CLAIM if self._open and CLAIMS.search(self._open[-1][2]) else Place.INSIDE
            case PartKind.TABLE:
                return part.register.looks_like if part.register else Place.INSIDE
            case PartKind.GROUP:
                return Place.NOWHERE
            case _:
                return self._of_heading(part)

    def _of_heading(self, part: Part) -> Place:
        said = [place for place in EXPLICIT if place.value in part.says]
        if said:
            return said[0]
        if self.explicit:
            return self._group
        return self._by_words(part) or self._by_depth(part)

    def _by_words(self, part: Part) -> Place | None:
        assert part.head is not None
        length = number_label(part.head.node.content)[1]
        leaves = without_start(part.head.node.content, length)
        name = part.name[length:].strip()
        if pathway_label(leaves)[0]:
            return Place.PATHWAY
        if statement_label(leaves)[0]:
            return Place.CLAIM
        if APPENDIX.match(name):
            return Place.APPENDIX
        named = NAMED.get(name.lower().rstrip("."))
        if named is not None and OF_THE_CASE[named] in self.empty and part.level <= self.top + 1:
            return named
        return self._below_a_container(part, name)

    def _below_a_container(self, part: Part, name: str) -> Place | None:
        """The heading above says that what stands right below it are pathways, claims, terms."""
        above = next((one for one in reversed(self._open) if one[0] < part.level), None)
        if above is None or above[1] not in (Place.SECTION, Place.APPENDIX) or OVERVIEW.match(name):
            return None
        siblings = [one for one in self._open if one[0] > above[0]]
        if siblings and part.level > min(one[0] for one in siblings):
            return None
        return next((place for said, place in CONTAINERS if said.search(above[2]) and not said.search(name)), None)

    def _by_depth(self, part: Part) -> Place:
        """A heading as high as any is a section; so is one that ends a pathway further down."""
        last = next(iter(reversed(self._open)), None)
        ends = last is not None and last[1] not in (Place.INSIDE, Place.SECTION) and part.level <= last[0]
        return Place.SECTION if part.level <= self.top or (ends and part.level <= self.top + 1) else Place.INSIDE


def chosen(parts: Sequence[Part], choices: dict[int, Place]) -> tuple[Part, ...]:
    """The parts with the places that somebody chose; a choice that there is not, is not made."""
    return tuple(
        replace(part, proposed=choices[part.number]) if choices.get(part.number) in part.choices else part
        for part in parts
    )
