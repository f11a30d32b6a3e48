"""Pages that are worked out from the other pages of the same edition and from nothing else: front, register, withheld, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from cases.projection import Words, derive
from cases.redaction import Shown
from cases.refs import ClaimRef, EvidenceRef, PathwayRef
from evidence.projection import EvidencePart, MaskedEvidence
from pathways.projection import ClaimPart, HeaderPart, MaskedPart, TagPart, TermPart
from review.projection.hiding import marked_rows, withheld_rows
from review.projection.pages import (
    AssurancesPage,
    ClaimPage,
    EvidencePage,
    FrontPage,
    GlossaryPage,
    GroupRow,
    LimitationsPage,
    Listing,
    OwnPage,
    Page,
    PathwayPage,
    Rail,
    RailRow,
    RatingRow,
    RegisterPage,
    ReportPage,
    SectionPage,
    WeightRow,
    WithheldPage,
)
from review.projection.weights import pathways_on
from review.states import PageKind

T = TypeVar("T")
History = Mapping[str, tuple[RatingRow, ...]]
HEAVIEST = 10


class Edition(Generic[Words]):
    """All pages of an edition, from its header and its own pages in reading order. `history`: page → earlier ratings."""

    def __init__(self, header: HeaderPart[Words], own: Mapping[str, OwnPage[Words]], history: History) -> None:
        self.header: HeaderPart[Words] = header
        self.rail: Rail[Words] = rail_of(own)
        self._history = history
        self._own: dict[str, OwnPage[Words]] = {
            name: finished(page, header, self.rail, history.get(name, ())) for name, page in own.items()
        }
        self._everywhere: dict[str, object] = {str(PageKind.FRONT): header, **self._own}

    def pages(self) -> Iterator[tuple[str, Page[Words]]]:
        """Every page, by address below the edition."""
        yield PageKind.FRONT, self.front()
        yield from self._own.items()
        for kind in (PageKind.REGISTER, PageKind.WITHHELD, PageKind.REPORT):
            yield kind, self.page(kind)

    def page(self, kind: PageKind) -> Page[Words]:
        """One of the derived pages; raises KeyError."""
        makers: dict[PageKind, Callable[[], Page[Words]]] = {
            PageKind.FRONT: self.front,
            PageKind.REGISTER: self.register,
            PageKind.WITHHELD: self.withheld,
            PageKind.REPORT: self.report,
        }
        return makers[kind]()

    def front(self) -> FrontPage[Words]:
        """The first page."""
        heaviest = sorted(self._weights().values(), key=lambda row: -len(row.pathways.value))[:HEAVIEST]
        listing = Listing(
            claims=tuple(ClaimRef(ref) for ref in self._weights()),
            evidence=tuple(EvidenceRef(e.ref) for e in self._evidence() if isinstance(e, EvidencePart)),
        )
        return FrontPage(
            header=self.header,
            rail=self.rail,
            claims=derive(lambda shown: len(shown.claims), listing),
            evidence=derive(lambda shown: len(shown.evidence), listing),
            weights=tuple(row for row in heaviest if row.pathways.value),
            withheld=withheld_rows(self._everywhere),
            history=self._history.get(PageKind.FRONT, ()),
        )

    def register(self) -> RegisterPage[Words]:
        """All claims and evidence, placeholders included."""
        rows = self._weights()
        claims = (page.claim for page in self._of(ClaimPage))
        return RegisterPage(
            claims=tuple(one if isinstance(one, MaskedPart) else rows[one.ref] for one in claims),
            groups=groups_of(row.claim for row in rows.values()),
            evidence=self._evidence(),
        )

    def terms(self) -> tuple[TermPart[Words] | MaskedPart, ...]:
        """All terms, placeholders included."""
        return tuple(one for page in self._of(GlossaryPage) for one in page.terms)

    def withheld(self) -> WithheldPage:
        """Every bar of the edition, and every mark of what a less cleared audience loses."""
        return WithheldPage(withheld=withheld_rows(self._everywhere), marked=marked_rows(self._everywhere))

    def report(self) -> ReportPage[Words]:
        """All of it on one page."""
        return ReportPage(
            header=self.header,
            sections=self._of(SectionPage),
            pathways=self._of(PathwayPage),
            claims=tuple(page.claim for page in self._of(ClaimPage)),
            evidence=self._evidence(),
            assurances=tuple(one for page in self._of(AssurancesPage) for one in page.assurances),
            limitations=tuple(one for page in self._of(LimitationsPage) for one in page.limitations),
            terms=self.terms(),
        )

    def _of(self, kind: type[T]) -> tuple[T, ...]:
        return tuple(page for page in self._own.values() if isinstance(page, kind))

    def _evidence(self) -> tuple[EvidencePart[Words] | MaskedEvidence, ...]:
        return tuple(page.evidence for page in self._of(EvidencePage))

    def _weights(self) -> dict[str, WeightRow[Words]]:
        """Every open claim with what lacks a step without it."""
        found = pathways_on(self._own.values())
        claims = [page.claim for page in self._of(ClaimPage) if not isinstance(page.claim, MaskedPart)]
        return {
            claim.ref: WeightRow(claim=claim, pathways=derive(lambda one: found.get(one.ref, ()), claim))
            for claim in claims
        }


def groups_of(claims: Iterable[ClaimPart[Words]]) -> tuple[GroupRow[Words], ...]:
    """The groups that these claims are shown to be in, in the order in which they come up."""
    tags: dict[str, TagPart[Words]] = {}
    members: dict[str, list[ClaimPart[Words]]] = {}
    for claim in claims:
        for tag in claim.tags if isinstance(claim.tags, tuple) else ():
            tags.setdefault(tag.ref, tag)
            members.setdefault(tag.ref, []).append(claim)
    return tuple(
        GroupRow(tag=tag, claims=derive(lambda found: tuple(one.ref for one in found), tuple(members[ref])))
        for ref, tag in tags.items()
    )


def finished(
    page: OwnPage[Words], header: HeaderPart[Words], rail: Rail[Words], history: tuple[RatingRow, ...]
) -> OwnPage[Words]:
    """An own page with what depends on the rest of its edition: its number, earlier ratings, whether evidence is stale."""
    match page:
        case SectionPage():
            return replace(page, number=derive(lambda rows: _place(rows, page.section.ref), rail.sections))
        case PathwayPage():
            number = derive(lambda rows: _place(rows, page.pathway.ref), rail.pathways)
            return replace(page, number=number, history=history)
        case EvidencePage():
            return replace(page, stale=derive(_is_stale, page.evidence, header))
    return page


def rail_of(own: Mapping[str, OwnPage[Words]]) -> Rail[Words]:
    """The table of contents of these pages."""
    sections = (page.section for page in own.values() if isinstance(page, SectionPage))
    pathways = (page.pathway for page in own.values() if isinstance(page, PathwayPage))
    return Rail(
        sections=tuple(
            masked_row(one)
            if isinstance(one, MaskedPart)
            else RailRow(ref=one.ref, title=one.title, mask=None, rating=None, answer=None)
            for one in sections
        ),
        pathways=tuple(
            masked_row(one)
            if isinstance(one, MaskedPart)
            else RailRow(ref=one.ref, title=one.title, mask=None, rating=one.rating, answer=one.answer)
            for one in pathways
        ),
    )


def masked_row(part: MaskedPart) -> RailRow[Words]:
    """A line of the table of contents that says only that something is there."""
    return RailRow(ref=PathwayRef(part.ref), title=None, mask=part.mask, rating=None, answer=None)


def _place(rows: tuple[RailRow[Words], ...], ref: str) -> int:
    return [row.ref for row in rows].index(PathwayRef(ref)) + 1


def _is_stale(evidence: EvidencePart[Words] | MaskedEvidence, header: HeaderPart[Words]) -> bool:
    """As shown: where either date is withheld or not stated, nothing is said."""
    if isinstance(evidence, MaskedEvidence) or not isinstance(header.evidence_cutoff, Shown):
        return False
    until, cutoff = evidence.valid_until, header.evidence_cutoff.value
    return isinstance(until, Shown) and until.value is not None and cutoff is not None and until.value < cutoff
