"""The header, audiences and register of one case, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cases.models import Case, CaseAudience, CaseHeader
from cases.models import Redaction as RedactionRow
from cases.redaction.facts import Audience, Cover, Extent, Ground, Owner, OwnerName, Redaction, RedactionState, Register
from prose.marked import MarkedText
from prose.snapshot import Texts


@dataclass(frozen=True, slots=True)
class HeaderSnapshot:
    """What the case is about."""

    reference: str
    kind: str
    rehearsal: bool
    contexts: tuple[str, ...]
    rating: str | None
    confidence: str | None
    evidence_cutoff: date | None
    coverage_date: date | None
    publication_date: date | None
    title: MarkedText
    subject: MarkedText
    banner: MarkedText
    predecessor: MarkedText
    conclusion: MarkedText
    scope: MarkedText
    scope_out: MarkedText
    summary: MarkedText


def header_of(case_id: UUID, texts: Texts) -> HeaderSnapshot:
    """The header; raises Case.DoesNotExist."""
    case = Case.objects.select_related("header").get(pk=case_id)
    header: CaseHeader = case.header
    return HeaderSnapshot(
        reference=case.reference,
        kind=header.kind,
        rehearsal=header.rehearsal,
        contexts=tuple(header.contexts),
        rating=header.rating,
        confidence=header.confidence,
        evidence_cutoff=header.evidence_cutoff,
        coverage_date=header.coverage_date,
        publication_date=header.publication_date,
        title=texts[header.title_id],
        subject=texts[header.subject_id],
        banner=texts[header.banner_id],
        predecessor=texts[header.predecessor_id],
        conclusion=texts[header.conclusion_id],
        scope=texts[header.scope_id],
        scope_out=texts[header.scope_out_id],
        summary=texts[header.summary_id],
    )


@dataclass(slots=True)
class RegisterLoad:
    """The register, and to which audience single redactions were revealed."""

    register: Register
    revealed: dict[str, set[str]] = field(default_factory=dict)


def owner_of(name: str | None, *, named_outside: bool | None) -> Owner | None:
    """An owner from the columns of a joined person."""
    return None if name is None else Owner(OwnerName(name), bool(named_outside))


FACTS = ("ref", "note", "instead", "target", "attribute", "omitted", "bears_load")
NAMED = ("ground", "extent", "state", "cover")


def register_of_case(case_id: UUID) -> RegisterLoad:
    """All redactions of the case, private reasons and people left behind."""
    loaded: list[Redaction] = []
    revealed: dict[str, set[str]] = {}
    rows = RedactionRow.objects.filter(case_id=case_id).order_by("order")
    for row in rows.values(*FACTS, *NAMED, "revealed_to"):
        for key in row["revealed_to"]:
            revealed.setdefault(key, set()).add(row["ref"])
        loaded.append(_redaction(row))
    return RegisterLoad(Register.of(loaded), revealed)


def _redaction(row: Mapping[str, Any]) -> Redaction:
    """An unknown ground is None, which hides from everybody."""
    return Redaction(
        **{name: row[name] for name in FACTS},
        ground=Ground(row["ground"]) if row["ground"] in set(Ground) else None,
        extent=Extent(row["extent"]),
        state=RedactionState(row["state"]),
        cover=Cover(row["cover"]),
    )


def audiences_of(case_id: UUID, revealed: dict[str, set[str]]) -> tuple[Audience, ...]:
    """The audiences of the case, most cleared first, each knowing those whose marks it sees."""
    rows = list(CaseAudience.objects.filter(case_id=case_id).order_by("order"))
    plain = {row.key: _audience(row, revealed, ()) for row in rows}
    return tuple(_audience(row, revealed, tuple(plain[key] for key in row.sees_marks_of)) for row in rows)


def _audience(row: CaseAudience, revealed: dict[str, set[str]], sees: tuple[Audience, ...]) -> Audience:
    return Audience(
        key=row.key,
        name=row.name,
        outward=row.outward,
        cleared=frozenset(Ground(ground) for ground in row.cleared if ground in set(Ground)),
        revealed=frozenset(revealed.get(row.key, ())),
        sees_marks_of=sees,
    )
