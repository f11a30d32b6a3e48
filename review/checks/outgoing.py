"""One text that goes outward, looked at as a release is."""

from __future__ import annotations

from cases.redaction.facts import Audience
from review.checks.findings import Finding
from review.snapshot import CaseSnapshot


def quotes_in(snapshot: CaseSnapshot, audience: Audience, words: str) -> tuple[Finding, ...]:
    """The hidden words of the case that stand in these words for this audience."""
    return ()
