"""Words made comparable: case, composed forms, invisible characters, look-alike letters, digits of other scripts.

Every stretch of letters and digits is folded by NFKC, casefold, NFKD without combining marks (Mn, Mc, Me) and without format
characters (Cf), then by LOOK_ALIKES. That map is our own short selection of letters that most fonts draw like a Latin one (Cyrillic,
Greek, Armenian, Latin with a stroke), after the idea of Unicode's confusables.txt (UTS #39), not a copy of it. Limits: Latin letters
among themselves (I l 1, O 0, rn m) stay apart, since they would raise too many false alarms; rarer scripts are not in it; a Greek or
Cyrillic capital is read as the Latin capital it resembles, so a truly Greek word in capitals is another word than in small letters.
Fullwidth, mathematical, circled and ligature forms fall to NFKC.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOOK_ALIKES = str.maketrans(
    # Cyrillic capitals and small letters; Greek capitals and small letters; Armenian; Latin with something added
    "АВЕКМНОРСТУХЅІЈԚԜҺӀЬавекмнорстухѕіјԛԝһӏьѵԁгпиΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹαβεικνορςτυχϲηγωϳօսհոցզıɑɡøłđħŧɩᴀᴄᴏᴜᴠᴡᴢ",
    "abekmhopctyxsijqwhlbabekmhopctyxsijqwhlbvdrnuabezhikmnoptyxcabeikvopctuxcnywjouhngqiagoldhtiacouvwz",
)
FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"))  # letters to Unicode, nothing to the eye
INVISIBLE = (
    "\u00ad\u034f\u061c\u0300-\u036f\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff"
)
BAR = "\u25ae"  # stands in a passage where something is withheld, so that no quote reaches across
SCRIPTS_WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # each sign counts as a word
LETTERS = f"(?:(?![{SCRIPTS_WITHOUT_SPACES}])[^\\W_]|[\u24b6-\u24e9\U0001f130-\U0001f169])+|[{SCRIPTS_WITHOUT_SPACES}]"
CHUNK = re.compile(f"{LETTERS}|{BAR}")
# What does not end a word: invisible characters, an apostrophe, a hyphen at a line's end, a sign between digits.
JOINER = f"(?:[{INVISIBLE}]+|['’ʼ]|[-‐\u00ad][ \t]*\n\\s*|(?<=\\d)[.,\u00a0\u2009\u202f](?=\\d))"
WORD = re.compile(f"(?:{LETTERS})(?:{JOINER}(?:{LETTERS}))*")


@lru_cache(maxsize=100_000)
def folded_letters(chunk: str) -> str:
    """The comparable form of one stretch of letters and digits; empty for what the eye can't see."""
    if chunk.isascii():
        return chunk.lower()
    if chunk == BAR:
        return "\x00"
    seen = unicodedata.normalize("NFKC", chunk.translate(FILLERS))
    seen = seen.translate(LOOK_ALIKES).casefold()
    plain = "".join(_digit(c) for c in unicodedata.normalize("NFKD", seen) if unicodedata.category(c)[0] not in "MC")
    return "".join(c for c in plain.translate(LOOK_ALIKES) if c.isalnum())


def _digit(c: str) -> str:
    return c if c.isascii() else str(value) if (value := unicodedata.digit(c, None)) is not None else c


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its comparable form, and where it stands in the text."""

    letters: str
    start: int
    end: int


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of a stretch of text, as a reader would count them."""
    found = (
        Word("".join(map(folded_letters, CHUNK.findall(m[0]))), m.start(), m.end())
        for m in WORD.finditer(text, start, len(text) if end is None else end)
    )
    return tuple(word for word in found if word.letters)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as one stream of comparable letters, so that no spacing or hyphen matters, and where its stretches begin and end.

    `starts` and `ends`: offset in `letters` → offset in the text. A match begins and ends at such places only.
    """

    letters: str
    starts: dict[int, int]
    ends: dict[int, int]


@lru_cache(maxsize=5_000)
def folded(text: str) -> Folded:
    """The stream of one text."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = 0
    for m in CHUNK.finditer(text):
        letters = folded_letters(m[0])
        if not letters:
            continue
        starts[length] = m.start()
        parts.append(letters)
        length += len(letters)
        ends[length] = m.end()
    return Folded("".join(parts), starts, ends)


def normalised(text: str) -> str:
    """The words alone, comparable, one space between: what a decision holds on to."""
    return " ".join(word.letters for word in words_of(text))
