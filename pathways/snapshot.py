"""Sections, pathways, claims and supports of one case, frozen. Values that the closed lists do not know raise ValueError."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pathways.models import Claim, Pathway, Section, Support
from prose.marked import MarkedText
from prose.snapshot import Texts


@dataclass(frozen=True, slots=True)
class SectionSnapshot:
    """A section."""

    ref: str
    title: MarkedText
    body: MarkedText


@dataclass(frozen=True, slots=True)
class PathwaySnapshot:
    """A pathway."""

    ref: str
    title: MarkedText
    answer: MarkedText
    action: MarkedText
    argument: MarkedText
    context: str | None
    frequency: str | None
    complexity: str | None
    reversibility: str | None
    rating: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class ClaimSnapshot:
    """A claim."""

    ref: str
    statement: MarkedText
    basis: MarkedText
    kind: str
    state: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class SupportSnapshot:
    """A link: `resting` (a pathway or claim) rests on `claim`."""

    ref: str
    resting: str
    claim: str
    role: str
    reason: MarkedText


def sections_of(case_id: UUID, texts: Texts) -> tuple[SectionSnapshot, ...]:
    """In reading order."""
    rows = Section.objects.filter(case_id=case_id).order_by("order").values_list("ref", "title_id", "body_id")
    return tuple(SectionSnapshot(ref, texts[title], texts[body]) for ref, title, body in rows)


PATHWAY_WORDS = ("title_id", "answer_id", "action_id", "argument_id")
PATHWAY_ATTRIBUTES = ("context", "frequency", "complexity", "reversibility", "rating", "confidence")


def pathways_of(case_id: UUID, texts: Texts) -> tuple[PathwaySnapshot, ...]:
    """In reading order."""
    rows = Pathway.objects.filter(case_id=case_id).order_by("order")
    columns = rows.values_list("ref", *PATHWAY_WORDS, *PATHWAY_ATTRIBUTES)
    return tuple(
        PathwaySnapshot(ref, texts[title], texts[answer], texts[action], texts[argument], *attributes)
        for ref, title, answer, action, argument, *attributes in columns
    )


def claims_of(case_id: UUID, texts: Texts) -> tuple[ClaimSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "statement_id", "basis_id", "kind", "state", "grade")
    rows = Claim.objects.filter(case_id=case_id).order_by("order").values_list(*columns)
    return tuple(ClaimSnapshot(ref, texts[statement], texts[basis], *rest) for ref, statement, basis, *rest in rows)


def supports_of(case_id: UUID, texts: Texts) -> tuple[SupportSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "pathway__ref", "resting__ref", "claim__ref", "role", "reason_id")
    rows = Support.objects.filter(case_id=case_id).order_by("order").values_list(*columns)
    return tuple(
        SupportSnapshot(ref, pathway or resting or "", claim, role, texts[reason])
        for ref, pathway, resting, claim, role, reason in rows
    )
