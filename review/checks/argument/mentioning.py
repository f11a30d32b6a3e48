"""What a text cites and what its owner rests on: mentioned but not linked, linked but never mentioned."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.values import SupportRole
from prose.content import citations, plain_text
from prose.inside import document_of
from prose.marked import MarkedText
from prose.typed import TYPED
from review.checks.argument.standing import Standing, listed, plain
from review.checks.findings import Finding, FindingKind, fingerprint


def find_mentioned_only(standing: Standing) -> Iterator[Finding]:
    """A claim cited by a pathway, or evidence by a claim, to which no link leads: the register does not know of it."""
    for owner in _owners(standing):
        claims = sorted(owner.mentioned & owner.citable - owner.linked)
        if claims:
            says = f"{owner.ref} cites {listed(claims)} and is not linked to {'it' if len(claims) == 1 else 'them'}."
            yield owner.finding(FindingKind.MENTIONED_ONLY, says, claims)


def find_linked_only(standing: Standing) -> Iterator[Finding]:
    """A claim on which a pathway rests, context apart, and of which its argument never speaks."""
    for owner in _owners(standing):
        unsaid = sorted(owner.needed - owner.mentioned)
        if unsaid:
            says = f"{owner.ref} rests on {listed(unsaid)}, and its argument never cites {'it' if len(unsaid) == 1 else 'them'}."
            yield owner.finding(FindingKind.LINKED_ONLY, says, unsaid)


class _Owner:
    """A pathway or claim with what its text cites, what could be linked to it, and what is."""

    def __init__(
        self, page: str, title: MarkedText, text: MarkedText, *, citable: set[str], linked: set[str], needed: set[str]
    ) -> None:
        self.page, self.title, self.ref = page, title, page.rpartition("/")[2]
        self.citable, self.linked, self.needed = citable - {self.ref}, linked, needed
        document = document_of(text)
        self.mentioned = set(citations(document)) | set(TYPED.findall(plain_text(document)))

    def finding(self, kind: FindingKind, says: str, refs: list[str]) -> Finding:
        """One finding for all of them."""
        return Finding(
            kind=kind,
            sentence=says,
            fingerprint=fingerprint(kind, self.ref, *refs),
            page=self.page,
            ref=self.ref,
            place=plain(self.title),
        )


def _owners(standing: Standing) -> Iterator[_Owner]:
    case = standing.case
    claims = set(case.claim_by_ref)
    for one in case.pathways:
        if standing.is_shown(one.ref):
            supports = case.supports_under.get(one.ref, ())
            linked = {support.claim for support in supports}
            needed = {support.claim for support in supports if support.role != SupportRole.CONTEXT}
            page = f"pathways/{one.ref}"
            yield _Owner(page, one.title, one.argument, citable=claims, linked=linked, needed=needed)
    for claim in case.claims:
        linked = {bearing.evidence for bearing in case.bearings_on.get(claim.ref, ())}
        evidence, page = set(case.evidence_by_ref), f"claims/{claim.ref}"
        yield _Owner(page, claim.statement, claim.basis, citable=evidence, linked=linked, needed=set())
