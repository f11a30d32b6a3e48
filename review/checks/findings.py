"""What the check found: one frozen row each, stored with the release and shown inside only, since it quotes hidden words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from prose.nodes import Json, canonical


class Severity(StrEnum):
    """Whether the release is held until the finding is settled."""

    STOPS = "stops"
    WARNS = "warns"


class FindingKind(StrEnum):
    """What is wrong. The first five can only be put right; the others can also be settled with a reason."""

    UNKNOWN_REDACTION = "unknown_redaction"
    UNEXPLAINED_REDACTION = "unexplained_redaction"
    CITES_OMITTED = "cites_omitted"
    NO_STATEMENT = "no_statement"
    STATEMENT_DIFFERS = "statement_differs"
    QUOTE = "quote"
    TERM = "term"
    SHORT = "short"
    LOST = "lost"
    UNEVEN = "uneven"

    @property
    def severity(self) -> Severity:
        """Whether it holds the release."""
        return Severity.WARNS if self in WARNING_KINDS else Severity.STOPS

    @property
    def can_be_settled(self) -> bool:
        """Whether *not the same, because …* is an answer."""
        return self in SETTLED_KINDS


def fingerprint(kind: FindingKind, *parts: str) -> str:
    """Names a finding by what it is about, so that a decision holds until that changes. Unsalted: stays inside."""
    return hashlib.sha256(canonical([kind.value, *parts]).encode()).hexdigest()


WARNING_KINDS = frozenset({FindingKind.SHORT, FindingKind.LOST, FindingKind.UNEVEN})
SETTLED_KINDS = WARNING_KINDS | {FindingKind.QUOTE, FindingKind.TERM}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    `place` is the sentence around, `words` what in it is meant. `text_key` is empty unless `start`–`end`, in positions of that
    `version` of the live text, can be marked at once. Every string but the references may hold hidden words.
    """

    kind: FindingKind
    sentence: str
    fingerprint: str
    audience: str = ""
    redaction_ref: str = ""
    page: str = ""
    ref: str = ""
    place: str = ""
    words: str = ""
    text_key: str = ""
    version: int = 0
    start: int = 0
    end: int = 0
    decided: str = ""

    @property
    def severity(self) -> Severity:
        """Whether its kind holds the release."""
        return self.kind.severity

    @property
    def stops(self) -> bool:
        """Whether it holds this release: a stop that nobody has settled."""
        return self.severity is Severity.STOPS and not self.decided

    @property
    def can_be_settled(self) -> bool:
        """Whether *not the same, because …* is an answer."""
        return self.kind.can_be_settled

    def to_json(self) -> dict[str, Json]:
        """For `Release.findings`."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"kind": self.kind.value}

    @classmethod
    def from_json(cls, raw: Mapping[str, Json]) -> Finding:
        """The finding that `to_json` wrote. Raises ValueError on an unknown kind, KeyError when there is none."""
        words = {name: str(raw.get(name, "")) for name in WORD_FIELDS}
        numbers = {name: value if isinstance(value := raw.get(name), int) else 0 for name in NUMBER_FIELDS}
        return cls(kind=FindingKind(str(raw["kind"])), **words, **numbers)  # type: ignore[arg-type]  # the names are known


NUMBER_FIELDS = ("version", "start", "end")
WORD_FIELDS = tuple(field.name for field in fields(Finding) if field.name not in ("kind", *NUMBER_FIELDS))
