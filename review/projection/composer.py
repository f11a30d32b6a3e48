"""Pages from a snapshot: pure composition of parts, through one lens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from cases.projection import Lens, Words, derive
from cases.redaction import Presence, Shown
from cases.refs import PathwayRef
from evidence.projection import (
    MaskedEvidence,
    project_bearings_of_evidence,
    project_bearings_on_claim,
    project_evidence,
)
from pathways.projection import (
    MaskedPart,
    PathwayPart,
    SectionPart,
    SupportPart,
    SupportRow,
    project_claim,
    project_header,
    project_pathway,
    project_section,
    project_supports,
)
from pathways.values import SupportRole
from review.projection.pages import (
    ClaimPage,
    EvidencePage,
    FrontPage,
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

T = TypeVar("T")


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
        sections = (project_section(s, self._lens) for s in self._present(self._case.sections))
        pathways = (project_pathway(p, self._lens) for p in self._present(self._case.pathways))
        return Rail(
            sections=tuple(_rail_row(section) for section in sections),
            pathways=tuple(_rail_row(pathway) for pathway in pathways),
        )

    def front(self) -> FrontPage[Words]:
        """The first page."""
        register = self.register()
        return FrontPage(
            header=project_header(self._case.header, self._lens),
            rail=self.rail,
            claims=derive(_count_open, register.claims),
            evidence=derive(_count_open, register.evidence),
        )

    def section(self, ref: str) -> SectionPage[Words]:
        """A section; raises KeyError."""
        section = self._found(self._case.sections, ref)
        number = derive(lambda rows: _place(rows, ref), self.rail.sections)
        return SectionPage(section=project_section(section, self._lens), number=number)

    def pathway(self, ref: str) -> PathwayPage[Words]:
        """A pathway; raises KeyError."""
        pathway = project_pathway(self._found(self._case.pathways, ref), self._lens)
        rests_on = () if isinstance(pathway, MaskedPart) else self._supports(ref)
        return PathwayPage(
            pathway=pathway,
            number=derive(lambda rows: _place(rows, ref), self.rail.pathways),
            rests_on=rests_on,
            load_bearing=derive(_count_load_bearing, rests_on),
        )

    def claim(self, ref: str) -> ClaimPage[Words]:
        """A claim; raises KeyError."""
        claim = project_claim(self._found(self._case.claims, ref), self._lens)
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
        item = project_evidence(self._found(self._case.evidence, ref), self._lens)
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
        titles = {p.ref: p.title for p in self._case.pathways} | {c.ref: c.statement for c in self._case.claims}
        for support in self._case.supports:
            ends = (self._lens.presence(support.ref), self._lens.presence(support.resting))
            if support.claim == ref and ends == (Presence.OPEN, Presence.OPEN):
                yield RestingRow(
                    ref=PathwayRef(support.resting),
                    title=self._lens.words(titles[support.resting]),
                    role=self._lens.attribute(support.ref, "role", SupportRole(support.role)),
                )

    def _present(self, objects: tuple[T, ...]) -> Iterator[T]:
        return (one for one in objects if self._lens.presence(one.ref) is not Presence.OMITTED)  # type: ignore[attr-defined]  # all of them have one

    def _found(self, objects: tuple[T, ...], ref: str) -> T:
        for one in self._present(objects):
            if one.ref == ref:  # type: ignore[attr-defined]  # all of them have one
                return one
        raise KeyError(ref)


def _rail_row(part: SectionPart[Words] | PathwayPart[Words] | MaskedPart) -> RailRow[Words]:
    if isinstance(part, MaskedPart):
        return RailRow(ref=PathwayRef(part.ref), title=None, mask=part.mask, rating=None, answer=None)
    if isinstance(part, PathwayPart):
        return RailRow(ref=part.ref, title=part.title, mask=None, rating=part.rating, answer=part.answer)
    return RailRow(ref=part.ref, title=part.title, mask=None, rating=None, answer=None)


def _place(rows: tuple[RailRow[Words], ...], ref: str) -> int:
    return [row.ref for row in rows].index(PathwayRef(ref)) + 1


def _count_open(parts: tuple[object, ...]) -> int:
    return sum(not isinstance(part, MaskedPart | MaskedEvidence) for part in parts)


def _count_load_bearing(rows: tuple[SupportRow[Words], ...]) -> int:
    return sum(
        isinstance(row, SupportPart) and isinstance(row.role, Shown) and row.role.value is SupportRole.LOAD_BEARING
        for row in rows
    )
