"""A checked case file, frozen. References and keys in it are known to resolve; `at` is the place in the file, for messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from cases.redaction.facts import Ground
from evidence.values import Direction, EvidenceType
from pathways.values import (
    CaseKind,
    ClaimKind,
    ClaimState,
    DeploymentContext,
    Frequency,
    Grade,
    Level,
    Rating,
    Reversibility,
    SupportRole,
)
from review.case_file.contents import FileText
from review.case_file.hiding import AudienceEntry, PersonEntry, RedactionEntry


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """One of `history`: how a rating came to be what it is."""

    at: str
    on: date
    rating: Rating | None
    confidence: Level | None
    why: FileText


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One of `files`: a figure, re-encoded."""

    at: str
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TagEntry:
    """One of `tags`."""

    at: str
    ref: str
    name: FileText


@dataclass(frozen=True, slots=True)
class HeaderEntry:
    """The key `case`."""

    at: str
    reference: str
    kind: CaseKind
    rehearsal: bool
    contexts: tuple[DeploymentContext, ...]
    rating: Rating | None
    confidence: Level | None
    evidence_cutoff: date | None
    coverage_date: date | None
    publication_date: date | None
    title: FileText
    subject: FileText
    banner: FileText
    predecessor: FileText
    conclusion: FileText
    scope: FileText
    scope_out: FileText
    summary: FileText
    history: tuple[RatingEntry, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One of `sections`."""

    at: str
    ref: str
    title: FileText
    body: FileText
    ready: bool


@dataclass(frozen=True, slots=True)
class PathwayEntry:
    """One of `pathways`."""

    at: str
    ref: str
    title: FileText
    answer: FileText
    action: FileText
    argument: FileText
    reason: FileText
    ready: bool
    history: tuple[RatingEntry, ...]
    context: DeploymentContext | None
    frequency: Frequency | None
    complexity: Level | None
    reversibility: Reversibility | None
    rating: Rating | None
    confidence: Level | None


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One of `claims`."""

    at: str
    ref: str
    statement: FileText
    basis: FileText
    assumptions: FileText
    owner: str | None
    tags: tuple[str, ...]
    kind: ClaimKind
    state: ClaimState
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class SupportEntry:
    """One of `supports`: `resting` is its key `from`, `claim` its key `to`."""

    at: str
    ref: str
    resting: str
    claim: str
    role: SupportRole
    reason: FileText


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One of `evidence`."""

    at: str
    ref: str
    title: FileText
    description: FileText
    conditions: FileText
    place: FileText
    not_relied: FileText
    owner: str | None
    type: EvidenceType
    as_of: date | None
    valid_until: date | None
    relied_on: bool


@dataclass(frozen=True, slots=True)
class BearingEntry:
    """One of `bearings`."""

    at: str
    ref: str
    evidence: str
    claim: str
    direction: Direction
    strength: Grade
    place: FileText


@dataclass(frozen=True, slots=True)
class AssuranceEntry:
    """One of `assurances`."""

    at: str
    ref: str
    statement: FileText
    owner: str
    given_on: date
    valid_until: date | None
    claim: str | None


@dataclass(frozen=True, slots=True)
class LimitationEntry:
    """One of `limitations`."""

    at: str
    ref: str
    title: FileText
    body: FileText


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One of `terms`."""

    at: str
    ref: str
    name: FileText
    definition: FileText
    tentative: bool


PartEntry = (
    TagEntry
    | SectionEntry
    | PathwayEntry
    | ClaimEntry
    | SupportEntry
    | EvidenceEntry
    | BearingEntry
    | AssuranceEntry
    | LimitationEntry
    | TermEntry
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The whole file."""

    header: HeaderEntry
    people: tuple[PersonEntry, ...]
    deciders: Mapping[Ground, tuple[str, ...]]
    audiences: tuple[AudienceEntry, ...]
    redactions: tuple[RedactionEntry, ...]
    files: tuple[FileEntry, ...]
    tags: tuple[TagEntry, ...]
    sections: tuple[SectionEntry, ...]
    pathways: tuple[PathwayEntry, ...]
    claims: tuple[ClaimEntry, ...]
    supports: tuple[SupportEntry, ...]
    evidence: tuple[EvidenceEntry, ...]
    bearings: tuple[BearingEntry, ...]
    assurances: tuple[AssuranceEntry, ...]
    limitations: tuple[LimitationEntry, ...]
    terms: tuple[TermEntry, ...]

    def parts(self) -> Iterator[PartEntry]:
        """All that has a reference and words."""
        groups: tuple[tuple[PartEntry, ...], ...] = (
            self.tags,
            self.sections,
            self.pathways,
            self.claims,
            self.supports,
            self.evidence,
            self.bearings,
            self.assurances,
            self.limitations,
            self.terms,
        )
        for group in groups:
            yield from group

    def histories(self) -> Iterator[RatingEntry]:
        """Every change of a rating."""
        yield from self.header.history
        for pathway in self.pathways:
            yield from pathway.history

    def texts(self) -> Iterator[FileText]:
        """All texts."""
        for entry in (self.header, *self.parts(), *self.histories()):
            values = (getattr(entry, field.name) for field in fields(entry))
            yield from (value for value in values if isinstance(value, FileText))
