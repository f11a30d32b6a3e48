"""What each page of a case holds."""

from __future__ import annotations

from typing import Generic

from cases.projection import Derived, Words, projection
from cases.redaction import Shown, Withheld
from cases.refs import ClaimRef, EvidenceRef, PathwayRef, SectionRef
from evidence.projection import BearingRow, EvidencePart, MaskedEvidence
from pathways.projection import ClaimPart, HeaderPart, MaskedPart, PathwayPart, SectionPart, SupportRow
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
class Listing:
    """What is shown open, by reference: what counts are made from."""

    claims: tuple[ClaimRef, ...]
    evidence: tuple[EvidenceRef, ...]


@projection
class FrontPage(Generic[Words]):
    """The first page: what the case is, and where everything is."""

    header: HeaderPart[Words]
    rail: Rail[Words]
    claims: Derived[int]
    evidence: Derived[int]


@projection
class SectionPage(Generic[Words]):
    """One section."""

    section: SectionPart[Words] | MaskedPart
    number: Derived[int]


@projection
class PathwayPage(Generic[Words]):
    """One pathway with what it rests on, as shown."""

    pathway: PathwayPart[Words] | MaskedPart
    number: Derived[int]
    rests_on: tuple[SupportRow[Words], ...]
    load_bearing: Derived[int]


@projection
class RestingRow(Generic[Words]):
    """Something shown that rests on the claim of this page."""

    ref: PathwayRef | ClaimRef
    title: Words
    role: Shown[SupportRole] | Withheld


@projection
class ClaimPage(Generic[Words]):
    """One claim, what it rests on, what rests on it, and its evidence."""

    claim: ClaimPart[Words] | MaskedPart
    rests_on: tuple[SupportRow[Words], ...]
    carries: tuple[RestingRow[Words], ...]
    evidence: tuple[BearingRow[Words], ...]


@projection
class EvidencePage(Generic[Words]):
    """One piece of evidence and what it bears on."""

    evidence: EvidencePart[Words] | MaskedEvidence
    bears_on: tuple[BearingRow[Words], ...]


@projection
class RegisterPage(Generic[Words]):
    """All claims and all evidence."""

    claims: tuple[ClaimPart[Words] | MaskedPart, ...]
    evidence: tuple[EvidencePart[Words] | MaskedEvidence, ...]


Page = (
    FrontPage[Words]
    | SectionPage[Words]
    | PathwayPage[Words]
    | ClaimPage[Words]
    | EvidencePage[Words]
    | RegisterPage[Words]
)
