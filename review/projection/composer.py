"""Pages from a snapshot: pure composition of parts, through one lens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from cases.projection import Lens, Words, derive
from cases.redaction import Presence
from cases.refs import ClaimRef, PathwayRef, SectionRef
from evidence.projection import (
    AssurancePart,
    MaskedEvidence,
    project_assurance,
    project_bearings_of_evidence,
    project_bearings_on_claim,
    project_evidence,
)
from pathways.projection import (
    HeaderPart,
    MaskedPart,
    SupportRow,
    project_claim,
    project_header,
    project_limitation,
    project_pathway,
    project_section,
    project_supports,
    project_term,
)
from pathways.snapshot import PathwaySnapshot, SectionSnapshot
from pathways.values import Rating, SupportRole
from review.projection.derived import Edition, History, finished, masked_row
from review.projection.pages import (
    AssurancesPage,
    ClaimPage,
    EvidencePage,
    GlossaryPage,
    LimitationsPage,
    OwnPage,
    Page,
    PathwayPage,
    Rail,
    RailRow,
    RestingRow,
    SectionPage,
)
from review.projection.weights import load_bearing
from review.snapshot import CaseSnapshot
from review.states import PageKind


class _Referenced(Protocol):
    @property
    def ref(self) -> str:
        """What the object is called."""


T = TypeVar("T", bound=_Referenced)


class Composer(Generic[Words]):
    """Makes the pages of one snapshot through one lens. A page costs what it shows. `history`: page → earlier ratings."""

    def __init__(self, snapshot: CaseSnapshot, lens: Lens[Words], history: History | None = None) -> None:
        self._case = snapshot
        self._lens: Lens[Words] = lens
        self._history: History = history or {}

    def pages(self) -> Iterator[tuple[str, Page[Words]]]:
        """Every page of the edition, by address below it."""
        return self.edition().pages()

    def edition(self) -> Edition[Words]:
        """The whole of it."""
        return Edition(self.header, dict(self.own_pages()), self._history)

    def own_pages(self) -> Iterator[tuple[str, OwnPage[Words]]]:
        """The pages on which things are at home, in reading order."""
        for kind, objects in (
            (PageKind.SECTION, self._case.sections),
            (PageKind.PATHWAY, self._case.pathways),
            (PageKind.CLAIM, self._case.claims),
            (PageKind.EVIDENCE, self._case.evidence),
        ):
            for one in objects:
                if self._lens.presence(one.ref) is not Presence.OMITTED:
                    yield f"{kind}/{one.ref}", self.own(kind, one.ref)
        yield PageKind.ASSURANCES, self.assurances()
        yield PageKind.LIMITATIONS, self.limitations()
        yield PageKind.GLOSSARY, self.glossary()

    def page(self, kind: PageKind, ref: str) -> Page[Words]:
        """One page; raises KeyError when there is none."""
        if kind in (PageKind.FRONT, PageKind.REGISTER, PageKind.WITHHELD, PageKind.REPORT):
            return self.edition().page(kind)
        name = f"{kind}/{ref}" if ref else str(kind)
        return finished(self.own(kind, ref), self.header, self.rail, self._history.get(name, ()))

    def own(self, kind: PageKind, ref: str) -> OwnPage[Words]:
        """A page on which something is at home; raises KeyError."""
        if kind is PageKind.ASSURANCES:
            return self.assurances()
        if kind is PageKind.LIMITATIONS:
            return self.limitations()
        if kind is PageKind.GLOSSARY:
            return self.glossary()
        makers: dict[PageKind, Callable[[str], OwnPage[Words]]] = {
            PageKind.SECTION: self.section,
            PageKind.PATHWAY: self.pathway,
            PageKind.CLAIM: self.claim,
            PageKind.EVIDENCE: self.evidence,
        }
        return makers[kind](ref)

    @cached_property
    def header(self) -> HeaderPart[Words]:
        """What the case is about."""
        return project_header(self._case.header, self._lens)

    @cached_property
    def rail(self) -> Rail[Words]:
        """The table of contents, as `rail_of` would make it from all pages, at the price of their titles."""
        return Rail(
            sections=tuple(self._section_row(s) for s in self._present(self._case.sections)),
            pathways=tuple(self._pathway_row(p) for p in self._present(self._case.pathways)),
        )

    def section(self, ref: str) -> SectionPage[Words]:
        """A section; raises KeyError."""
        return SectionPage(
            section=project_section(self._found(self._case.section_by_ref, ref), self._lens), number=None
        )

    def pathway(self, ref: str) -> PathwayPage[Words]:
        """A pathway; raises KeyError."""
        pathway = project_pathway(self._found(self._case.pathway_by_ref, ref), self._lens)
        rests_on = () if isinstance(pathway, MaskedPart) else self._supports(ref)
        count = derive(lambda rows: len(load_bearing(rows)), rests_on)
        return PathwayPage(pathway=pathway, number=None, rests_on=rests_on, load_bearing=count, history=())

    def claim(self, ref: str) -> ClaimPage[Words]:
        """A claim; raises KeyError."""
        claim = project_claim(self._found(self._case.claim_by_ref, ref), self._case.tag_by_ref, self._lens)
        if isinstance(claim, MaskedPart):
            return ClaimPage(claim=claim, rests_on=(), carries=(), evidence=(), assurances=())
        bearings = self._case.bearings_on.get(ref, [])
        return ClaimPage(
            claim=claim,
            rests_on=self._supports(ref),
            carries=tuple(self._carries(ref)),
            evidence=project_bearings_on_claim(bearings, self._case.evidence_by_ref, self._lens),
            assurances=tuple(self._assurances_on(ref)),
        )

    def evidence(self, ref: str) -> EvidencePage[Words]:
        """A piece of evidence; raises KeyError."""
        item = project_evidence(self._found(self._case.evidence_by_ref, ref), self._lens)
        if isinstance(item, MaskedEvidence):
            return EvidencePage(evidence=item, bears_on=(), stale=None)
        bearings = self._case.bearings_from.get(ref, [])
        bears_on = project_bearings_of_evidence(bearings, self._case.claim_by_ref, self._case.tag_by_ref, self._lens)
        return EvidencePage(evidence=item, bears_on=bears_on, stale=None)

    def assurances(self) -> AssurancesPage[Words]:
        """All assurances, omitted ones not."""
        present = self._present(self._case.assurances)
        return AssurancesPage(assurances=tuple(project_assurance(one, self._lens) for one in present))

    def limitations(self) -> LimitationsPage[Words]:
        """All limitations, omitted ones not."""
        present = self._present(self._case.limitations)
        return LimitationsPage(limitations=tuple(project_limitation(one, self._lens) for one in present))

    def glossary(self) -> GlossaryPage[Words]:
        """All terms, omitted ones not."""
        present = self._present(self._case.terms)
        return GlossaryPage(terms=tuple(project_term(one, self._lens) for one in present))

    def _supports(self, ref: str) -> tuple[SupportRow[Words], ...]:
        case = self._case
        return project_supports(case.supports_under.get(ref, []), case.claim_by_ref, case.tag_by_ref, self._lens)

    def _assurances_on(self, ref: str) -> Iterator[AssurancePart[Words]]:
        """Those that speak to the claim, where both they and their link to it are shown."""
        for assurance in self._present(a for a in self._case.assurances if a.claim == ref):
            part = project_assurance(assurance, self._lens)
            if isinstance(part, AssurancePart) and part.claim == ref:
                yield part

    def _carries(self, ref: str) -> Iterator[RestingRow[Words]]:
        """What rests on the claim, by links and objects that are shown."""
        for support in self._case.supports_on.get(ref, []):
            if self._is_open(support.ref) and self._is_open(support.resting):
                kind = PathwayRef if support.resting.startswith("P-") else ClaimRef
                yield RestingRow(
                    ref=kind(support.resting),
                    title=self._lens.words(self._case.name_of(support.resting)),
                    role=self._lens.attribute(support.ref, "role", SupportRole(support.role)),
                )

    def _section_row(self, section: SectionSnapshot) -> RailRow[Words]:
        ref = SectionRef(section.ref)
        if not self._is_open(ref):
            return masked_row(MaskedPart(ref=ref, mask=self._lens.mask(ref)))
        return RailRow(ref=ref, title=self._lens.words(section.title), mask=None, rating=None, answer=None)

    def _pathway_row(self, pathway: PathwaySnapshot) -> RailRow[Words]:
        ref = PathwayRef(pathway.ref)
        if not self._is_open(ref):
            return masked_row(MaskedPart(ref=ref, mask=self._lens.mask(ref)))
        return RailRow(
            ref=ref,
            title=self._lens.words(pathway.title),
            mask=None,
            rating=self._lens.attribute(ref, "rating", Rating(pathway.rating) if pathway.rating else None),
            answer=self._lens.words(pathway.answer),
        )

    def _is_open(self, ref: str) -> bool:
        return self._lens.presence(ref) is Presence.OPEN

    def _present(self, objects: Iterable[T]) -> Iterator[T]:
        return (one for one in objects if self._lens.presence(one.ref) is not Presence.OMITTED)

    def _found(self, by_ref: dict[str, T], ref: str) -> T:
        """The object, unless it is left out; raises KeyError."""
        if self._lens.presence(ref) is Presence.OMITTED:
            raise KeyError(ref)
        return by_ref[ref]
