"""An amended edition: some pages made anew, the others taken over from the edition before. Pure.

What stands on several pages (a claim under its pathways, evidence under its claims, a link at both its ends) is taken from the page on
which it is at home, so that an edition never shows one text in two versions, nor from one end a link that the other end withholds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from cases.projection import derive
from evidence.projection import AssurancePart, BearingPart, BearingRow, EvidencePart, MaskedEvidence
from pathways.projection import ClaimPart, HeaderPart, MaskedPart, PathwayPart, SupportPart, SupportRow
from prose.shown import ShownText
from review.projection.pages import (
    AssurancesPage,
    ClaimPage,
    EvidencePage,
    FrontPage,
    GlossaryPage,
    OwnPage,
    Page,
    PathwayPage,
    RestingRow,
)
from review.projection.weights import load_bearing
from review.states import PageKind

Own = OwnPage[ShownText]
DERIVED = frozenset({PageKind.FRONT, PageKind.REGISTER, PageKind.WITHHELD, PageKind.REPORT})


@dataclass(frozen=True, slots=True)
class Whole:
    """What an edition is made from: its header, and its own pages in reading order."""

    header: HeaderPart[ShownText]
    own: Mapping[str, Own]


def whole_of(pages: Mapping[str, Page[ShownText]]) -> Whole:
    """The same from all pages of an edition."""
    front = pages[PageKind.FRONT]
    assert isinstance(front, FrontPage)
    own = {name: page for name, page in pages.items() if name not in DERIVED}
    own.setdefault(PageKind.GLOSSARY, GlossaryPage(terms=()))  # editions were made before there was one
    return Whole(front.header, own)  # type: ignore[arg-type]  # what is not derived is an own page


def amended(old: Whole, fresh: Whole, chosen: Collection[str]) -> Whole:
    """The chosen pages as they are now (gone, where they are gone now), all others as they were."""
    header = fresh.header if PageKind.FRONT in chosen else old.header
    own = {name: fresh.own[name] if name in chosen else old.own[name] for name in _order(old, fresh, chosen)}
    return Whole(header, _joined(own))


def absent(old: Whole, names: Collection[str], chosen: Collection[str]) -> frozenset[str]:
    """References of the objects, of all that the case has, that an amendment does not bring in."""
    return frozenset(name.partition("/")[2] for name in names if name not in old.own and name not in chosen) - {""}


def _order(old: Whole, fresh: Whole, chosen: Collection[str]) -> list[str]:
    """As read now. A page that is kept and is no more in the case comes last: the check stops it."""
    names = [name for name in fresh.own if name in chosen or name in old.own]
    return names + sorted(name for name in old.own if name not in fresh.own and name not in chosen)


def _joined(own: Mapping[str, Own]) -> dict[str, Own]:
    """Every embedded part as it is at home."""
    home = _Home(own)
    return {name: home.joined(page) for name, page in own.items()}


class _Home:
    """Objects of one edition by reference, each from its own page."""

    def __init__(self, own: Mapping[str, Own]) -> None:
        pages = own.values()
        self._claims = {page.claim.ref: page.claim for page in pages if isinstance(page, ClaimPage)}
        self._evidence = {page.evidence.ref: page.evidence for page in pages if isinstance(page, EvidencePage)}
        pathways = (page.pathway for page in pages if isinstance(page, PathwayPage))
        self._titles: dict[str, ShownText] = {one.ref: one.title for one in pathways if isinstance(one, PathwayPart)}
        self._titles |= {ref: one.statement for ref, one in self._claims.items() if isinstance(one, ClaimPart)}
        lists = (page.assurances for page in pages if isinstance(page, AssurancesPage))
        self._assurances = [self._spoken(one) for found in lists for one in found if isinstance(one, AssurancePart)]
        self._supports_at: dict[tuple[str, str], list[SupportPart[ShownText]]] = defaultdict(list)
        self._bearings_at: dict[tuple[str, str], list[BearingPart[ShownText]]] = defaultdict(list)
        for page in pages:
            self._note_links(page)

    def _note_links(self, page: Own) -> None:
        """The open links of a page on which they are at home, by both ends."""
        if isinstance(page, PathwayPage | ClaimPage):
            resting = page.pathway.ref if isinstance(page, PathwayPage) else page.claim.ref
            for row in page.rests_on:
                if isinstance(row, SupportPart):
                    self._supports_at[resting, row.claim.ref].append(row)
        if isinstance(page, ClaimPage):
            for one in page.evidence:
                if isinstance(one, BearingPart) and one.evidence is not None:
                    self._bearings_at[one.evidence.ref, page.claim.ref].append(one)

    def _spoken(self, one: AssurancePart[ShownText]) -> AssurancePart[ShownText]:
        """An assurance names its claim only where that is shown."""
        named = not isinstance(one.claim, str) or isinstance(self._claims.get(one.claim), ClaimPart)
        return one if named else replace(one, claim=None)

    def joined(self, page: Own) -> Own:
        """A page with its rows joined."""
        match page:
            case PathwayPage(pathway=PathwayPart()):
                rows = tuple(self._supports(page.rests_on))
                return replace(page, rests_on=rows, load_bearing=derive(lambda shown: len(load_bearing(shown)), rows))
            case ClaimPage(claim=ClaimPart()):
                return replace(
                    page,
                    rests_on=tuple(self._supports(page.rests_on)),
                    carries=tuple(self._carries(page.carries, page.claim.ref)),
                    evidence=tuple(self._bearings(page.evidence)),
                    assurances=tuple(one for one in self._assurances if one.claim == page.claim.ref),
                )
            case EvidencePage(evidence=EvidencePart()):
                return replace(page, bears_on=tuple(self._bears_on(page.bears_on, page.evidence.ref)))
            case AssurancesPage():
                rest = iter(self._assurances)
                return AssurancesPage(
                    assurances=tuple(next(rest) if isinstance(one, AssurancePart) else one for one in page.assurances)
                )
        return page

    def _supports(self, rows: tuple[SupportRow[ShownText], ...]) -> Iterator[SupportRow[ShownText]]:
        """A row that was masked stays so: what it would say now was not chosen."""
        for row in rows:
            if isinstance(row, SupportPart):
                claim = self._claims.get(row.claim.ref)
                if claim is not None:
                    yield replace(row, claim=claim) if isinstance(claim, ClaimPart) else claim
            elif not isinstance(row, MaskedPart) or row.ref in self._claims:
                yield row

    def _carries(self, rows: tuple[RestingRow[ShownText], ...], claim: str) -> Iterator[RestingRow[ShownText]]:
        """As their own pages say it; a link that is not shown there is not shown here."""
        links = {ref: iter(self._supports_at[ref, claim]) for ref in {row.ref for row in rows}}
        for row in rows:
            title, link = self._titles.get(row.ref), next(links[row.ref], None)
            if title is not None and link is not None:
                yield replace(row, title=title, role=link.role)

    def _bearings(self, rows: tuple[BearingRow[ShownText], ...]) -> Iterator[BearingRow[ShownText]]:
        for row in rows:
            if isinstance(row, BearingPart) and row.evidence is not None:
                evidence = self._evidence.get(row.evidence.ref)
                if evidence is not None:
                    yield replace(row, evidence=evidence) if isinstance(evidence, EvidencePart) else evidence
            elif not isinstance(row, MaskedEvidence) or row.ref in self._evidence:
                yield row

    def _bears_on(self, rows: tuple[BearingRow[ShownText], ...], evidence: str) -> Iterator[BearingRow[ShownText]]:
        """As the pages of the claims say it; what is masked there goes: its placeholder hangs under the claim."""
        shown = [row.claim.ref for row in rows if isinstance(row, BearingPart) and row.claim is not None]
        links = {ref: iter(self._bearings_at[evidence, ref]) for ref in shown}
        for ref in shown:
            claim, link = self._claims.get(ref), next(links[ref], None)
            if isinstance(claim, ClaimPart) and link is not None:
                yield replace(link, evidence=None, claim=claim)
