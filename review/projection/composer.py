"""Pages from a snapshot: pure composition of parts, through one lens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from cases.projection import Lens, Words, derive
from cases.redaction import Presence, Shown
from cases.refs import ClaimRef, EvidenceRef, PathwayRef, SectionRef
from evidence.projection import (
    MaskedEvidence,
    project_bearings_of_evidence,
    project_bearings_on_claim,
    project_evidence,
)
from pathways.projection import (
    MaskedPart,
    SupportPart,
    SupportRow,
    project_claim,
    project_header,
    project_pathway,
    project_section,
    project_supports,
)
from pathways.snapshot import PathwaySnapshot, SectionSnapshot
from pathways.values import Rating, SupportRole
from review.projection.pages import (
    ClaimPage,
    EvidencePage,
    FrontPage,
    Listing,
    Page,
    PathwayPage,
    Rail,
    RailRow,
    RegisterPage,
    RestingRow,
    SectionPage,
)
from review.snapshot import CaseSnapshot
from review.states import PageKind


class _Referenced(Protocol):
    @property
    def ref(self) -> str:
        """What the object is called."""


T = TypeVar("T", bound=_Referenced)


class Composer(Generic[Words]):
    """Makes the pages of one snapshot through one lens. A page costs what it shows."""

    def __init__(self, snapshot: CaseSnapshot, lens: Lens[Words]) -> None:
        self._case = snapshot
        self._lens: Lens[Words] = lens

    def pages(self) -> Iterator[tuple[str, Page[Words]]]:
        """Every page of the edition, by address below it."""
        yield PageKind.FRONT, self.front()
        for section in self._present(self._case.sections):
            yield f"{PageKind.SECTION}/{section.ref}", self.section(section.ref)
        for pathway in self._present(self._case.pathways):
            yield f"{PageKind.PATHWAY}/{pathway.ref}", self.pathway(pathway.ref)
        for claim in self._present(self._case.claims):
            yield f"{PageKind.CLAIM}/{claim.ref}", self.claim(claim.ref)
        for item in self._present(self._case.evidence):
            yield f"{PageKind.EVIDENCE}/{item.ref}", self.evidence(item.ref)
        yield PageKind.REGISTER, self.register()

    def page(self, kind: PageKind, ref: str) -> Page[Words]:
        """One page; raises KeyError when there is none."""
        if kind is PageKind.FRONT:
            return self.front()
        if kind is PageKind.REGISTER:
            return self.register()
        makers: dict[PageKind, Callable[[str], Page[Words]]] = {
            PageKind.SECTION: self.section,
            PageKind.PATHWAY: self.pathway,
            PageKind.CLAIM: self.claim,
            PageKind.EVIDENCE: self.evidence,
        }
        return makers[kind](ref)

    @cached_property
    def rail(self) -> Rail[Words]:
        """The table of contents, shown objects and placeholders alone."""
        return Rail(
            sections=tuple(self._section_row(s) for s in self._present(self._case.sections)),
            pathways=tuple(self._pathway_row(p) for p in self._present(self._case.pathways)),
        )

    def front(self) -> FrontPage[Words]:
        """The first page."""
        listing = Listing(
            claims=tuple(ClaimRef(c.ref) for c in self._case.claims if self._is_open(c.ref)),
            evidence=tuple(EvidenceRef(e.ref) for e in self._case.evidence if self._is_open(e.ref)),
        )
        return FrontPage(
            header=project_header(self._case.header, self._lens),
            rail=self.rail,
            claims=derive(lambda shown: len(shown.claims), listing),
            evidence=derive(lambda shown: len(shown.evidence), listing),
        )

    def section(self, ref: str) -> SectionPage[Words]:
        """A section; raises KeyError."""
        section = self._found(self._case.section_by_ref, ref)
        number = derive(lambda rows: _place(rows, ref), self.rail.sections)
        return SectionPage(section=project_section(section, self._lens), number=number)

    def pathway(self, ref: str) -> PathwayPage[Words]:
        """A pathway; raises KeyError."""
        pathway = project_pathway(self._found(self._case.pathway_by_ref, ref), self._lens)
        rests_on = () if isinstance(pathway, MaskedPart) else self._supports(ref)
        return PathwayPage(
            pathway=pathway,
            number=derive(lambda rows: _place(rows, ref), self.rail.pathways),
            rests_on=rests_on,
            load_bearing=derive(_count_load_bearing, rests_on),
        )

    def claim(self, ref: str) -> ClaimPage[Words]:
        """A claim; raises KeyError."""
        claim = project_claim(self._found(self._case.claim_by_ref, ref), self._lens)
        if isinstance(claim, MaskedPart):
            return ClaimPage(claim=claim, rests_on=(), carries=(), evidence=())
        bearings = self._case.bearings_on.get(ref, [])
        return ClaimPage(
            claim=claim,
            rests_on=self._supports(ref),
            carries=tuple(self._carries(ref)),
            evidence=project_bearings_on_claim(bearings, self._case.evidence_by_ref, self._lens),
        )

    def evidence(self, ref: str) -> EvidencePage[Words]:
        """A piece of evidence; raises KeyError."""
        item = project_evidence(self._found(self._case.evidence_by_ref, ref), self._lens)
        if isinstance(item, MaskedEvidence):
            return EvidencePage(evidence=item, bears_on=())
        bearings = self._case.bearings_from.get(ref, [])
        return EvidencePage(
            evidence=item, bears_on=project_bearings_of_evidence(bearings, self._case.claim_by_ref, self._lens)
        )

    def register(self) -> RegisterPage[Words]:
        """All claims and evidence, placeholders included, omitted ones not."""
        return RegisterPage(
            claims=tuple(project_claim(c, self._lens) for c in self._present(self._case.claims)),
            evidence=tuple(project_evidence(e, self._lens) for e in self._present(self._case.evidence)),
        )

    def _supports(self, ref: str) -> tuple[SupportRow[Words], ...]:
        return project_supports(self._case.supports_under.get(ref, []), self._case.claim_by_ref, self._lens)

    def _carries(self, ref: str) -> Iterator[RestingRow[Words]]:
        """What rests on the claim, by links and objects that are shown."""
        for support in self._case.supports_on.get(ref, []):
            if self._is_open(support.ref) and self._is_open(support.resting):
                yield RestingRow(
                    ref=PathwayRef(support.resting),
                    title=self._lens.words(self._case.name_of(support.resting)),
                    role=self._lens.attribute(support.ref, "role", SupportRole(support.role)),
                )

    def _section_row(self, section: SectionSnapshot) -> RailRow[Words]:
        if not self._is_open(section.ref):
            return self._masked_row(section.ref)
        title = self._lens.words(section.title)
        return RailRow(ref=SectionRef(section.ref), title=title, mask=None, rating=None, answer=None)

    def _pathway_row(self, pathway: PathwaySnapshot) -> RailRow[Words]:
        if not self._is_open(pathway.ref):
            return self._masked_row(pathway.ref)
        return RailRow(
            ref=PathwayRef(pathway.ref),
            title=self._lens.words(pathway.title),
            mask=None,
            rating=self._lens.attribute(pathway.ref, "rating", Rating(pathway.rating) if pathway.rating else None),
            answer=self._lens.words(pathway.answer),
        )

    def _masked_row(self, ref: str) -> RailRow[Words]:
        return RailRow(ref=PathwayRef(ref), title=None, mask=self._lens.mask(ref), rating=None, answer=None)

    def _is_open(self, ref: str) -> bool:
        return self._lens.presence(ref) is Presence.OPEN

    def _present(self, objects: tuple[T, ...]) -> Iterator[T]:
        return (one for one in objects if self._lens.presence(one.ref) is not Presence.OMITTED)

    def _found(self, by_ref: dict[str, T], ref: str) -> T:
        """The object, unless it is left out; raises KeyError."""
        if self._lens.presence(ref) is Presence.OMITTED:
            raise KeyError(ref)
        return by_ref[ref]


def _place(rows: tuple[RailRow[Words], ...], ref: str) -> int:
    return [row.ref for row in rows].index(PathwayRef(ref)) + 1


def _count_load_bearing(rows: tuple[SupportRow[Words], ...]) -> int:
    return sum(
        isinstance(row, SupportPart) and isinstance(row.role, Shown) and row.role.value is SupportRole.LOAD_BEARING
        for row in rows
    )
