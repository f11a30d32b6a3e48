"""Redactions that are not in order: marks that name none, and decisions without ground or public note."""

from __future__ import annotations

from collections.abc import Iterator

from cases.redaction import RedactionState
from review.checks.catalogue import Catalogue, OwnedText
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.sentences import sentence_around


def find_unknown(catalogue: Catalogue) -> Iterator[Finding]:
    """A mark anywhere in the case that names a redaction which the register does not have."""
    for owned in catalogue.texts:
        for ref in sorted(owned.refs):
            if not catalogue.knows(ref):
                yield Finding(
                    kind=FindingKind.UNKNOWN_REDACTION,
                    sentence=f"A mark in {owned.where} names the redaction {ref or 'without a reference'}, which nobody knows.",
                    fingerprint=fingerprint(FindingKind.UNKNOWN_REDACTION, owned.text.key, ref),
                    page=owned.page,
                    ref=owned.owner,
                    place=_place(owned, ref),
                )


def _place(owned: OwnedText, ref: str) -> str:
    for strand in owned.strands:
        for offset, piece in zip(strand.offsets(), strand.pieces, strict=True):
            if ref in piece.refs:
                return sentence_around(strand.text, offset, offset + len(piece.text))
    return ""


def find_unexplained(catalogue: Catalogue) -> Iterator[Finding]:
    """A redaction that hides without a ground, or whose readers would see a bar without a reason."""
    for redaction in catalogue.register.by_ref.values():
        if redaction.state is RedactionState.LIFTED:
            continue
        missing = [] if redaction.ground else ["ground"]
        missing += [] if redaction.note.strip() else ["public note"]
        if missing:
            yield Finding(
                kind=FindingKind.UNEXPLAINED_REDACTION,
                sentence=f"{redaction.ref} has no {' and no '.join(missing)}.",
                fingerprint=fingerprint(FindingKind.UNEXPLAINED_REDACTION, redaction.ref, *missing),
                redaction_ref=redaction.ref,
                ref=redaction.target,
            )
