"""The sentence around a place in a text."""

from __future__ import annotations

import re

from review.checks.strands import BLOCK_END

ENDS = re.compile(f'(?<=[.!?…])["”’)\\]]*\\s+(?=["“‘(\\[]*[^\\Wa-z])|{BLOCK_END}')
REACH = 600  # characters to each side at most, so that a text without full stops costs no more


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence (or sentences) around `start`–`end` begins and ends."""
    left = max(0, start - REACH)
    before = [found.end() for found in ENDS.finditer(text, left, start + 1) if found.end() <= start]
    after = ENDS.search(text, max(end - 1, start), min(len(text), end + REACH))
    return (before[-1] if before else left), (max(after.end(), end) if after else min(len(text), end + REACH))


def sentence_around(text: str, start: int, end: int) -> str:
    """That sentence, on one line."""
    left, right = sentence_bounds(text, start, end)
    return " ".join(text[left:right].split())
