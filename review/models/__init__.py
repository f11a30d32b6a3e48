"""Rows of this room."""

from review.models.editions import Edition, EditionFile, EditionPart
from review.models.imports import ImportDraft
from review.models.inside import InsideComment, InsideThread, InsideThreadEvent
from review.models.publications import Correction, Publication, PublicationRead
from review.models.releases import (
    CheckDecision,
    PreparedEdition,
    PreparedFile,
    PreparedMap,
    PreparedPart,
    Release,
)
from review.models.threads import OutsideComment, OutsideThread, Reply, ReplyAuthor

__all__ = [
    "CheckDecision",
    "Correction",
    "Edition",
    "EditionFile",
    "EditionPart",
    "ImportDraft",
    "InsideComment",
    "InsideThread",
    "InsideThreadEvent",
    "OutsideComment",
    "OutsideThread",
    "PreparedEdition",
    "PreparedFile",
    "PreparedMap",
    "PreparedPart",
    "Publication",
    "PublicationRead",
    "Release",
    "Reply",
    "ReplyAuthor",
]
