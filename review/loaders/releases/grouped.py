"""What a check found, in the order in which people take it: what holds the release, what holds publication, the rest, what is fine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prose.nodes import Json
from review.checks.advice import ADVICE
from review.checks.findings import Finding
from review.states import Purpose


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what to do about it."""

    finding: Finding
    advice: str
    noted: str = ""  # a reason that somebody gave since the check

    @property
    def where(self) -> str:
        """What its page is called."""
        return page_name(self.finding.page)

    @property
    def settled_with(self) -> str:
        """How a reason begins: two passages are not the same, or the argument stands."""
        return "Stands, because" if self.finding.is_argument else "Not the same, because"


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one release, for its purpose."""

    stops: tuple[FindingRow, ...]
    noted: tuple[FindingRow, ...]
    before_publication: tuple[FindingRow, ...]
    warnings: tuple[FindingRow, ...]
    settled: tuple[FindingRow, ...]
    fine: tuple[tuple[str, str], ...]


def grouped(findings: list[Finding], fine: list[list[str]], purpose: Purpose, decisions: Mapping[str, str]) -> Findings:
    """Sorted into groups; each stands in one. `decisions`: reasons given up to now."""
    rows = [FindingRow(one, ADVICE[one.kind], decisions.get(one.fingerprint, "")) for one in findings]
    unsettled = [row for row in rows if not row.finding.decided and not row.noted]
    kept = [row for row in unsettled if not row.finding.holds(purpose)]
    return Findings(
        stops=tuple(row for row in unsettled if row.finding.holds(purpose)),
        noted=tuple(row for row in rows if row.noted and not row.finding.decided),
        before_publication=tuple(row for row in kept if row.finding.is_argument),
        warnings=tuple(row for row in kept if not row.finding.is_argument),
        settled=tuple(row for row in rows if row.finding.decided),
        fine=tuple((sentence, looked_at) for sentence, looked_at in fine),
    )


def page_name(page: str) -> str:
    """What a page is called in a list: a reference, or its word."""
    if page == "front":
        return "Summary"
    return page.rpartition("/")[2] if "/" in page else page.capitalize()


def since(changes: Mapping[str, Json]) -> str:
    """What `PreparedEdition.changes` says, as a sentence."""
    if not (number := changes.get("since")):
        return f"Its first edition: {_many(changes, 'words_in', 'word')}, {_many(changes, 'bars_in', 'bar')}."
    said = [f"{_many(changes, 'words_in', 'word')} in", f"{changes.get('words_out', 0)} out"]
    said += [f"{_many(changes, 'bars_out', 'bar')} lifted"] if changes.get("bars_out") else []
    said += [f"{_many(changes, 'bars_in', 'bar')} new"] if changes.get("bars_in") else []
    said += ["another redaction statement"] if changes.get("statement") else []
    return f"Since edition {number}: {', '.join(said)}."


def _many(changes: Mapping[str, Json], name: str, word: str) -> str:
    number = changes.get(name, 0)
    return f"{number} {word}{'' if number == 1 else 's'}"
