"""The structure of the live case, list by list, for the fully cleared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cases.access import Actor, full_clearance
from cases.projection import FullLens
from evidence.projection import project_assurance, project_evidence
from pathways.projection import (
    HeaderPart,
    project_claim,
    project_header,
    project_limitation,
    project_pathway,
    project_section,
    project_term,
)
from prose.shown import FullClearance, OpenText
from review.projection.links import enter_bearing, enter_redaction, enter_support
from review.snapshot import CaseSnapshot, read_case


class Listing(StrEnum):
    """The lists that a case has."""

    SECTIONS = "sections"
    PATHWAYS = "pathways"
    CLAIMS = "claims"
    SUPPORTS = "supports"
    EVIDENCE = "evidence"
    BEARINGS = "bearings"
    ASSURANCES = "assurances"
    LIMITATIONS = "limitations"
    TERMS = "terms"
    REDACTIONS = "redactions"


Rows = tuple[object, ...]
MAKERS: dict[Listing, Callable[[CaseSnapshot, FullLens], Rows]] = {
    Listing.SECTIONS: lambda case, lens: tuple(project_section(one, lens) for one in case.sections),
    Listing.PATHWAYS: lambda case, lens: tuple(project_pathway(one, lens) for one in case.pathways),
    Listing.CLAIMS: lambda case, lens: tuple(project_claim(one, case.tag_by_ref, lens) for one in case.claims),
    Listing.SUPPORTS: lambda case, lens: tuple(enter_support(one, lens) for one in case.supports),
    Listing.EVIDENCE: lambda case, lens: tuple(project_evidence(one, lens) for one in case.evidence),
    Listing.BEARINGS: lambda case, lens: tuple(enter_bearing(one, lens) for one in case.bearings),
    Listing.ASSURANCES: lambda case, lens: tuple(project_assurance(one, lens) for one in case.assurances),
    Listing.LIMITATIONS: lambda case, lens: tuple(project_limitation(one, lens) for one in case.limitations),
    Listing.TERMS: lambda case, lens: tuple(project_term(one, lens) for one in case.terms),
    Listing.REDACTIONS: lambda case, _: tuple(
        enter_redaction(one, case.audiences) for one in case.register.by_ref.values()
    ),
}


@dataclass(frozen=True, slots=True)
class LiveListing:
    """One list, and the clearance without which its words can't be told."""

    clearance: FullClearance
    rows: Rows


@dataclass(frozen=True, slots=True)
class LiveHeader:
    """What the case is about, and the clearance."""

    clearance: FullClearance
    header: HeaderPart[OpenText]


def live_listing(actor: Actor, case_id: UUID, listing: Listing) -> LiveListing:
    """One list of the live case, in a number of queries that does not depend on its size. Raises Http404."""
    snapshot, lens, clearance = _opened(actor, case_id)
    return LiveListing(clearance, MAKERS[listing](snapshot, lens))


def live_header(actor: Actor, case_id: UUID) -> LiveHeader:
    """The header of the live case. Raises Http404."""
    snapshot, lens, clearance = _opened(actor, case_id)
    return LiveHeader(clearance, project_header(snapshot.header, lens))


def _opened(actor: Actor, case_id: UUID) -> tuple[CaseSnapshot, FullLens, FullClearance]:
    clearance, _ = full_clearance(actor, case_id)
    snapshot = read_case(case_id)
    return snapshot, FullLens(snapshot.register, clearance, snapshot.audiences), clearance
