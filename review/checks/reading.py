"""What an audience would read: every word of its edition as passages, with the place of each; grounds of bars; citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property

from cases.projection import Derived
from cases.redaction import Shown, Withheld
from prose.anchors import Span
from prose.nodes import Json, Node
from prose.shown import ShownText
from review.checks.catalogue import Catalogue, OwnedText
from review.checks.folding import Folded, folded
from review.checks.material import EditionMaterial, Maps
from review.checks.sentences import sentence_around, sentence_bounds
from review.checks.strands import BLOCK_END, Piece, Strand, strands_of
from review.states import PageKind


@dataclass(frozen=True)
class Passage:
    """Words that an audience reads in one go. `owned` is the live text that they come from, if they come from one."""

    strand: Strand
    where: str
    page: str = str(PageKind.FRONT)
    owned: OwnedText | None = None

    @cached_property
    def text(self) -> str:
        """The words, as they stand."""
        return self.strand.text

    @cached_property
    def folded(self) -> Folded:
        """The words, comparable."""
        return folded(self.text)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a range."""
        return sentence_around(self.text, start, end)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where that sentence begins and ends."""
        return sentence_bounds(self.text, start, end)

    def place(self, start: int, end: int, maps: Maps) -> Mapping[str, str | int]:
        """The fields of a finding that tell this place; with live positions where the words can be marked."""
        told: dict[str, str | int] = {
            "page": self.page,
            "place": self.sentence(start, end),
            "words": self.text[start:end].replace(BLOCK_END, " "),
        }
        if self.owned is None:
            return told
        told["ref"] = self.owned.owner
        if (found := maps.get(self.owned.text.key)) is not None:
            live = found[1].to_live(Span(*self.strand.span(start, end)))
            told |= {"text_key": self.owned.text.key, "version": found[0], "start": live.start, "end": live.end}
        return told


@dataclass(slots=True)
class EditionWords:
    """All that one audience reads, gathered from its finished pages."""

    edition: EditionMaterial
    passages: list[Passage] = field(default_factory=list)
    by_key: dict[str, list[Passage]] = field(default_factory=dict)
    grounds: set[str] = field(default_factory=set)
    cited: list[tuple[str, Passage, int]] = field(default_factory=list)

    def plain(self, key: str) -> str:
        """What it reads of one text; nothing when it is not shown."""
        return "\n".join(passage.text for passage in self.by_key.get(key, ()))


def read_edition(edition: EditionMaterial, catalogue: Catalogue) -> EditionWords:
    """Read every page once; a text that stands on several pages counts once, at its home."""
    reader = _Reader(EditionWords(edition), catalogue)
    for address, page in edition.pages.items():
        reader.take(page, address)
    for name in (edition.audience.name, *(other.name for other in edition.audience.sees_marks_of)):
        reader.add_words(name, "the name of an audience")
    if edition.audience.outward and edition.statement:
        reader.add_words(edition.statement, "the redaction statement")
    return reader.out


class _Reader:
    """Walks finished pages: projections, shown texts, bars."""

    def __init__(self, out: EditionWords, catalogue: Catalogue) -> None:
        self.out, self._catalogue = out, catalogue
        self._seen: set[tuple[str, str]] = set()

    def take(self, value: object, address: str) -> None:
        """One part of a page, whatever it is."""
        if isinstance(value, ShownText):
            self._text(value, address)
        elif isinstance(value, Withheld):
            self._bar(value.items, address)
        elif isinstance(value, Shown | Derived):
            if type(value.value) is str:
                self.add_words(value.value, "a value", address)
        elif isinstance(value, tuple):
            for one in value:
                self.take(one, address)
        elif is_dataclass(value):
            for each in fields(value):
                self.take(getattr(value, each.name), address)

    def add_words(self, words: str, where: str, address: str = str(PageKind.FRONT)) -> None:
        """Words that are no text of the case."""
        if words and (where, words) not in self._seen:
            self._seen.add((where, words))
            self.out.passages.append(Passage(Strand(pieces=_one_piece(words)), where, address))

    def _text(self, shown: ShownText, address: str) -> None:
        if shown.key in self.out.by_key:
            return
        owned = self._catalogue.by_key.get(shown.key)
        page, where = (owned.page, owned.where) if owned else (address, "a text")
        passages = [Passage(strand, _in(strand, where), page, owned) for strand in strands_of(shown.document)]
        self.out.by_key[shown.key] = passages
        self.out.passages.extend(passages)
        for passage in passages:
            pieces = zip(passage.strand.offsets(), passage.strand.pieces, strict=True)
            self.out.cited.extend((piece.cites, passage, offset) for offset, piece in pieces if piece.cites)
        for items in _items_in(shown.document):
            self._bar(items, page)

    def _bar(self, items: tuple[dict[str, Json], ...], address: str) -> None:
        """What a bar, or a mark that the audience may see, says of itself."""
        for item in items:
            if "audiences" not in item:
                self.out.grounds.add(str(item.get("ground") or ""))
            self.add_words(str(item.get("note") or ""), f"the public note of {item.get('ref')}", address)
            self.add_words(str(item.get("instead") or ""), f"the words shown instead by {item.get('ref')}", address)


def _one_piece(words: str) -> list[Piece]:
    return [Piece(words, 0)]


def _in(strand: Strand, where: str) -> str:
    article = "an" if strand.what[0] in "ao" else "a"
    return where if strand.what == "words" else f"{article} {strand.what} in {where}"


def _items_in(document: Node) -> Iterator[tuple[dict[str, Json], ...]]:
    """The items of every bar and of every mark *hidden from less cleared*."""
    for leaf in document.leaves():
        for attrs in (leaf.attrs, *(mark.attrs for mark in leaf.marks if mark.type == "hidden_from")):
            if isinstance(items := attrs.get("items"), list):
                yield tuple(item for item in items if isinstance(item, dict))
