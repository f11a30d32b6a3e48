"""Evidence and bearings of one case, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evidence.models import Bearing, Evidence
from prose.marked import MarkedText
from prose.snapshot import Texts


@dataclass(frozen=True, slots=True)
class EvidenceSnapshot:
    """A piece of evidence."""

    ref: str
    title: MarkedText
    description: MarkedText
    place: MarkedText
    type: str
    as_of: date | None
    valid_until: date | None
    relied_on: bool


@dataclass(frozen=True, slots=True)
class BearingSnapshot:
    """What a piece of evidence says about a claim."""

    ref: str
    evidence: str
    claim: str
    direction: str
    strength: str
    place: MarkedText


def evidence_of(case_id: UUID, texts: Texts) -> tuple[EvidenceSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "title_id", "description_id", "place_id", "type", "as_of", "valid_until", "relied_on")
    rows = Evidence.objects.filter(case_id=case_id).order_by("order").values_list(*columns)
    return tuple(
        EvidenceSnapshot(ref, texts[title], texts[description], texts[place], kind, as_of, until, relied_on)
        for ref, title, description, place, kind, as_of, until, relied_on in rows
    )


def bearings_of(case_id: UUID, texts: Texts) -> tuple[BearingSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "evidence__ref", "claim__ref", "direction", "strength", "place_id")
    rows = Bearing.objects.filter(case_id=case_id).order_by("order").values_list(*columns)
    return tuple(
        BearingSnapshot(ref, evidence, claim, direction, strength, texts[place])
        for ref, evidence, claim, direction, strength, place in rows
    )
