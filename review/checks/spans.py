"""Short hidden words that can give something away on their own: numbers, names, and phrases of two or three words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from review.checks.folding import INVISIBLE, Word, folded_letters
from review.checks.hidden import HiddenRun
from review.checks.matching import RARE, SHINGLE, common_words, rare_words

UNSEEN = re.compile(f"[{INVISIBLE}]")
NUMBER = re.compile("(?<!\\w)(\\d{1,3}(?:[,'’ \u00a0\u2009\u202f]\\d{3})+(?!\\d)|\\d+)(?:[.,·](\\d+))?")
UNIT = re.compile("[\\s\u00a0-]{0,2}(%|‰|[^\\W\\d_]+)")
PERCENT = {"percent": "%", "pct": "%", "per": "%"}  # "per cent"
SCALES = {"thousand": 3, "k": 3, "million": 6, "bn": 9, "billion": 9, "trillion": 12}
MOST_DIGITS = 30
DISTINCT = 3  # significant digits of a number that is told apart without its unit
A_YEAR = re.compile(r"(19|20)\d\d")
BEGINS = re.compile('(?:^|[.!?…:]["”’)\\]]*\\s+|[\u2029\n])["“‘(\\[\\s]*$')
NEXT_TO = re.compile(f"[ \u00a0{INVISIBLE}-]{{0,3}}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number by its value, without separators and closing zeros, and what it counts; `start`–`end` in its text."""

    value: str
    unit: str
    start: int
    end: int

    @property
    def digits(self) -> int:
        """How many digits it has."""
        return len(self.value.replace(".", ""))

    @property
    def is_distinct(self) -> bool:
        """Whether it says something without its unit: 4217, 0.83; not 12, 500 or a year."""
        return len(self.value.replace(".", "").strip("0")) >= DISTINCT and not A_YEAR.fullmatch(self.value)


def numbers_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """All numbers that stand within `start`–`end`, in digits of any script."""
    end = len(text) if end is None else end
    if UNSEEN.search(text, start, end):
        kept = [i for i, c in enumerate(text) if not UNSEEN.match(c)]
        for number in _numbers(UNSEEN.sub("", text)):
            first, last = kept[number.start], kept[number.end - 1]
            if start <= first and last < end:
                yield Number(number.value, number.unit, first, last + 1)
    else:
        yield from (number for number in _numbers(text, start, end))


def _numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    for found in NUMBER.finditer(text, start, len(text) if end is None else end):
        following = UNIT.match(text, found.end())
        unit = folded_letters(following[1]) or "%" if following else ""
        scale = SCALES.get(unit, 0)
        if scale and following:
            after = UNIT.match(text, following.end())
            unit = folded_letters(after[1]) or "%" if after else ""
        yield Number(
            _value(found[1], found[2] or "", scale), _singular(PERCENT.get(unit, unit)), found.start(), found.end()
        )


def _value(whole: str, part: str, scale: int) -> str:
    digits = "".join(str(unicodedata.digit(c)) for c in whole if c.isdigit())[:MOST_DIGITS]
    decimals = "".join(str(unicodedata.digit(c)) for c in part)[:MOST_DIGITS].ljust(scale, "0")
    digits, decimals = (digits + decimals[:scale]).lstrip("0") or "0", decimals[scale:].rstrip("0")
    return f"{digits}.{decimals}" if decimals else digits


def _singular(unit: str) -> str:
    return unit[:-1] if len(unit) > DISTINCT and unit.endswith("s") else unit


def same_number(hidden: Number, shown: Number, *, alone: bool) -> bool:
    """Whether a shown number may be the hidden one. `alone`: the hidden words are little more than the number."""
    if hidden.value != shown.value:
        return False
    if not alone:
        return hidden.is_distinct
    if hidden.unit and hidden.unit == shown.unit:
        return True
    return hidden.digits >= DISTINCT or (not hidden.unit and hidden.digits > 1)


def names_in(run: HiddenRun) -> Iterator[tuple[Word, ...]]:
    """Names in a run: words with a capital, next to each other, not common ones alone, not a sentence's first word alone."""
    name: list[Word] = []
    for word in run.words:
        if name and not NEXT_TO.fullmatch(run.text, name[-1].end, word.start):
            yield from _name(run, name)
            name = []
        shape = run.text[word.start : word.end]
        if any(c.isupper() for c in shape) or (name and shape.isdigit()):
            name.append(word)
        else:
            yield from _name(run, name)
            name = []
    yield from _name(run, name)


def _name(run: HiddenRun, words: list[Word]) -> Iterator[tuple[Word, ...]]:
    while words and words[0].letters in common_words():
        words = words[1:]
    if not words or not rare_words(word.letters for word in words):
        return
    first = run.text[words[0].start : words[0].end]
    plain = not any(c.isupper() for c in first[1:]) and len(words) == 1
    if plain and BEGINS.search(run.text[max(0, words[0].start - 20) : words[0].start]):
        return
    yield tuple(words)


def is_short(run: HiddenRun) -> bool:
    """Whether the run has too few words for a quote."""
    return len(run.words) < SHINGLE


def is_phrase(run: HiddenRun) -> bool:
    """Whether it is two or three words that say something."""
    return is_short(run) and rare_words(run.letters) >= RARE
