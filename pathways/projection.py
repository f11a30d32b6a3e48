"""Sections, pathways, claims and supports as a page may hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Generic

from cases.projection import Lens, Words, projection
from cases.redaction import Presence, Shown, Withheld
from cases.redaction.facts import OwnerName
from cases.refs import CaseRef, ClaimRef, LimitationRef, PathwayRef, SectionRef, TagRef, TermRef
from cases.snapshot import HeaderSnapshot
from pathways.snapshot import (
    ClaimSnapshot,
    LimitationSnapshot,
    PathwaySnapshot,
    SectionSnapshot,
    SupportSnapshot,
    TagSnapshot,
    TermSnapshot,
)
from pathways.values import (
    CaseKind,
    ClaimKind,
    ClaimState,
    DeploymentContext,
    Frequency,
    Grade,
    Level,
    Rating,
    Reversibility,
    SupportRole,
)


@projection
class HeaderPart(Generic[Words]):
    """What the case is about."""

    reference: CaseRef
    title: Words
    subject: Words
    banner: Words
    predecessor: Words
    conclusion: Words
    scope: Words
    scope_out: Words
    summary: Words
    kind: Shown[CaseKind] | Withheld
    rehearsal: Shown[bool] | Withheld
    contexts: Shown[tuple[DeploymentContext, ...]] | Withheld
    rating: Shown[Rating | None] | Withheld
    confidence: Shown[Level | None] | Withheld
    evidence_cutoff: Shown[date | None] | Withheld
    coverage_date: Shown[date | None] | Withheld
    publication_date: Shown[date | None] | Withheld


@projection
class MaskedPart:
    """A masked object: its reference, and what is said in its place."""

    ref: SectionRef | PathwayRef | ClaimRef | LimitationRef | TermRef
    mask: Withheld


@projection
class SectionPart(Generic[Words]):
    """A section."""

    ref: SectionRef
    open: Shown[bool]
    title: Words
    body: Words


@projection
class TagPart(Generic[Words]):
    """A loose group of claims."""

    ref: TagRef
    name: Words


@projection
class ClaimPart(Generic[Words]):
    """A claim."""

    ref: ClaimRef
    open: Shown[bool]
    statement: Words
    basis: Words
    assumptions: Words
    owner: Shown[OwnerName | None] | Withheld | None
    tags: tuple[TagPart[Words], ...] | Withheld
    kind: Shown[ClaimKind] | Withheld
    state: Shown[ClaimState] | Withheld
    grade: Shown[Grade | None] | Withheld


@projection
class SupportPart(Generic[Words]):
    """What something rests on: a claim, with its role and why the step holds."""

    open: Shown[bool]
    role: Shown[SupportRole] | Withheld
    reason: Words
    claim: ClaimPart[Words]


@projection
class MaskedLink:
    """A masked link under its shown parent; the other end is not named."""

    mask: Withheld


@projection
class PathwayPart(Generic[Words]):
    """A pathway."""

    ref: PathwayRef
    open: Shown[bool]
    title: Words
    answer: Words
    action: Words
    argument: Words
    reason: Words
    context: Shown[DeploymentContext | None] | Withheld
    frequency: Shown[Frequency | None] | Withheld
    complexity: Shown[Level | None] | Withheld
    reversibility: Shown[Reversibility | None] | Withheld
    rating: Shown[Rating | None] | Withheld
    confidence: Shown[Level | None] | Withheld


@projection
class LimitationPart(Generic[Words]):
    """Where the argument is most likely wrong."""

    ref: LimitationRef
    open: Shown[bool]
    title: Words
    body: Words


@projection
class TermPart(Generic[Words]):
    """A term with what it means here. `tentative`: its authors may still change it."""

    ref: TermRef
    open: Shown[bool]
    name: Words
    definition: Words
    tentative: Shown[bool] | Withheld


Tags = Mapping[str, TagSnapshot]
ASKED: Final = "asked"  # stands for a value that can't be one: the rule is asked whether it may be shown
SupportRow = SupportPart[Words] | MaskedPart | MaskedLink


def project_header(header: HeaderSnapshot, lens: Lens[Words]) -> HeaderPart[Words]:
    """The header; its attributes are hidden by the case's own reference."""
    ref = header.reference
    return HeaderPart(
        reference=CaseRef(ref),
        title=lens.words(header.title),
        subject=lens.words(header.subject),
        banner=lens.words(header.banner),
        predecessor=lens.words(header.predecessor),
        conclusion=lens.words(header.conclusion),
        scope=lens.words(header.scope),
        scope_out=lens.words(header.scope_out),
        summary=lens.words(header.summary),
        kind=lens.attribute(ref, "kind", CaseKind(header.kind)),
        rehearsal=lens.attribute(ref, "rehearsal", header.rehearsal),
        contexts=lens.attribute(ref, "contexts", tuple(map(DeploymentContext, header.contexts))),
        rating=lens.attribute(ref, "rating", Rating(header.rating) if header.rating else None),
        confidence=lens.attribute(ref, "confidence", Level(header.confidence) if header.confidence else None),
        evidence_cutoff=lens.attribute(ref, "evidence_cutoff", header.evidence_cutoff),
        coverage_date=lens.attribute(ref, "coverage_date", header.coverage_date),
        publication_date=lens.attribute(ref, "publication_date", header.publication_date),
    )


