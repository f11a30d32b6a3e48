"""Links and redactions one by one, with both ends named: for the fully cleared, who work on the structure of a case."""

from __future__ import annotations

from typing import Generic

from cases.projection import Lens, Words, projection
from cases.redaction import Shown, Withheld
from cases.redaction.facts import Audience, Redaction
from cases.refs import BearingRef, ClaimRef, EvidenceRef, PathwayRef, SupportRef
from evidence.snapshot import BearingSnapshot
from evidence.values import Direction
from pathways.snapshot import SupportSnapshot
from pathways.values import Grade, SupportRole


@projection
class SupportEntry(Generic[Words]):
    """A support: what rests, on which claim, in which role, and why the step holds."""

    ref: SupportRef
    resting: PathwayRef | ClaimRef
    claim: ClaimRef
    role: Shown[SupportRole] | Withheld
    reason: Words


@projection
class BearingEntry(Generic[Words]):
    """A bearing: what a piece of evidence says about a claim."""

    ref: BearingRef
    evidence: EvidenceRef
    claim: ClaimRef
    direction: Shown[Direction] | Withheld
    strength: Shown[Grade] | Withheld
    place: Words


@projection
class RedactionEntry:
    """A redaction as far as editions may depend on it: no private reason, no person."""

    ref: Shown[str]
    ground: Shown[str]
    note: Shown[str]
    extent: Shown[str]
    state: Shown[str]
    covers: Shown[str]
    target: Shown[str]
    attribute: Shown[str]
    omitted: Shown[bool]
    bears_load: Shown[bool]
    hidden_from: Shown[tuple[str, ...]]


def enter_support(support: SupportSnapshot, lens: Lens[Words]) -> SupportEntry[Words]:
    """One support."""
    return SupportEntry(
        ref=SupportRef(support.ref),
        resting=PathwayRef(support.resting),
        claim=ClaimRef(support.claim),
        role=lens.attribute(support.ref, "role", SupportRole(support.role)),
        reason=lens.words(support.reason),
    )


def enter_bearing(bearing: BearingSnapshot, lens: Lens[Words]) -> BearingEntry[Words]:
    """One bearing."""
    return BearingEntry(
        ref=BearingRef(bearing.ref),
        evidence=EvidenceRef(bearing.evidence),
        claim=ClaimRef(bearing.claim),
        direction=lens.attribute(bearing.ref, "direction", Direction(bearing.direction)),
        strength=lens.attribute(bearing.ref, "strength", Grade(bearing.strength)),
        place=lens.words(bearing.place),
    )


def enter_redaction(redaction: Redaction, audiences: tuple[Audience, ...]) -> RedactionEntry:
    """One redaction, with the keys of the audiences that lose what it covers."""
    return RedactionEntry(
        ref=Shown(redaction.ref),
        ground=Shown(str(redaction.ground or "")),
        note=Shown(redaction.note),
        extent=Shown(redaction.extent.value),
        state=Shown(redaction.state.value),
        covers=Shown(redaction.cover.value),
        target=Shown(redaction.target),
        attribute=Shown(redaction.attribute),
        omitted=Shown(redaction.omitted),
        bears_load=Shown(redaction.bears_load),
        hidden_from=Shown(tuple(audience.key for audience in audiences if redaction.hides_from(audience))),
    )
