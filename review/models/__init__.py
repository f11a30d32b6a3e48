"""Rows of this room."""

from review.models.editions import Edition, EditionPart
from review.models.releases import CheckDecision, PreparedEdition, PreparedMap, PreparedPart, Release
from review.models.threads import OutsideComment, OutsideThread, Reply, ReplyAuthor

__all__ = [
    "CheckDecision",
    "Edition",
    "EditionPart",
    "OutsideComment",
    "OutsideThread",
    "PreparedEdition",
    "PreparedMap",
    "PreparedPart",
    "Release",
    "Reply",
    "ReplyAuthor",
]
