"""The pages of a case. An edition is all pages through an audience's lens; a live page is one through the full lens."""

from review.projection.composer import Composer
from review.projection.derived import Edition, History
from review.projection.pages import (
    ClaimPage,
    EvidencePage,
    FrontPage,
    OwnPage,
    Page,
    PathwayPage,
    Rail,
    RailRow,
    RatingRow,
    RegisterPage,
    RestingRow,
    SectionPage,
)

__all__ = [
    "ClaimPage",
    "Composer",
    "Edition",
    "EvidencePage",
    "FrontPage",
    "History",
    "OwnPage",
    "Page",
    "PathwayPage",
    "Rail",
    "RailRow",
    "RatingRow",
    "RegisterPage",
    "RestingRow",
    "SectionPage",
]
