"""Recognising what a document means by how it says it: numbered statements, pathways, headings with a number of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from prose.nodes import Node

LABEL: Final = re.compile(
    r"\s*(?P<label>(?:(?:key |sub)?claim|statement|assertion)\s*[-–#]?\s*\d+(?:\.\d+)*[a-z]?|C[-–]?\d+(?:\.\d+)*[a-z]?)"
    r"\s*[:.)—–-]\s*",
    re.IGNORECASE,
)
LABEL_WORD: Final = re.compile(r"(?:key |sub)?claim|statement|assertion|c", re.IGNORECASE)
FEWEST_WORDS: Final = 3
PATHWAY: Final = re.compile(
    r"\s*(?P<label>(?:risk )?(?:pathway|threat model|threat scenario|risk|scenario)\s*[-–#]?\s*(?:\d+|[A-Z])(?:\.\d+)*)"
    r"\s*[:.)—–-]\s*",
    re.IGNORECASE,
)
PATHWAY_WORDS: Final = re.compile(
    r"\b(pathway|threat model|threat scenario|risk scenario)\b(?! modell?ing)", re.IGNORECASE
)
APPENDIX: Final = re.compile(r"\s*(appendix|annex)\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"\s*(?P<label>\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.)\s+(?=\S)")
CLAIMS: Final = re.compile(r"\b(claims|assertions|statements)\b", re.IGNORECASE)


def plain_start(leaves: Iterable[Node]) -> str:
    """The words at the start, up to the first leaf that is none."""
    out: list[str] = []
    for leaf in leaves:
        if not leaf.is_text:
            break
        out.append(leaf.text)
    return "".join(out)


def statement_label(leaves: Iterable[Node]) -> tuple[str, int]:
    """("Claim 3", how long it is with what parts it from the words); ("", 0) where none begins here."""
    start = plain_start(leaves)
    found = LABEL.match(start)
    if found is None or not _is_statement(found["label"], start[found.end() :]):
        return "", 0
    return found["label"], found.end()


def _is_statement(label: str, rest: str) -> bool:
    if label[0] == "c" and not label.lower().startswith("claim"):
        return False  # "c1)" is an item of a list
    return len(rest.split()) >= FEWEST_WORDS


def is_label_word(word: str) -> bool:
    """Whether a list counts claims: its numbers begin with such a word."""
    return LABEL_WORD.fullmatch(word.strip(" -–#")) is not None


def pathway_label(leaves: Iterable[Node]) -> tuple[str, int]:
    """("Pathway 3", how long it is with what parts it from the title)."""
    start = plain_start(leaves)
    found = PATHWAY.match(start)
    return (found["label"], found.end()) if found and start[found.end() :].strip() else ("", 0)


def number_label(leaves: Iterable[Node]) -> tuple[str, int]:
    """("2.3", its length): a number that was typed before a heading; chapters are counted here."""
    start = plain_start(leaves)
    found = NUMBER.match(start)
    return (found["label"], found.end()) if found else ("", 0)
