"""What each page of a case holds."""

from __future__ import annotations

from datetime import date
from typing import Generic

from cases.projection import Derived, Words, projection
from cases.redaction import Shown, Withheld
from cases.refs import ClaimRef, EvidenceRef, PathwayRef, SectionRef
from evidence.projection import AssurancePart, BearingRow, EvidencePart, MaskedAssurance, MaskedEvidence
from pathways.projection import (
    ClaimPart,
    HeaderPart,
    LimitationPart,
    MaskedPart,
    PathwayPart,
    SectionPart,
    SupportRow,
    TagPart,
    TermPart,
)
from pathways.values import Rating, SupportRole


@projection
class RailRow(Generic[Words]):
    """A line of the table of contents."""

    ref: SectionRef | PathwayRef
    title: Words | None
    mask: Withheld | None
    rating: Shown[Rating | None] | Withheld | None
    answer: Words | None


@projection
class Rail(Generic[Words]):
    """The table of contents."""

    sections: tuple[RailRow[Words], ...]
    pathways: tuple[RailRow[Words], ...]


@projection
class RatingRow:
    """The rating in an earlier edition of the same audience. `number`: None where numbers would tell of drafts."""

    number: Shown[int] | None
    on: Shown[date]
    rating: Shown[Rating | None] | Withheld


@projection
class WeightRow(Generic[Words]):
    """A claim, and the pathways that lack a step without it, as shown."""

    claim: ClaimPart[Words]
    pathways: Derived[tuple[str, ...]]


@projection
class WithheldRow:
    """One redaction that stands in the edition: what its bar says, and the pages on which it stands."""

    item: Withheld
    pages: Derived[tuple[str, ...]]


@projection
class MarkedRow:
    """What readers of the edition read and a less cleared audience does not: (reference, ground, audiences), and where."""

    says: Derived[tuple[str, ...]]
    pages: Derived[tuple[str, ...]]


@projection
class Listing:
    """What is shown open, by reference: what counts are made from."""

    claims: tuple[ClaimRef, ...]
    evidence: tuple[EvidenceRef, ...]


@projection
class FrontPage(Generic[Words]):
    """The first page: what the case is, where everything is, what carries most, what is withheld."""

    header: HeaderPart[Words]
    rail: Rail[Words]
    claims: Derived[int]
    evidence: Derived[int]
    weights: tuple[WeightRow[Words], ...]
    withheld: tuple[WithheldRow, ...]
    history: tuple[RatingRow, ...]


# An own page is made alone; `number`, `history` and `stale` come to it from the rest of its edition (`derived.finished`).


@projection
class SectionPage(Generic[Words]):
    """One section."""

    section: SectionPart[Words] | MaskedPart
    number: Derived[int] | None


@projection
class PathwayPage(Generic[Words]):
    """One pathway with what it rests on, as shown."""

    pathway: PathwayPart[Words] | MaskedPart
    number: Derived[int] | None
    rests_on: tuple[SupportRow[Words], ...]
    load_bearing: Derived[int]
    history: tuple[RatingRow, ...]


@projection
class RestingRow(Generic[Words]):
    """Something shown that rests on the claim of this page."""

    ref: PathwayRef | ClaimRef
    title: Words
    role: Shown[SupportRole] | Withheld


@projection
class ClaimPage(Generic[Words]):
    """One claim, what it rests on, what rests on it, its evidence, and who stands for it."""

    claim: ClaimPart[Words] | MaskedPart
    rests_on: tuple[SupportRow[Words], ...]
    carries: tuple[RestingRow[Words], ...]
    evidence: tuple[BearingRow[Words], ...]
    assurances: tuple[AssurancePart[Words], ...]


@projection
class EvidencePage(Generic[Words]):
    """One piece of evidence and what it bears on. `stale`: no longer valid at the evidence cut-off, as shown."""

    evidence: EvidencePart[Words] | MaskedEvidence
    bears_on: tuple[BearingRow[Words], ...]
    stale: Derived[bool] | None


@projection
class AssurancesPage(Generic[Words]):
    """All assurances."""

    assurances: tuple[AssurancePart[Words] | MaskedAssurance, ...]


@projection
class LimitationsPage(Generic[Words]):
    """All limitations."""

    limitations: tuple[LimitationPart[Words] | MaskedPart, ...]


@projection
class GlossaryPage(Generic[Words]):
    """All terms."""

    terms: tuple[TermPart[Words] | MaskedPart, ...]


OwnPage = (
    SectionPage[Words]
    | PathwayPage[Words]
    | ClaimPage[Words]
    | EvidencePage[Words]
    | AssurancesPage[Words]
    | LimitationsPage[Words]
    | GlossaryPage[Words]
)


@projection
class GroupRow(Generic[Words]):
    """A loose group, and the claims that are shown to be in it."""

    tag: TagPart[Words]
    claims: Derived[tuple[str, ...]]


@projection
class RegisterPage(Generic[Words]):
    """All claims, with what they carry, their groups, and all evidence."""

    claims: tuple[WeightRow[Words] | MaskedPart, ...]
    groups: tuple[GroupRow[Words], ...]
    evidence: tuple[EvidencePart[Words] | MaskedEvidence, ...]


@projection
class WithheldPage:
    """What is withheld in the edition, and what is shown in it and withheld elsewhere."""

    withheld: tuple[WithheldRow, ...]
    marked: tuple[MarkedRow, ...]


@projection
class ReportPage(Generic[Words]):
    """The whole report on one page."""

    header: HeaderPart[Words]
    sections: tuple[SectionPage[Words], ...]
    pathways: tuple[PathwayPage[Words], ...]
    claims: tuple[ClaimPart[Words] | MaskedPart, ...]
    evidence: tuple[EvidencePart[Words] | MaskedEvidence, ...]
    assurances: tuple[AssurancePart[Words] | MaskedAssurance, ...]
    limitations: tuple[LimitationPart[Words] | MaskedPart, ...]
    terms: tuple[TermPart[Words] | MaskedPart, ...]


Page = OwnPage[Words] | FrontPage[Words] | RegisterPage[Words] | WithheldPage | ReportPage[Words]
