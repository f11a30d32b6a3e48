"""Evidence, bearings and assurances of one case, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.redaction.facts import Owner
from cases.snapshot import owner_of
from evidence.models import Assurance, Bearing, Evidence
from prose.marked import MarkedText
from prose.snapshot import Texts


@dataclass(frozen=True, slots=True)
class EvidenceSnapshot:
    """A piece of evidence."""

    ref: str
    title: MarkedText
    description: MarkedText
    conditions: MarkedText
    place: MarkedText
    not_relied: MarkedText
    owner: Owner | None
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


@dataclass(frozen=True, slots=True)
class AssuranceSnapshot:
    """What a named person stands for."""

    ref: str
    statement: MarkedText
    owner: Owner | None
    given_on: date
    valid_until: date | None
    claim: str | None


EVIDENCE_WORDS = ("title_id", "description_id", "conditions_id", "place_id", "not_relied_id")
EVIDENCE_ATTRIBUTES = ("type", "as_of", "valid_until", "relied_on")


def evidence_of(case_id: UUID, texts: Texts) -> tuple[EvidenceSnapshot, ...]:
    """In reading order."""
    rows = Evidence.objects.filter(case_id=case_id, retired=False).order_by("order")
    columns = ("ref", "owner__name", "owner__named_outside", *EVIDENCE_WORDS, *EVIDENCE_ATTRIBUTES)
    return tuple(
        EvidenceSnapshot(
            ref,
            texts[title],
            texts[found],
            texts[how],
            texts[place],
            texts[why_not],
            owner_of(owner, named_outside=named),
            *attributes,
        )
        for ref, owner, named, title, found, how, place, why_not, *attributes in rows.values_list(*columns)
    )


def assurances_of(case_id: UUID, texts: Texts) -> tuple[AssuranceSnapshot, ...]:
    """In reading order."""
    rows = Assurance.objects.filter(case_id=case_id, retired=False).order_by("order")
    columns = ("ref", "statement_id", "owner__name", "owner__named_outside", "given_on", "valid_until")
    return tuple(
        AssuranceSnapshot(
            ref, texts[statement], owner_of(owner, named_outside=named), given, until, None if retired else claim
        )
        for ref, statement, owner, named, given, until, claim, retired in rows.values_list(
            *columns, "claim__ref", "claim__retired"
        )
    )


def bearings_of(case_id: UUID, texts: Texts) -> tuple[BearingSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "evidence__ref", "claim__ref", "direction", "strength", "place_id")
    stand = Bearing.objects.filter(case_id=case_id, retired=False, evidence__retired=False, claim__retired=False)
    rows = stand.order_by("order").values_list(*columns)
    return tuple(
        BearingSnapshot(ref, evidence, claim, direction, strength, texts[place])
        for ref, evidence, claim, direction, strength, place in rows
    )
