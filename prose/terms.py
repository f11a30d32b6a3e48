"""Words that have a meaning of their own here: where they stand in a text, so that each leads to its definition once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Glossary:
    """Terms, and the reference of each. `terms`: the words as they are defined → reference."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        named = {" ".join(words.split()): ref for words, ref in terms.items() if words.strip()}
        self._by_words = {_folded(words): ref for words, ref in named.items()}
        longest_first = sorted(named, key=lambda words: (-len(words), words))
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_alternative, longest_first))})(?![\w-])")

    def __bool__(self) -> bool:
        return bool(self._by_words)

    def pieces(self, text: str, used: set[str]) -> Iterator[tuple[str, str]]:
        """The text cut at the first use of each term: (words, its reference or nothing). Notes in `used` what was found."""
        start = 0
        for found in self._pattern.finditer(text) if self else ():
            ref = self._ref(found[0])
            if ref in used:
                continue
            used.add(ref)
            if found.start() > start:
                yield text[start : found.start()], ""
            yield found[0], ref
            start = found.end()
        if start < len(text):
            yield text[start:], ""

    def _ref(self, words: str) -> str:
        said = _folded(" ".join(words.split()))
        return self._by_words.get(said) or self._by_words[said.removesuffix("s")]


def is_same_term(one: str, other: str) -> bool:
    """Whether both would be found at the same words of a text."""
    return _folded(" ".join(one.split())) == _folded(" ".join(other.split()))


def _folded(words: str) -> str:
    """A term is found with a capital at the start of a sentence; one with capitals of its own, as a name, exactly."""
    return words if _is_name(words) else _small(words[:1]) + words[1:]


def _small(letter: str) -> str:
    """The small letter; the letter itself where that is several letters, as of İ."""
    return small if len(small := letter.lower()) == 1 else letter


def _is_name(words: str) -> bool:
    return any(letter.isupper() for letter in words[1:])


def _alternative(words: str) -> str:
    spelled = r"\s+".join(map(re.escape, words.split(" ")))
    first = words[:1]
    if not _is_name(words):
        others = {
            one for one in (first, first.lower(), first.upper()) if len(one) == 1 and _small(one) == _small(first)
        }
        spelled = f"[{re.escape(''.join(sorted(others)))}]" + spelled[len(re.escape(first)) :]
    return f"{spelled}s?"
