"""One edition as the check looks at it: what its audience reads, and what is hidden from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.redaction import Audience
from review.checks.catalogue import Catalogue
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.folding import normalised
from review.checks.hidden import HiddenRun, hidden_runs
from review.checks.matching import Work
from review.checks.material import EditionMaterial
from review.checks.reading import EditionWords, Passage, read_edition

MOST_PLACES = 25  # open findings of one kind, audience and redaction; more at a time help nobody
Group = tuple[FindingKind, str, str]


def group_of(finding: Finding) -> Group:
    """Kind, audience and redaction."""
    return finding.kind, finding.audience, finding.redaction_ref


@dataclass(frozen=True)
class Look:
    """Made once per edition; every check takes it."""

    catalogue: Catalogue
    edition: EditionMaterial
    words: EditionWords
    runs: tuple[HiddenRun, ...]
    work: Work = field(default_factory=Work)
    decisions: Mapping[str, str] = field(default_factory=dict)
    open: Counter[Group] = field(default_factory=Counter)
    skipped: Counter[Group] = field(default_factory=Counter)

    @property
    def audience(self) -> Audience:
        """Whose edition it is."""
        return self.edition.audience

    def has_room(self, kind: FindingKind, run: HiddenRun) -> bool:
        """Whether another place for that redaction is to be told; counts those that are not, whatever was decided of them."""
        group = (kind, self.audience.key, run.ref)
        self.skipped[group] += self.open[group] >= MOST_PLACES
        return self.open[group] < MOST_PLACES

    def likeness(
        self, kind: FindingKind, run: HiddenRun, hidden: str, passage: Passage, at: tuple[int, int], says: str
    ) -> Finding:
        """A finding that hidden words stand readable at that place; `hidden` is the live sentence that they are hidden in."""
        start, end = at
        name = fingerprint(kind, run.ref, normalised(hidden), normalised(passage.sentence(start, end)))
        self.open[kind, self.audience.key, run.ref] += name not in self.decisions
        return Finding(
            kind=kind,
            sentence=says,
            fingerprint=name,
            audience=self.audience.key,
            redaction_ref=run.ref,
            **passage.place(start, end, self.edition.maps),  # type: ignore[arg-type]  # only fields of a finding
        )


def look_at(edition: EditionMaterial, catalogue: Catalogue, work: Work, decisions: Mapping[str, str]) -> Look:
    """Read an edition."""
    runs = tuple(hidden_runs(catalogue, edition.audience))
    return Look(catalogue, edition, read_edition(edition, catalogue), runs, work, decisions)
