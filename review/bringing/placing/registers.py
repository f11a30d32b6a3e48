"""Tables that are registers: what each column of them can be of a claim, of evidence, of a limitation, of a term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from prose.nodes import Mark, Node
from review.bringing.building import hidden_as_grid, on_labels, said_in
from review.bringing.placing.places import Place

LONGEST_HEADER: Final = 60
# Place → attribute → the words by which a column header says that it is that. The first attribute is the one that names a row.
COLUMNS: Final[Mapping[Place, Mapping[str, tuple[str, ...]]]] = {
    Place.CLAIM: {
        "statement": ("claim", "statement", "assertion"),
        "basis": ("basis", "justification", "reason", "rationale", "argument", "support", "why"),
        "assumptions": ("assumption", "assumes"),
        "kind": ("kind", "type", "category"),
        "state": ("state", "status"),
        "grade": ("grade", "strength", "confidence"),
        "owner": ("owner", "responsible"),
    },
    Place.EVIDENCE: {
        "title": ("evidence", "source", "evaluation", "test", "document"),
        "description": ("description", "finding", "result", "what", "summary", "shows"),
        "conditions": ("condition", "setup", "method", "how"),
        "place": ("place", "where", "location", "link", "reference"),
        "type": ("type", "kind", "category"),
        "as_of": ("as of", "date", "when"),
        "valid_until": ("valid until", "expires", "until"),
        "owner": ("owner", "responsible"),
    },
    Place.LIMITATION: {
        "title": ("limitation", "weakness", "gap", "uncertainty"),
        "body": ("description", "what", "why"),
    },
    Place.TERM: {"name": ("term", "word", "abbreviation", "acronym"), "definition": ("definition", "meaning", "means")},
}
REST: Final = {Place.CLAIM: "basis", Place.EVIDENCE: "description", Place.LIMITATION: "body", Place.TERM: "definition"}
LABELS: Final = {
    "statement": "its statement",
    "as_of": "its as-of date",
    "valid_until": "its valid-until date",
    "title": "its title",
    "name": "the term",
}


@dataclass(frozen=True, slots=True)
class Register:
    """A table whose first row says what its columns are."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]
    looks_like: Place
    hiding: tuple[Mark, ...] = ()  # on each cell already

    def columns(self, place: Place) -> tuple[str, ...]:
        """What each column would be there; empty for one that goes, with its header, to the rest of the words."""
        found = [_attribute(header, place) for header in self.headers]
        out = [name if name and name not in found[:number] else "" for number, name in enumerate(found)]
        first = next(iter(COLUMNS[place]))
        if first not in out:  # something must name a row: the first column that is nothing else, as it holds words
            free = [number for number, name in enumerate(out) if not name]
            longest = max(free or range(len(out)), key=self._width)
            out[longest] = first
        return tuple(out)

    def _width(self, column: int) -> int:
        return sum(len(said_in(row[column])) for row in self.rows)


def register_of(table: Node) -> Register | None:
    """The register that a table is, if its first row names claims, evidence, limitations or terms."""
    if not table.content or any(_is_merged(cell) for row in table.content for cell in row.content):
        return None
    headers = tuple(said_in(cell) for cell in table.content[0].content)
    rows = tuple(row.content for row in table.content[1:])
    if not rows or any(len(row) != len(headers) for row in rows) or any(len(h) > LONGEST_HEADER for h in headers):
        return None
    place = next((place for place in COLUMNS if _names(headers, place)), None)
    if place is None or len(headers) < 2:  # noqa: PLR2004  # one column is a list
        return None
    hidden = tuple(row.content for row in hidden_as_grid(table).content[1:])
    return Register(headers, hidden, place, on_labels(table))


def _names(headers: Sequence[str], place: Place) -> bool:
    """Whether a header is the word for such things: "Claim", "Key claims", "Claim (short)"."""
    first = next(iter(COLUMNS[place]))
    return any(_attribute(header, place) == first for header in headers)


def _attribute(header: str, place: Place) -> str:
    """What a column of that header is."""
    plain = header.lower().strip(" .:*")
    exact = (name for name, words in COLUMNS[place].items() for word in words if plain in (word, f"{word}s"))
    begins = (name for name, words in COLUMNS[place].items() for word in words if _has_word(plain, word))
    return next(exact, "") or next(begins, "")


def _has_word(header: str, word: str) -> bool:
    return any(one.rstrip("s") == word for one in header.replace("(", " ").split()) or header.startswith(f"{word} ")


def _is_merged(cell: Node) -> bool:
    return cell.attrs.get("colspan", 1) != 1 or cell.attrs.get("rowspan", 1) != 1
