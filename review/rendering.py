"""Pages as HTML, for editions at release and for live pages, from the same templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from cases.redaction.facts import Ground
from prose.bars import Context, Tag
from review.states import PageKind

TEMPLATES = {
    "FrontPage": "review/pages/front.html",
    "SectionPage": "review/pages/section.html",
    "PathwayPage": "review/pages/pathway.html",
    "ClaimPage": "review/pages/claim.html",
    "EvidencePage": "review/pages/evidence.html",
    "RegisterPage": "review/pages/register.html",
}
PAGE_OF_LETTER = {"S": PageKind.SECTION, "P": PageKind.PATHWAY, "C": PageKind.CLAIM, "E": PageKind.EVIDENCE}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a page stands: how to get from it to the front page, and what live marks say (nothing in an edition)."""

    base: str
    legend: Mapping[str, Tag] = field(default_factory=dict)

    def context(self) -> Context:
        """What the prose renderer needs to know."""
        return Context(cite=self.address, describe=self.legend.get, ground_name=ground_name, picture=self.picture)

    def address(self, ref: str) -> str:
        """The page of a reference, as seen from here."""
        return f"{self.base}{page_of(ref)}/"

    def picture(self, key: str) -> str:
        """The address of a picture, as seen from here."""
        return f"{self.base}pictures/{key}"


def page_of(ref: str) -> str:
    """The page on which an object stands: its own, or the register."""
    kind = PAGE_OF_LETTER.get(ref[:1])
    return f"{kind}/{ref}" if kind else str(PageKind.REGISTER)


def ground_name(ground: str) -> str:
    """A ground as words; what is not a ground has no words."""
    return Ground(ground).label if ground in set(Ground) else "withheld"


def base_of(page: str) -> str:
    """The way from a page to the front page."""
    return "../" * (page.count("/") + 1) if page != PageKind.FRONT else "./"


def render_page(page: object, surroundings: Surroundings) -> SafeString:
    """The page as HTML."""
    template = get_template(TEMPLATES[type(page).__name__])
    rendered = template.render({"page": page, "at": surroundings, "prose": surroundings.context()})
    return mark_safe(rendered)  # noqa: S308  # the templates escape
