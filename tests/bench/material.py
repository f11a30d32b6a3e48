"""The bench case as a case file: a given number of times 9 pathways, 60 claims, 150 evidence items and about 60 pages of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.redaction.facts import Ground
from cases.refs import REF_ALPHABET
from tests.bench.words import Words, secret_words
from tests.case_builder import CaseBuilder, audience

WORDS_OF_ARGUMENT, WORDS_OF_SECTION = 1_000, 1_050  # two pages each
GROUNDS = list(Ground)
REVIEWER_CLEARED = ["security", "intellectual_property", "public_safety", "test_contamination"]
STATEMENTS = {
    "full": "",
    "all_staff": "",
    "external_reviewer": "Passages are withheld: " + ", ".join(g.label for g in Ground if g not in REVIEWER_CLEARED),
    "public": "Passages are withheld: " + ", ".join(ground.label for ground in Ground),
}


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    factor: int

    def __post_init__(self) -> None:
        assert self.pathways < len(REF_ALPHABET) ** 2

    sections = property(lambda self: 17 * self.factor)
    pathways = property(lambda self: 9 * self.factor)
    claims = property(lambda self: 60 * self.factor)
    evidence = property(lambda self: 150 * self.factor)
    spans = property(lambda self: 50 * self.factor)
    threads = property(lambda self: 50 * self.factor)  # each with two comments and two replies: 200 things said


def ref(letter: str, number: int) -> str:
    """The reference of the object of that number."""
    out = ""
    for _ in range(4):
        number, rest = divmod(number, len(REF_ALPHABET))
        out = REF_ALPHABET[rest] + out
    return f"{letter}-{out}"


class BenchCase:
    """Builds the file. Redactions of words are dealt out to the texts in turn as these are written."""

    def __init__(self, factor: int) -> None:
        self.size, self.words = Size(factor), Words(factor)
        self.builder = CaseBuilder(f"K-BNC{factor + 1}")
        self._spans = iter(range(self.size.spans))

    def build(self) -> dict[str, Any]:
        """The whole file."""
        self.builder.file["audiences"][2] = audience(
            "external_reviewer", "External reviewer", outward=True, cleared=REVIEWER_CLEARED, sees=["public"]
        )
        for write in (self._redactions, self._sections, self._pathways, self._claims, self._evidence):
            write()
        return self.builder.file

    def _redactions(self) -> None:
        factor, spans = self.size.factor, self.size.spans
        for number in range(spans):
            self._redaction(number, None)
        for number, target in enumerate(self._targets(factor), start=spans):
            self._redaction(number, target)

    def _targets(self, factor: int) -> Iterator[dict[str, Any]]:
        for i in range(factor):
            for claim in range(5):
                yield {"kind": "attribute", "ref": ref("C", 60 * i + claim), "name": "grade"}
            yield from ({"kind": "link", "ref": ref("L", 90 * i + link)} for link in (10, 40))
            yield from ({"kind": "object", "ref": ref("C", 60 * i + claim), "how": "masked"} for claim in (20, 41))
            yield {"kind": "object", "ref": ref("E", 150 * i + 77), "how": "omitted"}

    def _redaction(self, number: int, target: dict[str, Any] | None) -> None:
        ground = GROUNDS[number % len(GROUNDS)]
        note = f"Withheld: {ground.label}."
        self.builder.redaction(ref("R", number), ground=ground.value, note=note, reason="bench", target=target)

    def _hidden(self) -> str:
        number = next(self._spans, None)
        return "" if number is None else f" [[{ref('R', number)} {secret_words(number)}]]"

    def _prose(self, words: int, hide: int) -> str:
        """Paragraphs of about a hundred words, a citation in each, hidden words in the first `hide` of them."""
        paragraphs = []
        for number in range(max(words // 100, 1)):
            hidden = self._hidden() if number < hide else ""
            cited = ref("C", int(self.words.pick([str(i) for i in range(self.size.claims)])))
            first, *rest = self.words.sentences(min(words, 100))
            paragraphs.append(f"{first} {{{cited}}}{hidden} " + " ".join(rest))
        return "\n\n".join(paragraphs)

    def _sections(self) -> None:
        for number in range(self.size.sections):
            body = self._prose(WORDS_OF_SECTION, hide=1)
            self.builder.section(ref("S", number), self.words.line(5), body)
            self.builder.file["sections"][-1]["body"]["content"]["content"] += [self._heading(), self._list()]

    def _pathways(self) -> None:
        for number in range(self.size.pathways):
            argument = self._prose(WORDS_OF_ARGUMENT, hide=2)
            self.builder.pathway(ref("P", number), self.words.line(5), argument, answer=self.words.line(15))
            self.builder.file["pathways"][-1]["argument"]["content"]["content"] += [self._heading(), self._table()]
            for link in range(6):
                self._support(ref("P", number), (7 * number + link) % self.size.claims)

    def _claims(self) -> None:
        for number in range(self.size.claims):
            hidden = self._hidden() if number % 6 == 0 else ""
            self.builder.claim(ref("C", number), self.words.line(14) + hidden, self._prose(40, hide=0))
            if number % 60 < 36:
                self._support(ref("C", number), number + 1 + number % 5)

    def _support(self, resting: str, claim: int) -> None:
        number = len(self.builder.file["supports"])
        self.builder.support(ref("L", number), resting, ref("C", claim), self.words.line(9))

    def _evidence(self) -> None:
        for number in range(self.size.evidence):
            hidden = self._hidden() if number % 20 == 0 else ""
            self.builder.evidence(ref("E", number), self.words.line(6), f"{' '.join(self.words.sentences(30))}{hidden}")
            self.builder.bearing(ref("B", number), ref("E", number), ref("C", (2 * number) % self.size.claims))

    def _heading(self) -> dict[str, Any]:
        return {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": self.words.line(4)}]}

    def _paragraph(self, words: int) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": self.words.line(words)}]}

    def _list(self) -> dict[str, Any]:
        items = [{"type": "list_item", "content": [self._paragraph(12)]} for _ in range(5)]
        return {"type": "bullet_list", "content": items}

    def _table(self) -> dict[str, Any]:
        rows = []
        for row in range(5):
            kinds = ["table_header" if row == 0 or column == 0 else "table_cell" for column in range(4)]
            cells = [{"type": kind, "content": [self._paragraph(3)]} for kind in kinds]
            rows.append({"type": "table_row", "content": cells})
        return {"type": "table", "content": rows}


def words_in(raw: object) -> int:
    """How many words the texts of a file have."""
    if isinstance(raw, dict):
        own = len(str(raw["text"]).split()) if raw.get("type") == "text" else 0
        return own + sum(words_in(value) for value in raw.values())
    return sum(words_in(value) for value in raw) if isinstance(raw, list) else 0
