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
class HeaderEntry:
    """The key `case`."""

    at: str
    reference: str
    kind: CaseKind
    rehearsal: bool
    rating: Rating | None
    evidence_cutoff: date | None
    coverage_date: date | None
    publication_date: date | None
    title: FileText
    subject: FileText
    banner: FileText
    scope: FileText
    summary: FileText


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One of `sections`."""

    at: str
    ref: str
    title: FileText
    body: FileText


@dataclass(frozen=True, slots=True)
class PathwayEntry:
    """One of `pathways`."""

    at: str
    ref: str
    title: FileText
    answer: FileText
    action: FileText
    argument: FileText
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
    place: FileText
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


PartEntry = SectionEntry | PathwayEntry | ClaimEntry | SupportEntry | EvidenceEntry | BearingEntry


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The whole file."""

    header: HeaderEntry
    people: tuple[PersonEntry, ...]
    deciders: Mapping[Ground, tuple[str, ...]]
    audiences: tuple[AudienceEntry, ...]
    redactions: tuple[RedactionEntry, ...]
    sections: tuple[SectionEntry, ...]
    pathways: tuple[PathwayEntry, ...]
    claims: tuple[ClaimEntry, ...]
    supports: tuple[SupportEntry, ...]
    evidence: tuple[EvidenceEntry, ...]
    bearings: tuple[BearingEntry, ...]

    def parts(self) -> Iterator[PartEntry]:
        """All that has a reference and words."""
        for group in (self.sections, self.pathways, self.claims, self.supports, self.evidence, self.bearings):
            yield from group

    def texts(self) -> Iterator[FileText]:
        """All texts."""
        for entry in (self.header, *self.parts()):
            values = (getattr(entry, field.name) for field in fields(entry))
            yield from (value for value in values if isinstance(value, FileText))
