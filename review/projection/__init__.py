"""The pages of a case. An edition is all pages through an audience's lens; a live page is one through the full lens."""

from review.projection.composer import Composer
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

__all__ = [
    "ClaimPage",
    "Composer",
    "EvidencePage",
    "FrontPage",
    "Page",
    "PathwayPage",
    "Rail",
    "RailRow",
    "RegisterPage",
    "RestingRow",
    "SectionPage",
]
