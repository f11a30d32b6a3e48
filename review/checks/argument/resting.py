"""What the argument rests on: nothing at all, claims that do not hold, evidence that is too old, facts nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.snapshot import EvidenceSnapshot
from pathways.values import ClaimState
from review.checks.argument.standing import Standing, listed, plain
from review.checks.findings import Finding, FindingKind, fingerprint

SEVERAL = 2  # pathways: a fact under so many is nobody's single concern


def find_bare(standing: Standing) -> Iterator[Finding]:
    """A pathway, or a claim that is called supported, under which nothing stands."""
    case = standing.case
    for pathway in case.pathways:
        if standing.is_shown(pathway.ref) and not case.supports_under.get(pathway.ref):
            says = f"{pathway.ref} rests on no claim."
            yield _about(FindingKind.BARE, says, f"pathways/{pathway.ref}", pathway.ref, plain(pathway.title))
    for claim in case.claims:
        evidence = any(bearing.direction == "for" for bearing in case.bearings_on.get(claim.ref, ()))
        if claim.state == ClaimState.SUPPORTED and not evidence and not case.supports_under.get(claim.ref):
            says = f"{claim.ref} is called supported, and neither a claim nor evidence stands under it."
            yield _about(FindingKind.BARE, says, f"claims/{claim.ref}", claim.ref, plain(claim.statement))


def find_shaky(standing: Standing) -> Iterator[Finding]:
    """A load-bearing claim that is a draft, in doubt or unsupported."""
    for claim in standing.case.claims:
        under = standing.load.under(claim.ref)
        if under and claim.state != ClaimState.SUPPORTED:
            state = {"draft": "a draft"}.get(claim.state, claim.state.replace("_", " "))
            says = f"{claim.ref} is {state} and bears load under {listed(under)}."
            more = (claim.state, *under)
            yield _about(FindingKind.SHAKY, says, f"claims/{claim.ref}", claim.ref, plain(claim.statement), *more)


def find_weak_evidence(standing: Standing) -> Iterator[Finding]:
    """Evidence under a load-bearing claim that was too old at the evidence cut-off, or alone and not relied on."""
    for item in standing.case.evidence:
        if under := standing.load.under_evidence(item.ref):
            says = _stale(standing, item) or _alone(standing, item)
            if says:
                says = f"{says} It bears load under {listed(under)}."
                page, more = f"evidence/{item.ref}", (str(item.valid_until), str(item.relied_on), *under)
                yield _about(FindingKind.WEAK_EVIDENCE, says, page, item.ref, plain(item.title), *more)


def _stale(standing: Standing, item: EvidenceSnapshot) -> str:
    cutoff = standing.case.header.evidence_cutoff or standing.facts.day
    if not item.relied_on or item.valid_until is None or item.valid_until >= cutoff:
        return ""
    until = f"{item.valid_until.day} {item.valid_until:%B %Y}"
    return f"{item.ref} was valid until {until}, before the evidence cut-off."


def _alone(standing: Standing, item: EvidenceSnapshot) -> str:
    """Evidence that is not relied on is no weakness where a claim has better."""
    if item.relied_on:
        return ""
    case = standing.case
    for bearing in case.bearings_from.get(item.ref, ()):
        others = (b for b in case.bearings_on[bearing.claim] if b.direction == "for" and b.evidence != item.ref)
        relied = any(case.evidence_by_ref[other.evidence].relied_on for other in others)
        alone = not relied and not case.supports_under.get(bearing.claim)
        if bearing.direction == "for" and alone and standing.load.under(bearing.claim):
            return f"{bearing.claim} has no other evidence than {item.ref}, which is not relied on."
    return ""


def find_unowned(standing: Standing) -> Iterator[Finding]:
    """A claim or evidence that nobody answers for, under two or more pathways."""
    for claim in standing.case.claims:
        under = standing.load.under(claim.ref)
        if claim.owner is None and len(under) >= SEVERAL:
            says = f"Nobody owns {claim.ref}, which bears load under {listed(under)}."
            yield _about(FindingKind.UNOWNED, says, f"claims/{claim.ref}", claim.ref, plain(claim.statement), *under)
    for item in standing.case.evidence:
        under = standing.load.under_evidence(item.ref)
        if item.owner is None and item.relied_on and len(under) >= SEVERAL:
            says = f"Nobody owns {item.ref}, which bears load under {listed(under)}."
            yield _about(FindingKind.UNOWNED, says, f"evidence/{item.ref}", item.ref, plain(item.title), *under)


def _about(kind: FindingKind, says: str, page: str, ref: str, place: str, *more: str) -> Finding:
    return Finding(kind=kind, sentence=says, fingerprint=fingerprint(kind, ref, *more), page=page, ref=ref, place=place)
