"""Sections, pathways, claims, supports, tags and limitations of one case, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cases.redaction.facts import Owner
from cases.snapshot import owner_of
from pathways.models import Claim, ClaimTag, Limitation, Pathway, Section, Support, Tag, Term
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
    reason: MarkedText
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
    assumptions: MarkedText
    kind: str
    state: str
    grade: str | None
    owner: Owner | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupportSnapshot:
    """A link: `resting` (a pathway or claim) rests on `claim`."""

    ref: str
    resting: str
    claim: str
    role: str
    reason: MarkedText


@dataclass(frozen=True, slots=True)
class TagSnapshot:
    """A loose group of claims."""

    ref: str
    name: MarkedText


@dataclass(frozen=True, slots=True)
class LimitationSnapshot:
    """Where the argument is most likely wrong."""

    ref: str
    title: MarkedText
    body: MarkedText


@dataclass(frozen=True, slots=True)
class TermSnapshot:
    """A word that the report uses in a sense of its own."""

    ref: str
    name: MarkedText
    definition: MarkedText
    tentative: bool


def sections_of(case_id: UUID, texts: Texts) -> tuple[SectionSnapshot, ...]:
    """In reading order."""
    rows = (
        Section.objects.filter(case_id=case_id, retired=False)
        .order_by("order")
        .values_list("ref", "title_id", "body_id")
    )
    return tuple(SectionSnapshot(ref, texts[title], texts[body]) for ref, title, body in rows)


PATHWAY_WORDS = ("title_id", "answer_id", "action_id", "argument_id", "reason_id")
PATHWAY_ATTRIBUTES = ("context", "frequency", "complexity", "reversibility", "rating", "confidence")


def pathways_of(case_id: UUID, texts: Texts) -> tuple[PathwaySnapshot, ...]:
    """In reading order."""
    rows = Pathway.objects.filter(case_id=case_id, retired=False).order_by("order")
    columns = rows.values_list("ref", *PATHWAY_WORDS, *PATHWAY_ATTRIBUTES)
    return tuple(
        PathwaySnapshot(ref, texts[title], texts[answer], texts[action], texts[argument], texts[reason], *attributes)
        for ref, title, answer, action, argument, reason, *attributes in columns
    )


CLAIM_COLUMNS = ("ref", "statement_id", "basis_id", "assumptions_id", "owner__name", "owner__named_outside")


def claims_of(case_id: UUID, texts: Texts) -> tuple[ClaimSnapshot, ...]:
    """In reading order."""
    tags = _tags_by_claim(case_id)
    rows = Claim.objects.filter(case_id=case_id, retired=False).order_by("order")
    return tuple(
        ClaimSnapshot(
            ref=ref,
            statement=texts[statement],
            basis=texts[basis],
            assumptions=texts[assumptions],
            kind=kind,
            state=state,
            grade=grade,
            owner=owner_of(owner, named_outside=named),
            tags=tuple(tags.get(ref, ())),
        )
        for ref, statement, basis, assumptions, owner, named, kind, state, grade in rows.values_list(
            *CLAIM_COLUMNS, "kind", "state", "grade"
        )
    )


def _tags_by_claim(case_id: UUID) -> dict[str, list[str]]:
    """Claim → its tags, in the order of the tags."""
    rows = ClaimTag.objects.filter(claim__case_id=case_id, tag__retired=False).order_by("tag__order")
    found: dict[str, list[str]] = {}
    for claim, tag in rows.values_list("claim__ref", "tag__ref"):
        found.setdefault(claim, []).append(tag)
    return found


def tags_of(case_id: UUID, texts: Texts) -> tuple[TagSnapshot, ...]:
    """In the order in which they are listed."""
    rows = Tag.objects.filter(case_id=case_id, retired=False).order_by("order").values_list("ref", "name_id")
    return tuple(TagSnapshot(ref, texts[name]) for ref, name in rows)


def limitations_of(case_id: UUID, texts: Texts) -> tuple[LimitationSnapshot, ...]:
    """In reading order."""
    rows = (
        Limitation.objects.filter(case_id=case_id, retired=False)
        .order_by("order")
        .values_list("ref", "title_id", "body_id")
    )
    return tuple(LimitationSnapshot(ref, texts[title], texts[body]) for ref, title, body in rows)


def terms_of(case_id: UUID, texts: Texts) -> tuple[TermSnapshot, ...]:
    """In the order in which they are listed."""
    rows = Term.objects.filter(case_id=case_id, retired=False).order_by("order")
    columns = rows.values_list("ref", "name_id", "definition_id", "tentative")
    return tuple(TermSnapshot(ref, texts[name], texts[says], tentative) for ref, name, says, tentative in columns)


def supports_of(case_id: UUID, texts: Texts) -> tuple[SupportSnapshot, ...]:
    """In reading order."""
    columns = ("ref", "pathway__ref", "resting__ref", "claim__ref", "role", "reason_id")
    stand = Support.objects.filter(case_id=case_id, retired=False, claim__retired=False)
    rows = stand.exclude(pathway__retired=True).exclude(resting__retired=True).order_by("order").values_list(*columns)
    return tuple(
        SupportSnapshot(ref, pathway or resting or "", claim, role, texts[reason])
        for ref, pathway, resting, claim, role, reason in rows
    )
