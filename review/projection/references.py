"""The references that lead somewhere through one lens: what a reference typed as plain words may lead to on a live page or a preview."""

from __future__ import annotations

from cases.projection import Lens, Words
from cases.redaction import Presence
from review.snapshot import CaseSnapshot


def references_of(snapshot: CaseSnapshot, lens: Lens[Words]) -> frozenset[str]:
    """Every object that is open or masked. The same as those on all pages, without making them."""
    groups = (
        snapshot.sections,
        snapshot.pathways,
        snapshot.claims,
        snapshot.evidence,
        snapshot.assurances,
        snapshot.limitations,
        snapshot.terms,
    )
    objects = (one.ref for group in groups for one in group)
    return frozenset(ref for ref in objects if lens.presence(ref) is not Presence.OMITTED)
