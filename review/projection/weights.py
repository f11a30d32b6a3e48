"""What bears load, as shown: through which claims a pathway lacks a step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cases.projection import Words
from cases.redaction import Shown
from pathways.projection import MaskedPart, SupportPart, SupportRow
from pathways.values import SupportRole
from review.projection.pages import ClaimPage, OwnPage, PathwayPage


def load_bearing(rows: Iterable[SupportRow[Words]]) -> list[str]:
    """The claims under these links whose role is shown, and is load-bearing."""
    return [
        row.claim.ref
        for row in rows
        if isinstance(row, SupportPart) and isinstance(row.role, Shown) and row.role.value is SupportRole.LOAD_BEARING
    ]


def pathways_on(pages: Iterable[OwnPage[Words]]) -> dict[str, tuple[str, ...]]:
    """Claim → the pathways that lack a step if it is false, by load-bearing links or by a chain of them, in reading order."""
    pathways: dict[str, list[str]] = {}
    under: dict[str, list[str]] = {}
    for page in pages:
        if isinstance(page, PathwayPage) and not isinstance(page.pathway, MaskedPart):
            pathways[page.pathway.ref] = load_bearing(page.rests_on)
        elif isinstance(page, ClaimPage) and not isinstance(page.claim, MaskedPart):
            under[page.claim.ref] = load_bearing(page.rests_on)
    found: dict[str, list[str]] = defaultdict(list)
    for pathway, first in pathways.items():
        for claim in _all_under(first, under):
            found[claim].append(pathway)
    return {claim: tuple(refs) for claim, refs in found.items()}


def _all_under(first: Iterable[str], under: dict[str, list[str]]) -> list[str]:
    """These claims and all below them, each once."""
    seen: dict[str, None] = {}
    todo = list(first)
    while todo:
        claim = todo.pop()
        if claim not in seen:
            seen[claim] = None
            todo.extend(under.get(claim, ()))
    return list(seen)