def project_section(section: SectionSnapshot, lens: Lens[Words]) -> SectionPart[Words] | MaskedPart:
    """A section, or its mask."""
    if lens.presence(section.ref) is not Presence.OPEN:
        return MaskedPart(ref=SectionRef(section.ref), mask=lens.mask(section.ref))
    ref = SectionRef(section.ref)
    return SectionPart(ref=ref, open=lens.standing(ref), title=lens.words(section.title), body=lens.words(section.body))


def project_pathway(pathway: PathwaySnapshot, lens: Lens[Words]) -> PathwayPart[Words] | MaskedPart:
    """A pathway, or its mask."""
    ref = pathway.ref
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedPart(ref=PathwayRef(ref), mask=lens.mask(ref))
    return PathwayPart(
        ref=PathwayRef(ref),
        open=lens.standing(ref),
        title=lens.words(pathway.title),
        answer=lens.words(pathway.answer),
        action=lens.words(pathway.action),
        argument=lens.words(pathway.argument),
        reason=lens.words(pathway.reason),
        context=lens.attribute(ref, "context", DeploymentContext(pathway.context) if pathway.context else None),
        frequency=lens.attribute(ref, "frequency", Frequency(pathway.frequency) if pathway.frequency else None),
        complexity=lens.attribute(ref, "complexity", Level(pathway.complexity) if pathway.complexity else None),
        reversibility=lens.attribute(
            ref, "reversibility", Reversibility(pathway.reversibility) if pathway.reversibility else None
        ),
        rating=lens.attribute(ref, "rating", Rating(pathway.rating) if pathway.rating else None),
        confidence=lens.attribute(ref, "confidence", Level(pathway.confidence) if pathway.confidence else None),
    )


def project_limitation(limitation: LimitationSnapshot, lens: Lens[Words]) -> LimitationPart[Words] | MaskedPart:
    """A limitation, or its mask."""
    ref = LimitationRef(limitation.ref)
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedPart(ref=ref, mask=lens.mask(ref))
    return LimitationPart(
        ref=ref, open=lens.standing(ref), title=lens.words(limitation.title), body=lens.words(limitation.body)
    )


def project_term(term: TermSnapshot, lens: Lens[Words]) -> TermPart[Words] | MaskedPart:
    """A term, or its mask."""
    ref = TermRef(term.ref)
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedPart(ref=ref, mask=lens.mask(ref))
    return TermPart(
        ref=ref,
        open=lens.standing(ref),
        name=lens.words(term.name),
        definition=lens.words(term.definition),
        tentative=lens.attribute(ref, "tentative", term.tentative),
    )


def project_claim(claim: ClaimSnapshot, tags: Tags, lens: Lens[Words]) -> ClaimPart[Words] | MaskedPart:
    """A claim, or its mask."""
    ref = claim.ref
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedPart(ref=ClaimRef(ref), mask=lens.mask(ref))
    return ClaimPart(
        ref=ClaimRef(ref),
        open=lens.standing(ref),
        statement=lens.words(claim.statement),
        basis=lens.words(claim.basis),
        assumptions=lens.words(claim.assumptions),
        owner=lens.owner(ref, claim.owner),
        tags=_tags(claim, tags, lens),
        kind=lens.attribute(ref, "kind", ClaimKind(claim.kind)),
        state=lens.attribute(ref, "state", ClaimState(claim.state)),
        grade=lens.attribute(ref, "grade", Grade(claim.grade) if claim.grade else None),
    )


def _tags(claim: ClaimSnapshot, tags: Tags, lens: Lens[Words]) -> tuple[TagPart[Words], ...] | Withheld:
    """The groups of a claim, unless the rule withholds them; the value that it is asked about never leaves."""
    asked = lens.attribute(claim.ref, "tags", ASKED)
    if isinstance(asked, Withheld):
        return asked
    return tuple(TagPart(ref=TagRef(ref), name=lens.words(tags[ref].name)) for ref in claim.tags)


def project_supports(
    supports: Iterable[SupportSnapshot], claims: Mapping[str, ClaimSnapshot], tags: Tags, lens: Lens[Words]
) -> tuple[SupportRow[Words], ...]:
    """What one shown thing rests on: the shown links, and a placeholder for every masked link or claim."""
    rows: list[SupportRow[Words]] = []
    for support in supports:
        link = lens.presence(support.ref)
        if Presence.OMITTED in (link, lens.presence(support.claim)):
            continue
        if link is Presence.MASKED:
            rows.append(MaskedLink(mask=lens.mask(support.ref)))
            continue
        claim = project_claim(claims[support.claim], tags, lens)
        rows.append(claim if isinstance(claim, MaskedPart) else _support(support, claim, lens))
    return tuple(rows)


def _support(support: SupportSnapshot, claim: ClaimPart[Words], lens: Lens[Words]) -> SupportPart[Words]:
    role = lens.attribute(support.ref, "role", SupportRole(support.role))
    return SupportPart(open=lens.standing(support.ref), role=role, reason=lens.words(support.reason), claim=claim)
