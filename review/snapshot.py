"""A whole case, frozen: what a release is made from. Read in one read-only REPEATABLE READ transaction; never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from cases.redaction.facts import Audience, Register
from cases.snapshot import HeaderSnapshot, audiences_of, header_of, register_of_case
from evidence.snapshot import (
    AssuranceSnapshot,
    BearingSnapshot,
    EvidenceSnapshot,
    assurances_of,
    bearings_of,
    evidence_of,
)
from pathways.snapshot import (
    ClaimSnapshot,
    LimitationSnapshot,
    PathwaySnapshot,
    SectionSnapshot,
    SupportSnapshot,
    TagSnapshot,
    TermSnapshot,
    claims_of,
    limitations_of,
    pathways_of,
    sections_of,
    supports_of,
    tags_of,
    terms_of,
)
from prose.marked import MarkedText
from prose.snapshot import texts_of

T = TypeVar("T")


@dataclass(frozen=True)
class CaseSnapshot:
    """Everything that editions may depend on, and nothing else."""

    case_id: UUID
    header: HeaderSnapshot
    register: Register
    audiences: tuple[Audience, ...]
    sections: tuple[SectionSnapshot, ...]
    pathways: tuple[PathwaySnapshot, ...]
    claims: tuple[ClaimSnapshot, ...]
    supports: tuple[SupportSnapshot, ...]
    evidence: tuple[EvidenceSnapshot, ...]
    bearings: tuple[BearingSnapshot, ...]
    assurances: tuple[AssuranceSnapshot, ...]
    limitations: tuple[LimitationSnapshot, ...]
    tags: tuple[TagSnapshot, ...]
    terms: tuple[TermSnapshot, ...]

    def audience(self, key: str) -> Audience:
        """The audience of that key; raises KeyError."""
        return {audience.key: audience for audience in self.audiences}[key]

    @cached_property
    def section_by_ref(self) -> dict[str, SectionSnapshot]:
        """Sections by reference."""
        return {section.ref: section for section in self.sections}

    @cached_property
    def pathway_by_ref(self) -> dict[str, PathwaySnapshot]:
        """Pathways by reference."""
        return {pathway.ref: pathway for pathway in self.pathways}

    @cached_property
    def claim_by_ref(self) -> dict[str, ClaimSnapshot]:
        """Claims by reference."""
        return {claim.ref: claim for claim in self.claims}

    @cached_property
    def evidence_by_ref(self) -> dict[str, EvidenceSnapshot]:
        """Evidence by reference."""
        return {item.ref: item for item in self.evidence}

    @cached_property
    def tag_by_ref(self) -> dict[str, TagSnapshot]:
        """Tags by reference."""
        return {tag.ref: tag for tag in self.tags}

    @cached_property
    def supports_under(self) -> dict[str, list[SupportSnapshot]]:
        """Supports by what rests."""
        return _grouped((support.resting, support) for support in self.supports)

    @cached_property
    def supports_on(self) -> dict[str, list[SupportSnapshot]]:
        """Supports by the claim that carries."""
        return _grouped((support.claim, support) for support in self.supports)

    def name_of(self, ref: str) -> MarkedText:
        """The title of a pathway, the statement of a claim."""
        pathway = self.pathway_by_ref.get(ref)
        return pathway.title if pathway else self.claim_by_ref[ref].statement

    @cached_property
    def bearings_on(self) -> dict[str, list[BearingSnapshot]]:
        """Bearings by claim."""
        return _grouped((bearing.claim, bearing) for bearing in self.bearings)

    @cached_property
    def bearings_from(self) -> dict[str, list[BearingSnapshot]]:
        """Bearings by evidence."""
        return _grouped((bearing.evidence, bearing) for bearing in self.bearings)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def read_case(case_id: UUID) -> CaseSnapshot:
    """Read the case in the caller's transaction; one statement a table. Raises Case.DoesNotExist."""
    loaded = register_of_case(case_id)
    texts = texts_of(case_id, loaded.register)
    return CaseSnapshot(
        case_id=case_id,
        header=header_of(case_id, texts),
        register=loaded.register,
        audiences=audiences_of(case_id, loaded.revealed),
        sections=sections_of(case_id, texts),
        pathways=pathways_of(case_id, texts),
        claims=claims_of(case_id, texts),
        supports=supports_of(case_id, texts),
        evidence=evidence_of(case_id, texts),
        bearings=bearings_of(case_id, texts),
        assurances=assurances_of(case_id, texts),
        limitations=limitations_of(case_id, texts),
        tags=tags_of(case_id, texts),
        terms=terms_of(case_id, texts),
    )


def texts_by_page(snapshot: CaseSnapshot) -> Iterator[tuple[str, MarkedText]]:
    """Every text of the case with the page on which it is at home."""
    yield from (("front", text) for text in _words_of(snapshot.header))
    for kind, objects in (
        ("sections", snapshot.sections),
        ("pathways", snapshot.pathways),
        ("claims", snapshot.claims),
        ("evidence", snapshot.evidence),
    ):
        yield from ((f"{kind}/{one.ref}", text) for one in objects for text in _words_of(one))
    for support in snapshot.supports:
        kind = "pathways" if support.resting.startswith("P-") else "claims"
        yield f"{kind}/{support.resting}", support.reason
    for bearing in snapshot.bearings:
        yield f"claims/{bearing.claim}", bearing.place
    yield from (("assurances", one.statement) for one in snapshot.assurances)
    yield from (("limitations", text) for one in snapshot.limitations for text in _words_of(one))
    yield from (("glossary", text) for one in snapshot.terms for text in _words_of(one))
    yield from (("register", tag.name) for tag in snapshot.tags)


def _words_of(thing: object) -> Iterator[MarkedText]:
    """Every text among the fields of a snapshot."""
    assert is_dataclass(thing)
    values = (getattr(thing, field.name) for field in fields(thing))
    return (value for value in values if isinstance(value, MarkedText))
