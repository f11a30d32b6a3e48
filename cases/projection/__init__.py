"""What a page of a case may hold, the two lenses through which a snapshot becomes one, and how it is stored."""

from cases.projection.classes import (
    PROJECTIONS,
    Derived,
    NotAProjection,
    Words,
    check_projections,
    derive,
    projection,
)
from cases.projection.lenses import AudienceLens, FullLens, Lens, ShownOwner
from cases.projection.stored import from_json, to_json

__all__ = [
    "PROJECTIONS",
    "AudienceLens",
    "Derived",
    "FullLens",
    "Lens",
    "NotAProjection",
    "ShownOwner",
    "Words",
    "check_projections",
    "derive",
    "from_json",
    "projection",
    "to_json",
]
