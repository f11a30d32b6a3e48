"""The report's own lists: header, tags, sections, pathways, claims, supports, evidence and so on."""

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
    AssuranceEntry,
    BearingEntry,
    ClaimEntry,
    EvidenceEntry,
    HeaderEntry,
    LimitationEntry,
    PathwayEntry,
    RatingEntry,
    SectionEntry,
    SupportEntry,
    TagEntry,
    TermEntry,
)

HEADER_DATES = ("evidence_cutoff", "coverage_date", "publication_date")
HEADER_LINES = ("title", "subject", "banner", "predecessor", "conclusion")
HEADER_BODIES = ("scope", "scope_out", "summary")
HEADER_VALUES = ("kind", "rehearsal", "contexts", "rating", "confidence", *HEADER_DATES)
HEADER = ("reference", *HEADER_VALUES, *HEADER_LINES, *HEADER_BODIES, "history")
RATING = ("on", "rating", "confidence", "why")
TAG = ("ref", "name")
SECTION = ("ref", "title", "body", "ready")
PATHWAY_VALUES = ("context", "frequency", "complexity", "reversibility", "rating", "confidence")
PATHWAY = ("ref", "title", "answer", "action", "argument", "reason", "ready", "history", *PATHWAY_VALUES)
CLAIM = ("ref", "statement", "basis", "assumptions", "kind", "state", "grade", "owner", "tags")
SUPPORT = ("ref", "from", "to", "role", "reason")
EVIDENCE_VALUES = ("type", "as_of", "valid_until", "relied_on")
EVIDENCE_TEXTS = ("title", "description", "conditions", "place", "not_relied")
EVIDENCE = ("ref", "owner", *EVIDENCE_VALUES, *EVIDENCE_TEXTS)
BEARING = ("ref", "evidence", "claim", "direction", "strength", "place")
ASSURANCE = ("ref", "statement", "owner", "given_on", "valid_until", "claim")
LIMITATION = ("ref", "title", "body")
TERM = ("ref", "name", "definition", "tentative")


def header_entry(raw: Json) -> HeaderEntry:
    """The key `case`."""
    entry = Entry(raw, "case", HEADER)
    return HeaderEntry(
        at=entry.at,
        reference=entry.ref("K", "reference"),
        kind=entry.choice("kind", CaseKind),
        rehearsal=entry.flag("rehearsal"),
        contexts=entry.choices("contexts", DeploymentContext),
        rating=entry.choice_or_null("rating", Rating),
        confidence=entry.choice_or_null("confidence", Level),
        evidence_cutoff=entry.day_or_null("evidence_cutoff"),
        coverage_date=entry.day_or_null("coverage_date"),
        publication_date=entry.day_or_null("publication_date"),
        title=entry.line("title"),
        subject=entry.line("subject"),
        banner=entry.line("banner"),
        predecessor=entry.line("predecessor"),
        conclusion=entry.line("conclusion"),
        scope=entry.body("scope"),
        scope_out=entry.body("scope_out"),
        summary=entry.body("summary"),
        history=_history(entry),
    )


def _history(entry: Entry) -> tuple[RatingEntry, ...]:
    return tuple(
        RatingEntry(
            at=one.at,
            on=one.day("on"),
            rating=one.choice_or_null("rating", Rating),
            confidence=one.choice_or_null("confidence", Level),
            why=one.line("why"),
        )
        for one in entries(entry.raw("history"), f"{entry.at}, history", RATING)
    )


def tag_entries(raw: Json) -> tuple[TagEntry, ...]:
    """The key `tags`."""
    return tuple(TagEntry(entry.at, entry.ref("G"), entry.line("name")) for entry in entries(raw, "tags", TAG))


def section_entries(raw: Json) -> tuple[SectionEntry, ...]:
    """The key `sections`."""
    return tuple(
        SectionEntry(entry.at, entry.ref("S"), entry.line("title"), entry.body("body"), entry.flag("ready"))
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
        reason=entry.body("reason"),
        ready=entry.flag("ready"),
        history=_history(entry),
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
            assumptions=entry.body("assumptions"),
            owner=entry.key_or_null("owner"),
            tags=entry.names("tags"),
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
            conditions=entry.body("conditions"),
            place=entry.line("place"),
            not_relied=entry.line("not_relied"),
            owner=entry.key_or_null("owner"),
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


def assurance_entries(raw: Json) -> tuple[AssuranceEntry, ...]:
    """The key `assurances`."""
    return tuple(
        AssuranceEntry(
            at=entry.at,
            ref=entry.ref("A"),
            statement=entry.body("statement"),
            owner=entry.key("owner"),
            given_on=entry.day("given_on"),
            valid_until=entry.day_or_null("valid_until"),
            claim=entry.ref_or_null("C", "claim"),
        )
        for entry in entries(raw, "assurances", ASSURANCE)
    )


def limitation_entries(raw: Json) -> tuple[LimitationEntry, ...]:
    """The key `limitations`."""
    return tuple(
        LimitationEntry(entry.at, entry.ref("N"), entry.line("title"), entry.body("body"))
        for entry in entries(raw, "limitations", LIMITATION)
    )


def term_entries(raw: Json) -> tuple[TermEntry, ...]:
    """The key `terms`."""
    return tuple(
        TermEntry(entry.at, entry.ref("T"), entry.line("name"), entry.body("definition"), entry.flag("tentative"))
        for entry in entries(raw, "terms", TERM)
    )
