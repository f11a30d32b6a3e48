"""Parts that do not say yet what they have to say: not ready, not rated."""

from __future__ import annotations

from collections.abc import Iterator

from prose.marked import MarkedText
from review.checks.argument.standing import Standing, is_empty, plain
from review.checks.findings import Finding, FindingKind, fingerprint


def find_not_ready(standing: Standing) -> Iterator[Finding]:
    """A part that its authors have not called ready, and that was not left out."""
    parts: list[tuple[str, str, MarkedText]] = [("sections", one.ref, one.title) for one in standing.case.sections]
    parts += [("pathways", one.ref, one.title) for one in standing.case.pathways]
    for kind, ref, title in parts:
        if ref in standing.facts.unready and standing.is_shown(ref):
            yield Finding(
                kind=FindingKind.NOT_READY,
                sentence=f"{ref} is not ready, and it is in this release.",
                fingerprint=fingerprint(FindingKind.NOT_READY, ref),
                page=f"{kind}/{ref}",
                ref=ref,
                place=plain(title),
            )


def find_not_rated(standing: Standing) -> Iterator[Finding]:
    """A pathway without a rating, or without a reason for it."""
    for pathway in standing.case.pathways:
        missing = [] if pathway.rating else ["rating"]
        missing += ["reason for its rating"] if is_empty(pathway.reason) else []
        if missing and standing.is_shown(pathway.ref):
            yield Finding(
                kind=FindingKind.NOT_RATED,
                sentence=f"{pathway.ref} has no {' and no '.join(missing)}.",
                fingerprint=fingerprint(FindingKind.NOT_RATED, pathway.ref, *missing),
                page=f"pathways/{pathway.ref}",
                ref=pathway.ref,
                place=plain(pathway.title),
            )
