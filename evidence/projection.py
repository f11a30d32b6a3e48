"""Evidence, bearings and assurances as a page may hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Generic

from cases.projection import Lens, Words, projection
from cases.redaction import Presence, Shown, Withheld
from cases.redaction.facts import OwnerName
from cases.refs import AssuranceRef, ClaimRef, EvidenceRef
from evidence.snapshot import AssuranceSnapshot, BearingSnapshot, EvidenceSnapshot
from evidence.values import Direction, EvidenceType
from pathways.projection import ASKED, ClaimPart, MaskedLink, MaskedPart, Tags, project_claim
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
    open: Shown[bool]
    title: Words
    description: Words
    conditions: Words
    place: Words
    not_relied: Words
    owner: Shown[OwnerName | None] | Withheld | None
    type: Shown[EvidenceType] | Withheld
    as_of: Shown[date | None] | Withheld
    valid_until: Shown[date | None] | Withheld
    relied_on: Shown[bool] | Withheld


@projection
class BearingPart(Generic[Words]):
    """What evidence says about a claim, seen from the claim or from the evidence."""

    open: Shown[bool]
    direction: Shown[Direction] | Withheld
    strength: Shown[Grade] | Withheld
    place: Words
    evidence: EvidencePart[Words] | None
    claim: ClaimPart[Words] | None


@projection
class AssurancePart(Generic[Words]):
    """What a named person stands for, on a day."""

    ref: AssuranceRef
    open: Shown[bool]
    statement: Words
    owner: Shown[OwnerName | None]
    given_on: Shown[date] | Withheld
    valid_until: Shown[date | None] | Withheld
    claim: ClaimRef | Withheld | None


@projection
class MaskedAssurance:
    """A masked assurance: its reference, and what is said in its place."""

    ref: AssuranceRef
    mask: Withheld


BearingRow = BearingPart[Words] | MaskedEvidence | MaskedLink


def project_evidence(evidence: EvidenceSnapshot, lens: Lens[Words]) -> EvidencePart[Words] | MaskedEvidence:
    """A piece of evidence, or its mask."""
    ref = evidence.ref
    if lens.presence(ref) is not Presence.OPEN:
        return MaskedEvidence(ref=EvidenceRef(ref), mask=lens.mask(ref))
    return EvidencePart(
        ref=EvidenceRef(ref),
        open=lens.standing(ref),
        title=lens.words(evidence.title),
        description=lens.words(evidence.description),
        conditions=lens.words(evidence.conditions),
        place=lens.words(evidence.place),
        not_relied=lens.words(evidence.not_relied),
        owner=lens.owner(ref, evidence.owner),
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
    bearings: Iterable[BearingSnapshot], claims: Mapping[str, ClaimSnapshot], tags: Tags, lens: Lens[Words]
) -> tuple[BearingRow[Words], ...]:
    """What one shown piece of evidence bears on, by open links alone.

    A masked claim hangs under what rests on it, not under its evidence. A masked link has its placeholder under the claim: here too, the
    one reference on both pages would name both ends.
    """
    rows: list[BearingRow[Words]] = []
    for bearing in bearings:
        if any(lens.presence(ref) is not Presence.OPEN for ref in (bearing.claim, bearing.ref)):
            continue
        claim = project_claim(claims[bearing.claim], tags, lens)
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
        open=lens.standing(bearing.ref),
        direction=lens.attribute(bearing.ref, "direction", Direction(bearing.direction)),
        strength=lens.attribute(bearing.ref, "strength", Grade(bearing.strength)),
        place=lens.words(bearing.place),
        evidence=evidence,
        claim=claim,
    )


def project_assurance(assurance: AssuranceSnapshot, lens: Lens[Words]) -> AssurancePart[Words] | MaskedAssurance:
    """An assurance, or its mask. Without an owner whom the reader may know it is nobody's word, and masked."""
    ref = AssuranceRef(assurance.ref)
    owner = lens.owner(ref, assurance.owner)
    if lens.presence(ref) is not Presence.OPEN or owner is None:
        return MaskedAssurance(ref=ref, mask=lens.mask(ref))
    if isinstance(owner, Withheld):
        return MaskedAssurance(ref=ref, mask=owner)
    return AssurancePart(
        ref=ref,
        open=lens.standing(ref),
        statement=lens.words(assurance.statement),
        owner=owner,
        given_on=lens.attribute(ref, "given_on", assurance.given_on),
        valid_until=lens.attribute(ref, "valid_until", assurance.valid_until),
        claim=_spoken_to(assurance, lens),
    )


def _spoken_to(assurance: AssuranceSnapshot, lens: Lens[Words]) -> ClaimRef | Withheld | None:
    """The claim, if it is shown; the value that the rule is asked about never leaves."""
    asked = lens.attribute(assurance.ref, "claim", ASKED)
    if isinstance(asked, Withheld):
        return asked
    if assurance.claim is None or lens.presence(assurance.claim) is not Presence.OPEN:
        return None
    return ClaimRef(assurance.claim)
