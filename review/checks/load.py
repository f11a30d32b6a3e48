"""Which claims and evidence bear load under which pathways, by the live links."""

from __future__ import annotations

from collections import defaultdict

from pathways.values import SupportRole
from review.snapshot import CaseSnapshot


class Load:
    """A claim bears load under a pathway when load-bearing supports lead from one to the other."""

    def __init__(self, snapshot: CaseSnapshot, left_out: frozenset[str] = frozenset()) -> None:
        self._case = snapshot
        self._under: dict[str, set[str]] = defaultdict(set)
        for pathway in snapshot.pathways:
            if pathway.ref not in left_out:
                self._descend(pathway.ref)

    def under(self, claim: str) -> tuple[str, ...]:
        """The pathways under which the claim bears load."""
        return tuple(sorted(self._under.get(claim, ())))

    def under_evidence(self, evidence: str) -> tuple[str, ...]:
        """The pathways under which a claim bears load that this evidence speaks for."""
        bearings = self._case.bearings_from.get(evidence, [])
        claims = (bearing.claim for bearing in bearings if bearing.direction == "for")
        return tuple(sorted({pathway for claim in claims for pathway in self._under.get(claim, ())}))

    def _descend(self, pathway: str) -> None:
        todo = [pathway]
        while todo:
            for support in self._case.supports_under.get(todo.pop(), []):
                if support.role == SupportRole.LOAD_BEARING and pathway not in self._under[support.claim]:
                    self._under[support.claim].add(pathway)
                    todo.append(support.claim)
