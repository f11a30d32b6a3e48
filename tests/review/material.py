"""Snapshots by hand, without a database, from plain strings marked up as `tests.case_builder` says; and releases made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from cases.projection import AudienceLens, to_json
from cases.redaction import Audience, Extent, Ground, Redaction, RedactionState, Register
from cases.redaction.facts import Owner
from cases.snapshot import HeaderSnapshot
from evidence.snapshot import AssuranceSnapshot, BearingSnapshot, EvidenceSnapshot
from pathways.snapshot import (
    ClaimSnapshot,
    LimitationSnapshot,
    PathwaySnapshot,
    SectionSnapshot,
    SupportSnapshot,
    TagSnapshot,
    TermSnapshot,
)
from prose.marked import MarkedContent, MarkedText
from prose.nodes import canonical, node_from_json
from prose.schema import TextSchema
from review.checks.material import CheckMaterial, EditionMaterial
from review.projection import Composer
from review.snapshot import CaseSnapshot
from tests.case_builder import ALPHABET, inline, paragraphs

CASE = UUID("00000000-0000-0000-0000-00000000ca5e")
FULL = Audience("full", "Full", outward=False, cleared=frozenset(Ground))
PUBLIC = Audience("public", "Public", outward=True)
REVIEWER = Audience(
    "external_reviewer",
    "External reviewer",
    outward=True,
    cleared=frozenset({Ground.SECURITY}),
    sees_marks_of=(PUBLIC,),
)
PARTNER = Audience("partner", "Partner", outward=True, cleared=frozenset({Ground.PRIVACY}))


def redaction(ref: str, **changes: Any) -> Redaction:
    """A redaction in order, but for the changes."""
    usual: dict[str, Any] = {
        "ground": Ground.SECURITY,
        "note": "Withheld here.",
        "extent": Extent.SENTENCE,
        "state": RedactionState.APPROVED,
    }
    return Redaction(ref=ref, **{**usual, **changes})


class SnapshotBuilder:
    """Collects objects; `snapshot()` gives the case. Text keys are counted, so that equal calls give equal keys."""

    def __init__(
        self, *redactions: Redaction, audiences: tuple[Audience, ...] = (FULL, REVIEWER, PUBLIC, PARTNER)
    ) -> None:
        self.register, self.audiences = Register.of(redactions), audiences
        self.sections: list[SectionSnapshot] = []
        self.pathways: list[PathwaySnapshot] = []
        self.claims: list[ClaimSnapshot] = []
        self.supports: list[SupportSnapshot] = []
        self.evidence_items: list[EvidenceSnapshot] = []
        self.bearings: list[BearingSnapshot] = []
        self.assurances: list[AssuranceSnapshot] = []
        self.limitations: list[LimitationSnapshot] = []
        self.tags: list[TagSnapshot] = []
        self.terms: list[TermSnapshot] = []
        self._keys = 0
        self.header = self._header("Test report")

    def titled(self, title: str) -> SnapshotBuilder:
        """The same with another title of the case."""
        self.header = self._header(title)
        return self

    def _header(self, title: str) -> HeaderSnapshot:
        words = {name: self.line("") for name in ("subject", "banner", "predecessor", "conclusion")} | {
            n: self.body("") for n in ("scope", "scope_out", "summary")
        }
        return HeaderSnapshot(
            reference="K-TEST",
            kind="risk_report",
            rehearsal=False,
            contexts=("internal",),
            rating=None,
            confidence=None,
            evidence_cutoff=date(2026, 1, 31),
            coverage_date=None,
            publication_date=None,
            title=self.line(title),
            **words,
        )

    def section(self, ref: str, title: str, body: str | list[dict[str, Any]]) -> SnapshotBuilder:
        """A section; the body as words, or as raw blocks."""
        self.sections.append(SectionSnapshot(ref, self.line(title), self.body(body)))
        return self

    def pathway(self, ref: str, title: str, argument: str) -> SnapshotBuilder:
        """A pathway."""
        texts = (self.line(title), self.line(""), self.line(""), self.body(argument), self.body(""))
        self.pathways.append(PathwaySnapshot(ref, *texts, None, None, None, None, None, None))
        return self

    def claim(
        self, ref: str, statement: str, basis: str = "", owner: Owner | None = None, tags: tuple[str, ...] = ()
    ) -> SnapshotBuilder:
        """A claim."""
        texts = (self.line(statement), self.body(basis), self.body(""))
        self.claims.append(ClaimSnapshot(ref, *texts, "control", "supported", None, owner, tags))
        return self

    def tag(self, ref: str, name: str) -> SnapshotBuilder:
        """A tag."""
        self.tags.append(TagSnapshot(ref, self.line(name)))
        return self

    def assurance(self, ref: str, statement: str, owner: Owner, claim: str | None = None) -> SnapshotBuilder:
        """An assurance."""
        self.assurances.append(
            AssuranceSnapshot(ref, self.body(statement), owner, date(2026, 1, 20), date(2027, 1, 20), claim)
        )
        return self

    def limitation(self, ref: str, title: str, body: str) -> SnapshotBuilder:
        """A limitation."""
        self.limitations.append(LimitationSnapshot(ref, self.line(title), self.body(body)))
        return self

    def term(self, ref: str, name: str, definition: str) -> SnapshotBuilder:
        """A term."""
        self.terms.append(TermSnapshot(ref, self.line(name), self.body(definition), False))
        return self

    def support(
        self, ref: str, resting: str, claim: str, reason: str = "", role: str = "load_bearing"
    ) -> SnapshotBuilder:
        """A support."""
        self.supports.append(SupportSnapshot(ref, resting, claim, role, self.line(reason)))
        return self

    def evidence(self, ref: str, title: str, description: str = "", valid_until: date | None = None) -> SnapshotBuilder:
        """A piece of evidence."""
        texts = (self.line(title), self.body(description), self.body(""), self.line(""), self.line(""))
        values = ("evaluation", date(2026, 1, 15), valid_until, True)
        self.evidence_items.append(EvidenceSnapshot(ref, *texts, None, *values))
        return self

    def bearing(self, ref: str, evidence: str, claim: str, place: str = "") -> SnapshotBuilder:
        """A bearing."""
        self.bearings.append(BearingSnapshot(ref, evidence, claim, "for", "strong", self.line(place)))
        return self

    def line(self, words: str) -> MarkedText:
        """A line."""
        return self._text(TextSchema.LINE, inline(words))

    def body(self, words: str | list[dict[str, Any]]) -> MarkedText:
        """A body."""
        return self._text(TextSchema.BODY, paragraphs(words) if isinstance(words, str) else words)

    def _text(self, kind: TextSchema, content: list[dict[str, Any]]) -> MarkedText:
        self._keys += 1
        digits, number = "", self._keys
        for _ in range(16):
            number, rest = divmod(number, len(ALPHABET))
            digits = ALPHABET[rest] + digits
        node = node_from_json({"type": "doc", "content": content})  # type: ignore[dict-item]  # JSON it is
        content_of = MarkedContent(node)
        return MarkedText(
            key=f"t-{digits}", kind=kind, version=3, scope=CASE, content=content_of, register=self.register
        )

    def snapshot(self) -> CaseSnapshot:
        """The case as it stands now."""
        return CaseSnapshot(
            case_id=CASE,
            header=self.header,
            register=self.register,
            audiences=self.audiences,
            sections=tuple(self.sections),
            pathways=tuple(self.pathways),
            claims=tuple(self.claims),
            supports=tuple(self.supports),
            evidence=tuple(self.evidence_items),
            bearings=tuple(self.bearings),
            assurances=tuple(self.assurances),
            limitations=tuple(self.limitations),
            tags=tuple(self.tags),
            terms=tuple(self.terms),
        )


def edition_of(
    snapshot: CaseSnapshot, audience: Audience, statement: str | None = None, earlier: Mapping[str, str] | None = None
) -> EditionMaterial:
    """What the audience would get; without `statement`, one that is true of it."""
    lens = AudienceLens(snapshot.register, audience)
    pages = dict(Composer(snapshot, lens).pages())
    words = true_statement(pages) if statement is None else statement
    return EditionMaterial(audience, pages, words, lens.maps, earlier or {})


def true_statement(pages: Mapping[str, object]) -> str:
    """A redaction statement that names the grounds of all bars (marks of less cleared audiences have no extent)."""
    bars = re.compile(r'"extent":"\w*","ground":"(\w+)"')
    grounds = {found for page in pages.values() for found in bars.findall(canonical(to_json(page)))}
    return "Withheld: " + ", ".join(Ground(ground).label for ground in sorted(grounds)) + "."


def material_of(snapshot: CaseSnapshot, *audiences: Audience, **more: Any) -> CheckMaterial:
    """A release for these audiences, statements true."""
    return CheckMaterial(snapshot, tuple(edition_of(snapshot, audience) for audience in audiences or (PUBLIC,)), **more)
