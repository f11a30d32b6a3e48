"""References typed as plain words: where they stand in a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

TYPED = re.compile(r"(?<![\w-])[A-Z]-[2-9A-HJ-NP-Z]{3,5}(?![\w-])")


def pieces(text: str, known: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """The text cut at the references that are known: (words, whether they are a reference)."""
    start = 0
    for found in TYPED.finditer(text):
        if known(found[0]):
            if found.start() > start:
                yield text[start : found.start()], False
            yield found[0], True
            start = found.end()
    if start < len(text):
        yield text[start:], False
