"""Evidence and bearings as a page may hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Generic

from cases.projection import Lens, Words, projection
from cases.redaction import Presence, Shown, Withheld
from cases.refs import EvidenceRef
from evidence.snapshot import BearingSnapshot, EvidenceSnapshot
from evidence.values import Direction, EvidenceType
from pathways.projection import ClaimPart, MaskedLink, MaskedPart, project_claim
from pathways.snapshot import ClaimSnapshot
from pathways.values import Grade


@projection
class MaskedEvidence:
    """A masked piece of evidence: its reference, and what is said in its place."""

    ref: EvidenceRef
    mask: Withheld


@projection
class EvidencePart(Generic[Words]):
    """A piece of evidence."""

    ref: EvidenceRef
    title: Words
    description: Words
    place: Words
    type: Shown[EvidenceType] | Withheld
    as_of: Shown[date | None] | Withheld
    valid_until: Shown[date | None] | Withheld
    relied_on: Shown[bool] | Withheld


@projection
class BearingPart(Generic[Words]):
    """What evidence says about a claim, seen from the claim or from the evidence."""

    direction: Shown[Direction] | Withheld
    strength: Shown[Grade] | Withheld
    place: Words
    evidence: EvidencePart[Words] | None
    claim: ClaimPart[Words] | None


BearingRow = BearingPart[Words] | MaskedEvidence | MaskedLink


def project_evidence(evidence: EvidenceSnapshot, lens: Lens[Words]) -> EvidencePart[Words] | MaskedEvidence:
    """A piece of evidence, or its mask."""
    ref = evidence.ref
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedEvidence(ref=EvidenceRef(ref), mask=lens.mask(ref))
    return EvidencePart(
        ref=EvidenceRef(ref),
        title=lens.words(evidence.title),
        description=lens.words(evidence.description),
        place=lens.words(evidence.place),
        type=lens.attribute(ref, "type", EvidenceType(evidence.type)),
        as_of=lens.attribute(ref, "as_of", evidence.as_of),
        valid_until=lens.attribute(ref, "valid_until", evidence.valid_until),
        relied_on=lens.attribute(ref, "relied_on", evidence.relied_on),
    )


def project_bearings_on_claim(
    bearings: Iterable[BearingSnapshot], evidence: Mapping[str, EvidenceSnapshot], lens: Lens[Words]
) -> tuple[BearingRow[Words], ...]:
    """The evidence under one shown claim."""
    rows: list[BearingRow[Words]] = []
    for bearing in bearings:
        link = lens.presence(bearing.ref)
        if Presence.OMITTED in (link, lens.presence(bearing.evidence)):
            continue
        if link is Presence.MASKED:
            rows.append(MaskedLink(mask=lens.mask(bearing.ref)))
            continue
        found = project_evidence(evidence[bearing.evidence], lens)
        rows.append(found if isinstance(found, MaskedEvidence) else _bearing(bearing, found, None, lens))
    return tuple(rows)


def project_bearings_of_evidence(
    bearings: Iterable[BearingSnapshot], claims: Mapping[str, ClaimSnapshot], lens: Lens[Words]
) -> tuple[BearingRow[Words], ...]:
    """What one shown piece of evidence bears on. A masked claim hangs under what rests on it, not under its evidence."""
    rows: list[BearingRow[Words]] = []
    for bearing in bearings:
        if lens.presence(bearing.claim) is not Presence.OPEN or lens.presence(bearing.ref) is Presence.OMITTED:
            continue
        if lens.presence(bearing.ref) is Presence.MASKED:
            rows.append(MaskedLink(mask=lens.mask(bearing.ref)))
            continue
        claim = project_claim(claims[bearing.claim], lens)
        if not isinstance(claim, MaskedPart):
            rows.append(_bearing(bearing, None, claim, lens))
    return tuple(rows)


def _bearing(
    bearing: BearingSnapshot,
    evidence: EvidencePart[Words] | None,
    claim: ClaimPart[Words] | None,
    lens: Lens[Words],
) -> BearingPart[Words]:
    return BearingPart(
        direction=lens.attribute(bearing.ref, "direction", Direction(bearing.direction)),
        strength=lens.attribute(bearing.ref, "strength", Grade(bearing.strength)),
        place=lens.words(bearing.place),
        evidence=evidence,
        claim=claim,
    )
