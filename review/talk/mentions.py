"""Names typed with an @ before them: whom they mean among the people of the case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

Named = tuple[UUID, str]


class Names:
    """The people who can be mentioned, by whole name and by first name; several people of one name are all meant."""

    def __init__(self, people: Iterable[Named]) -> None:
        found: dict[str, set[UUID]] = defaultdict(set)
        for user_id, name in people:
            whole = " ".join(name.split())
            if whole:
                found[whole.lower()].add(user_id)
                found[whole.split()[0].lower()].add(user_id)
        self._by_name: Mapping[str, set[UUID]] = found
        longest_first = sorted(found, key=len, reverse=True)
        names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
        self._typed = re.compile(rf"(?<!\w)@({names})(?!\w)", re.IGNORECASE) if names else None

    def mentioned(self, words: str) -> list[UUID]:
        """Who is mentioned, each once, in an order that does not change."""
        found = {user_id for name, _ in self._hits(words) for user_id in self._by_name.get(_plain(name), ())}
        return sorted(found)

    def pieces(self, words: str) -> Iterator[tuple[str, bool]]:
        """The words cut at the names: (words, whether they are a name)."""
        start = 0
        for _, found in self._hits(words):
            if found.start() > start:
                yield words[start : found.start()], False
            yield found[0], True
            start = found.end()
        if start < len(words):
            yield words[start:], False

    def _hits(self, words: str) -> Iterator[tuple[str, re.Match[str]]]:
        return ((found[1], found) for found in self._typed.finditer(words)) if self._typed else iter(())


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()
