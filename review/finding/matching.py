"""Matching a query with what can be found: any case, with or without accents; all its words must begin a word of one passage. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from prose.nodes import Json
from prose.typed import TYPED

LONGEST = 200
HITS, HITS_OF_PLACE = 60, 4
BEFORE, AFTER = 80, 200
COMBINING = re.compile("[\u0300-\u036f]")
ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "\u00ad": None})
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")  # letters that fold one to one, and single ones that may not
EDGES = ".,;:!?()[]\"'…"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in context: words, and whether they are what was looked for."""

    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What was found on one page."""

    address: str
    ref: str
    title: str
    hits: tuple[Hit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer; `lookup` is the address of an object whose reference was asked for."""

    query: str
    places: tuple[Place, ...] = ()
    total: int = 0
    lookup: str | None = None
    looked_at: int = HITS


def search(stored: Mapping[str, Json], query: str) -> Found:
    """Look in what `findable` collected. The work does not depend on where else the words may stand."""
    query = " ".join(query.replace("\x00", " ").split())[:LONGEST]
    places = cast("list[tuple[str, str, str]]", stored["places"])
    passages = cast("list[tuple[int, str]]", stored["passages"])
    if TYPED.fullmatch(query.upper()):
        addresses = {ref: address for address, ref, _ in places if ref}
        if query.upper() in addresses:
            return Found(query, lookup=addresses[query.upper()])
    terms = [term for word in query.split() if (term := folded(word).strip(EDGES))]
    if not terms:
        return Found(query)
    begins = [re.compile((r"(?<!\w)" if term[0].isascii() else "") + re.escape(term)) for term in terms]
    lines = folded("\n".join(words for _, words in passages)).split("\n")
    matching = [
        number
        for number, line in enumerate(lines)
        if all(term in line for term in terms) and all(begin.search(line) for begin in begins)
    ]
    return Found(query, _grouped([passages[number] for number in matching], places, begins), len(matching))


def _grouped(
    matching: list[tuple[int, str]], places: list[tuple[str, str, str]], begins: list[re.Pattern[str]]
) -> tuple[Place, ...]:
    by_place: dict[int, list[str]] = {}
    for number, words in matching[:HITS]:
        by_place.setdefault(number, []).append(words)
    return tuple(
        Place(
            *places[number], tuple(_hit(words, begins) for words in found[:HITS_OF_PLACE]), len(found[HITS_OF_PLACE:])
        )
        for number, found in sorted(by_place.items())
    )


def folded(words: str) -> str:
    """The words as they are compared. Letter by letter: folding pieces and joining them gives the same."""
    lowered = words.lower()
    return lowered if lowered.isascii() else BEYOND_ASCII.sub(_fold, lowered)


def _fold(letter: re.Match[str]) -> str:
    return _folded_letter(letter[0])


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return COMBINING.sub("", unicodedata.normalize("NFKD", letter.translate(ALIKE).casefold()))


def _hit(words: str, begins: list[re.Pattern[str]]) -> Hit:
    """The passage around its first match, with every match in it."""
    spans = _spans(words, begins)
    first = spans[0][0] if spans else 0
    start = words.rfind(" ", 0, max(first - BEFORE, 0)) + 1 if first > BEFORE else 0
    end = len(words) if len(words) <= first + AFTER else words.rfind(" ", 0, first + AFTER)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for left, right in spans:
        if left < at or right > end:
            continue
        pieces += [(words[at:left], False), (words[left:right], True)]
        at = right
    pieces.append((words[at:end], False))
    if end < len(words):
        pieces.append((" …", False))
    return Hit(tuple((piece, on) for piece, on in pieces if piece))


def _spans(words: str, begins: list[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where the matches stand in the words as they are written."""
    pieces, origin = list[str](), list[int]()
    for run in RUNS.finditer(words):
        found = folded(run[0])
        pieces.append(found)
        origin += range(*run.span()) if run[0].isascii() else [run.start()] * len(found)
    origin.append(len(words))
    line = "".join(pieces)
    spans = {(origin[m.start()], origin[m.end() - 1] + 1) for begin in begins for m in begin.finditer(line)}
    return sorted(spans, key=lambda span: (span[0], -span[1]))
