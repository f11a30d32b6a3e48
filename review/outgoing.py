"""What is said outward from inside passes the same check as a release; its result is shown inside only."""

from __future__ import annotations

from uuid import UUID

from review.checks.findings import Finding
from review.checks.outgoing import quotes_in
from review.snapshot import read_case


class HeldBack(ValueError):
    """The words say something that is hidden from their reader. `findings` may be shown to the fully cleared only."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("these words are hidden from their reader")
        self.findings = findings


def hold_back(*, case_id: UUID, audience_key: str, words: str) -> None:
    """Raise HeldBack when words for this audience quote what is hidden from it."""
    snapshot = read_case(case_id)
    if findings := quotes_in(snapshot, snapshot.audience(audience_key), words):
        raise HeldBack(findings)
