"""What audiences would read of the live case, side by side; and finding in it. For the fully cleared only, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.projection import AudienceLens, FullLens
from cases.redaction.facts import Audience
from cases.roles import Action
from prose.content import plain_text
from prose.shown import FullClearance
from review.finding import Found, findable, search
from review.loaders.live import legend_of
from review.projection import Composer
from review.projection.cells import Cell, cells, cells_of
from review.rendering import Surroundings
from review.side_by_side import Row, rows
from review.snapshot import CaseSnapshot, read_case
from review.states import DERIVED_PAGES, PageKind


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """What stands around such a page."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    audiences: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """One page as two readers see it."""

    page: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pages side by side; `at` is from where their references lead."""

    frame: CaseFrame
    left: str
    right: str
    pages: tuple[ComparedPage, ...]
    at: Surroundings


@dataclass(frozen=True, slots=True)
class LiveFind:
    """What was found in the live case."""

    frame: CaseFrame
    found: Found


class Desk:
    """The live case for one cleared reader, and the pages of it that anybody would read."""

    def __init__(self, actor: Actor, case_id: UUID) -> None:
        clearance, self._actions = full_clearance(actor, case_id)
        self.snapshot: CaseSnapshot = read_case(case_id)
        self.full = Composer(self.snapshot, self._full_lens(clearance))
        self.titles = dict(self._titles())

    def _full_lens(self, clearance: FullClearance) -> FullLens:
        return FullLens(self.snapshot.register, clearance, self.snapshot.audiences)

    def audience(self, key: str) -> Audience:
        """Raises Http404."""
        try:
            return self.snapshot.audience(key)
        except KeyError as absent:
            raise Http404 from absent

    def of(self, audience: Audience) -> Composer:  # type: ignore[type-arg]  # of shown words
        """The pages of an audience."""
        return Composer(self.snapshot, AudienceLens(self.snapshot.register, audience))

    def frame(self) -> CaseFrame:
        """What stands around."""
        title = plain_text(self.full.header.title.document)
        return CaseFrame(self.snapshot.case_id, title, self._actions, self.snapshot.audiences)

    def _titles(self) -> Iterator[tuple[str, str]]:
        """Every page that can be compared, by its address below the case, with its title."""
        yield str(PageKind.FRONT), "Summary"
        for row in chain(self.full.rail.sections, self.full.rail.pathways):
            kind = PageKind.SECTION if row.ref.startswith("S-") else PageKind.PATHWAY
            yield f"{kind}/{row.ref}", plain_text(row.title.document) if row.title else row.ref
        yield from ((f"{PageKind.CLAIM}/{claim.ref}", claim.ref) for claim in self.snapshot.claims)
        yield from ((f"{PageKind.EVIDENCE}/{item.ref}", item.ref) for item in self.snapshot.evidence)
        yield str(PageKind.ASSURANCES), "Assurances"
        yield str(PageKind.LIMITATIONS), "Limitations"
        yield str(PageKind.GLOSSARY), "Glossary"


def cells_on(composer: Composer, page: str) -> list[Cell]:  # type: ignore[type-arg]  # of whichever words
    """What somebody sees on one page; nothing where it is left out."""
    if page == PageKind.FRONT:
        return cells_of(composer.header)
    kind, _, ref = page.partition("/")
    try:
        return cells(composer.own(PageKind(kind), ref))
    except KeyError:
        return []


def differences(actor: Actor, case_id: UUID, audience_key: str, base: str, page: str = "") -> Comparison:
    """All that an audience reads otherwise than the live text, on one page or everywhere. Raises Http404."""
    desk = Desk(actor, case_id)
    audience = desk.audience(audience_key)
    if page and page not in desk.titles and page not in DERIVED_PAGES:
        raise Http404
    shown = desk.of(audience)
    names = [page] if page in desk.titles else list(desk.titles)
    found = (
        ComparedPage(name, desk.titles[name], tuple(_differing(cells_on(desk.full, name), cells_on(shown, name), page)))
        for name in names
    )
    at = Surroundings(base, legend_of(desk.snapshot, base))
    return Comparison(desk.frame(), "Full", audience.name, tuple(one for one in found if one.rows), at)


def _differing(left: list[Cell], right: list[Cell], page: str) -> Iterator[Row]:
    """Rows that differ. Over the whole case, words that only name an object stand with that object alone."""
    if not page:
        left = [cell for cell in left if cell.at_home]
        right = [cell for cell in right if cell.at_home]
    return (row for row in rows(left, right) if row.differs)


def compare(
    actor: Actor, case_id: UUID, keys: tuple[str, str], page: str, base: str
) -> tuple[Comparison, dict[str, str]]:
    """One page as two audiences would read it, and all pages to choose from. Raises Http404.

    An audience that is not named is the least cleared one, or the next; a page that repeats what stands on others is the first page.
    """
    desk = Desk(actor, case_id)
    one, other = (desk.audience(key) for key in _pair(desk, keys))
    page = str(PageKind.FRONT) if not page or page in DERIVED_PAGES else page
    if page not in desk.titles:
        raise Http404
    found = rows(cells_on(desk.of(one), page), cells_on(desk.of(other), page))
    compared = ComparedPage(page, desk.titles[page], tuple(found))
    return Comparison(desk.frame(), one.name, other.name, (compared,), Surroundings(base)), desk.titles


def _pair(desk: Desk, keys: tuple[str, str]) -> tuple[str, str]:
    least_cleared_first = [audience.key for audience in reversed(desk.snapshot.audiences)]
    one = keys[0] or next((key for key in least_cleared_first if key != keys[1]), keys[1])
    return one, keys[1] or next((key for key in least_cleared_first if key != one), one)


def find_live(actor: Actor, case_id: UUID, query: str) -> LiveFind:
    """Every passage of the live case that has these words. Raises Http404."""
    desk = Desk(actor, case_id)
    pages = {str(PageKind.FRONT): desk.full.page(PageKind.FRONT, ""), **dict(desk.full.own_pages())}
    return LiveFind(desk.frame(), search(findable(pages), query))
