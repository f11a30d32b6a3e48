"""What `compare` gives: values ready for a page and for a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar, cast

from prose.nodes import Json


class Change(StrEnum):
    """What became of a stretch of words or of a bar."""

    SAME = "same"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one paragraph. A bar has references and no words."""

    change: Change
    words: str
    refs: tuple[str, ...] = ()

    @property
    def space(self) -> str:
        """What stands before it: so that no line is drawn under a space."""
        return " " if self.refs or self.words.startswith(" ") else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs of one text in which something changed; those in which nothing did are left out."""

    page: str
    owner: str  # the object that has the text
    field: str  # what the text is of it: "statement", "argument"
    key: str
    paragraphs: tuple[tuple[Segment, ...], ...]
    words_in: int
    words_out: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One redaction where it hides: `place` is a text's key, or the object; `field` an attribute's name where it is one."""

    ref: str
    page: str
    place: str
    owner: str
    field: str


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """An object that only one of the two editions has, masked or open."""

    ref: str
    page: str
    title: str


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """An attribute whose value, or whose being withheld, differs. References stand where the value is withheld."""

    page: str
    owner: str
    field: str
    old: Json
    new: Json
    old_withheld: tuple[str, ...]
    new_withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """What changed on one page. `about` is the object that the page is about, none for lists and the first page."""

    page: str
    about: ObjectRow | None
    is_gone: bool
    added: tuple[ObjectRow, ...]
    removed: tuple[ObjectRow, ...]
    attributes: tuple[AttributeChange, ...]
    passages: tuple[Passage, ...]
    bars_in: tuple[Bar, ...]
    bars_out: tuple[Bar, ...]

    @property
    def other_bars_in(self) -> tuple[Bar, ...]:
        """Those of whole objects and links: the others stand in the words and attributes."""
        return self._others(self.bars_in)

    @property
    def other_bars_out(self) -> tuple[Bar, ...]:
        """The same, of bars that are gone."""
        return self._others(self.bars_out)

    def _others(self, bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
        texts = {passage.key for passage in self.passages}
        return tuple(bar for bar in bars if bar.place not in texts and not bar.field)


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """All that differs between two editions. Counts count each text once, on however many pages it stands."""

    words_in: int
    words_out: int
    bars_in: tuple[Bar, ...]
    bars_out: tuple[Bar, ...]
    added: tuple[ObjectRow, ...]
    removed: tuple[ObjectRow, ...]
    attributes: tuple[AttributeChange, ...]
    passages: tuple[Passage, ...]
    pages: tuple[str, ...] = ()  # those on which something changed, in reading order: what a cold reader reads
    names: Mapping[str, ObjectRow] = field(default_factory=dict)  # page → the object that a changed page is about

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.passages or self.bars_in or self.bars_out or self.added or self.removed or self.attributes)

    def by_page(self) -> tuple[ChangedPage, ...]:
        """Page after page, for reading."""
        gone = {row.page for row in self.removed}
        return tuple(
            ChangedPage(
                page=page,
                about=self.names.get(page),
                is_gone=page in gone and page.endswith(self.names[page].ref if page in self.names else page),
                added=_of(self.added, page),
                removed=_of(self.removed, page),
                attributes=_of(self.attributes, page),
                passages=_of(self.passages, page),
                bars_in=_of(self.bars_in, page),
                bars_out=_of(self.bars_out, page),
            )
            for page in self.pages
        )

    def counts(self) -> dict[str, int]:
        """The four numbers for a release: words in and out, bars in and out."""
        bars = {"bars_in": len(self.bars_in), "bars_out": len(self.bars_out)}
        return {"words_in": self.words_in, "words_out": self.words_out, **bars}

    def to_json(self) -> dict[str, Json]:
        """For a JSON column."""
        return cast("dict[str, Json]", asdict(self))


class _OnPage(Protocol):
    @property
    def page(self) -> str:
        """The page on which it stands."""


Row = TypeVar("Row", bound=_OnPage)


def _of(rows: tuple[Row, ...], page: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.page == page)
