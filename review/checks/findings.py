"""What the check found: one frozen row each, stored with the release and shown inside only, since it quotes hidden words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from prose.nodes import Json, canonical
from review.states import Purpose


class Severity(StrEnum):
    """Whether the release is held until the finding is settled."""

    STOPS = "stops"
    WARNS = "warns"
    STOPS_PUBLICATION = "stops_publication"


class FindingKind(StrEnum):
    """What is wrong: leaks, of which the first seven can only be put right; then, from UNDECIDED on, what is weak in the argument."""

    UNKNOWN_REDACTION = "unknown_redaction"
    UNEXPLAINED_REDACTION = "unexplained_redaction"
    CITES_OMITTED = "cites_omitted"
    NO_STATEMENT = "no_statement"
    STATEMENT_DIFFERS = "statement_differs"
    MISSING_FILE = "missing_file"
    KEPT_PAGE = "kept_page"
    QUOTE = "quote"
    TERM = "term"
    SHORT = "short"
    LOST = "lost"
    UNEVEN = "uneven"
    UNDECIDED = "undecided"
    DECIDE_AGAIN = "decide_again"
    UNSEEN_LOAD = "unseen_load"
    NOT_READY = "not_ready"
    NOT_RATED = "not_rated"
    BARE = "bare"
    SHAKY = "shaky"
    WEAK_EVIDENCE = "weak_evidence"
    UNOWNED = "unowned"
    UNNAMED = "unnamed"
    MENTIONED_ONLY = "mentioned_only"
    LINKED_ONLY = "linked_only"
    DOUBTED = "doubted"

    @property
    def severity(self) -> Severity:
        """Whether it holds the release."""
        if self in ARGUMENT_KINDS - WARNING_KINDS:
            return Severity.STOPS_PUBLICATION
        return Severity.WARNS if self in WARNING_KINDS else Severity.STOPS

    @property
    def is_argument(self) -> bool:
        """Whether it is about what is argued, not about what gets out."""
        return self in ARGUMENT_KINDS

    @property
    def can_be_settled(self) -> bool:
        """Whether *not the same, because …* is an answer."""
        return self in SETTLED_KINDS


def fingerprint(kind: FindingKind, *parts: str) -> str:
    """Names a finding by what it is about, so that a decision holds until that changes. Unsalted: stays inside."""
    return hashlib.sha256(canonical([kind.value, *parts]).encode()).hexdigest()


WARNING_KINDS = frozenset(
    {
        FindingKind.SHORT,
        FindingKind.LOST,
        FindingKind.UNEVEN,
        FindingKind.MENTIONED_ONLY,
        FindingKind.LINKED_ONLY,
        FindingKind.DOUBTED,
    }
)
ARGUMENT_KINDS = frozenset(
    {
        FindingKind.UNDECIDED,
        FindingKind.DECIDE_AGAIN,
        FindingKind.UNSEEN_LOAD,
        FindingKind.NOT_READY,
        FindingKind.NOT_RATED,
        FindingKind.BARE,
        FindingKind.SHAKY,
        FindingKind.WEAK_EVIDENCE,
        FindingKind.UNOWNED,
        FindingKind.UNNAMED,
        FindingKind.MENTIONED_ONLY,
        FindingKind.LINKED_ONLY,
        FindingKind.DOUBTED,
    }
)
# Undecided redactions are for their deciders: nobody can publish past them.
SETTLED_KINDS = (WARNING_KINDS | ARGUMENT_KINDS | {FindingKind.QUOTE, FindingKind.TERM}) - {FindingKind.UNDECIDED}


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
        """Whether it holds every release: a leak that nobody has settled."""
        return self.severity is Severity.STOPS and not self.decided

    def holds(self, purpose: Purpose) -> bool:
        """Whether it holds a release for that purpose: leaks hold all of them, a weak argument holds publication only."""
        for_publication = self.severity is Severity.STOPS_PUBLICATION and purpose is Purpose.PUBLICATION
        return self.stops or (for_publication and not self.decided)

    @property
    def is_argument(self) -> bool:
        """Whether it is about what is argued, not about what gets out."""
        return self.kind.is_argument

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
