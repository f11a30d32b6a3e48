"""Pages as HTML, for editions at release and for live pages, from the same templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from cases.redaction.facts import Ground
from prose.bars import Context, Tag
from prose.terms import Glossary
from review.references import references_in
from review.states import PageKind

TEMPLATES = {
    "FrontPage": "review/pages/front.html",
    "SectionPage": "review/pages/section.html",
    "PathwayPage": "review/pages/pathway.html",
    "ClaimPage": "review/pages/claim.html",
    "EvidencePage": "review/pages/evidence.html",
    "AssurancesPage": "review/pages/assurances.html",
    "LimitationsPage": "review/pages/limitations.html",
    "GlossaryPage": "review/pages/glossary.html",
    "RegisterPage": "review/pages/register.html",
    "WithheldPage": "review/pages/withheld.html",
    "ReportPage": "review/pages/report.html",
}
PAGE_OF_LETTER = {"S": PageKind.SECTION, "P": PageKind.PATHWAY, "C": PageKind.CLAIM, "E": PageKind.EVIDENCE}
LIST_OF_LETTER = {"A": PageKind.ASSURANCES, "N": PageKind.LIMITATIONS, "T": PageKind.GLOSSARY, "R": PageKind.WITHHELD}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a page stands: how to get from it to the front page, what is shown elsewhere, and what live marks say (nothing in an edition).

    `known`: the references that lead somewhere when they are typed as plain words. `here`: those that have an anchor on this very page.
    `terms`: words that lead to the glossary, where any are defined here. `writing`: who reads it may write in it.
    `doubts`: how many that nobody has answered are about an object or its words; of live pages only.
    """

    base: str
    legend: Mapping[str, Tag] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    terms: Glossary | None = None
    writing: bool = False
    doubts: Mapping[str, int] = field(default_factory=dict)

    def context(self) -> Context:
        """What the prose renderer needs to know."""
        return Context(
            cite=self.address,
            describe=self.legend.get,
            ground_name=ground_name,
            picture=self.picture,
            known=self.known.__contains__,
            terms=self.terms,
        )

    def address(self, ref: str) -> str:
        """Where a reference leads, as seen from here."""
        if ref in self.here:
            return f"#{ref}"
        if ref in self.legend:
            return self.legend[ref].address
        if ref.startswith("K-"):
            return self.base
        page = page_of(ref)
        return f"{self.base}{page}/" if "/" in page or page == PageKind.REGISTER else f"{self.base}{page}/#{ref}"

    def page(self, name: str) -> str:
        """The address of a page by its name below the front. What is withheld is told live where it is decided."""
        if name == PageKind.WITHHELD and self.legend:
            return f"{self.base}redactions/"
        return self.base if name == PageKind.FRONT else f"{self.base}{name}/"

    def picture(self, key: str) -> str:
        """The address of a picture, as seen from here."""
        return f"{self.base}pictures/{key}"


def page_of(ref: str) -> str:
    """The page on which an object stands: its own, a list, or the register."""
    kind = PAGE_OF_LETTER.get(ref[:1])
    return f"{kind}/{ref}" if kind else str(LIST_OF_LETTER.get(ref[:1], PageKind.REGISTER))


def ground_name(ground: str) -> str:
    """A ground as words; what is not a ground has no words."""
    return Ground(ground).label if ground in set(Ground) else "withheld"


def base_of(page: str) -> str:
    """The way from a page to the front page."""
    return "../" * (page.count("/") + 1) if page != PageKind.FRONT else "./"


def render_page(page: object, surroundings: Surroundings) -> SafeString:
    """The page as HTML."""
    kind = type(page).__name__
    if kind == "ReportPage":
        surroundings = replace(surroundings, here=references_in({str(PageKind.REPORT): page}))
    rendered = get_template(TEMPLATES[kind]).render({"page": page, "at": surroundings, "prose": surroundings.context()})
    return mark_safe(rendered)  # noqa: S308  # the templates escape
