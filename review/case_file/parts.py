"""The report's own lists: header, sections, pathways, claims, supports, evidence, bearings."""

from __future__ import annotations

from evidence.values import Direction, EvidenceType
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
from prose.nodes import Json
from review.case_file.entries import Entry, entries
from review.case_file.shapes import (
    BearingEntry,
    ClaimEntry,
    EvidenceEntry,
    HeaderEntry,
    PathwayEntry,
    SectionEntry,
    SupportEntry,
)

HEADER_DATES = ("evidence_cutoff", "coverage_date", "publication_date")
HEADER_TEXTS = ("title", "subject", "banner", "scope", "summary")
HEADER = ("reference", "kind", "rehearsal", "rating", *HEADER_DATES, *HEADER_TEXTS)
SECTION = ("ref", "title", "body")
PATHWAY_VALUES = ("context", "frequency", "complexity", "reversibility", "rating", "confidence")
PATHWAY = ("ref", "title", "answer", "action", "argument", *PATHWAY_VALUES)
CLAIM = ("ref", "statement", "basis", "kind", "state", "grade")
SUPPORT = ("ref", "from", "to", "role", "reason")
EVIDENCE = ("ref", "title", "description", "type", "as_of", "valid_until", "relied_on", "place")
BEARING = ("ref", "evidence", "claim", "direction", "strength", "place")


def header_entry(raw: Json) -> HeaderEntry:
    """The key `case`."""
    entry = Entry(raw, "case", HEADER)
    return HeaderEntry(
        at=entry.at,
        reference=entry.ref("K", "reference"),
        kind=entry.choice("kind", CaseKind),
        rehearsal=entry.flag("rehearsal"),
        rating=entry.choice_or_null("rating", Rating),
        evidence_cutoff=entry.day_or_null("evidence_cutoff"),
        coverage_date=entry.day_or_null("coverage_date"),
        publication_date=entry.day_or_null("publication_date"),
        title=entry.line("title"),
        subject=entry.line("subject"),
        banner=entry.line("banner"),
        scope=entry.body("scope"),
        summary=entry.body("summary"),
    )


def section_entries(raw: Json) -> tuple[SectionEntry, ...]:
    """The key `sections`."""
    return tuple(
        SectionEntry(entry.at, entry.ref("S"), entry.line("title"), entry.body("body"))
        for entry in entries(raw, "sections", SECTION)
    )


def pathway_entries(raw: Json) -> tuple[PathwayEntry, ...]:
    """The key `pathways`."""
    return tuple(_pathway(entry) for entry in entries(raw, "pathways", PATHWAY))


def _pathway(entry: Entry) -> PathwayEntry:
    return PathwayEntry(
        at=entry.at,
        ref=entry.ref("P"),
        title=entry.line("title"),
        answer=entry.line("answer"),
        action=entry.line("action"),
        argument=entry.body("argument"),
        context=entry.choice_or_null("context", DeploymentContext),
        frequency=entry.choice_or_null("frequency", Frequency),
        complexity=entry.choice_or_null("complexity", Level),
        reversibility=entry.choice_or_null("reversibility", Reversibility),
        rating=entry.choice_or_null("rating", Rating),
        confidence=entry.choice_or_null("confidence", Level),
    )


def claim_entries(raw: Json) -> tuple[ClaimEntry, ...]:
    """The key `claims`."""
    return tuple(
        ClaimEntry(
            at=entry.at,
            ref=entry.ref("C"),
            statement=entry.line("statement"),
            basis=entry.body("basis"),
            kind=entry.choice("kind", ClaimKind),
            state=entry.choice("state", ClaimState),
            grade=entry.choice_or_null("grade", Grade),
        )
        for entry in entries(raw, "claims", CLAIM)
    )


def support_entries(raw: Json) -> tuple[SupportEntry, ...]:
    """The key `supports`."""
    return tuple(
        SupportEntry(
            at=entry.at,
            ref=entry.ref("L"),
            resting=entry.ref("PC", "from"),
            claim=entry.ref("C", "to"),
            role=entry.choice("role", SupportRole),
            reason=entry.line("reason"),
        )
        for entry in entries(raw, "supports", SUPPORT)
    )


def evidence_entries(raw: Json) -> tuple[EvidenceEntry, ...]:
    """The key `evidence`."""
    return tuple(
        EvidenceEntry(
            at=entry.at,
            ref=entry.ref("E"),
            title=entry.line("title"),
            description=entry.body("description"),
            place=entry.line("place"),
            type=entry.choice("type", EvidenceType),
            as_of=entry.day_or_null("as_of"),
            valid_until=entry.day_or_null("valid_until"),
            relied_on=entry.flag("relied_on"),
        )
        for entry in entries(raw, "evidence", EVIDENCE)
    )


def bearing_entries(raw: Json) -> tuple[BearingEntry, ...]:
    """The key `bearings`."""
    return tuple(
        BearingEntry(
            at=entry.at,
            ref=entry.ref("B"),
            evidence=entry.ref("E", "evidence"),
            claim=entry.ref("C", "claim"),
            direction=entry.choice("direction", Direction),
            strength=entry.choice("strength", Grade),
            place=entry.line("place"),
        )
        for entry in entries(raw, "bearings", BEARING)
    )
