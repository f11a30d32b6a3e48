"""The release check: all checks over all editions of a release, with what was decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from review.checks.catalogue import Catalogue
from review.checks.compare import find_lost, find_uneven
from review.checks.editions import find_cited, find_statement
from review.checks.findings import Finding, Severity
from review.checks.look import MOST_PLACES, Group, Look, group_of, look_at
from review.checks.marks import find_unexplained, find_unknown
from review.checks.matching import Work
from review.checks.material import CheckMaterial
from review.checks.quotes import find_quotes, find_terms
from review.checks.short import find_short


def run_checks(material: CheckMaterial, work: Work | None = None) -> tuple[Finding, ...]:
    """Everything found, what stops first, each with the reason it was settled with. `work` counts what it cost."""
    catalogue = Catalogue(material.snapshot)
    work = work or Work()
    looks = [look_at(edition, catalogue, work, material.decisions) for edition in material.editions]
    found = [*find_unknown(catalogue), *find_unexplained(catalogue)]
    for look in looks:
        found += _in_one(look, material.registered_terms)
    found += find_uneven(looks)
    decided = [_decided(finding, material.decisions) for finding in found]
    skipped = sum((look.skipped for look in looks), Counter())
    return tuple(sorted(_bounded(decided, skipped), key=lambda finding: finding.severity is Severity.WARNS))


def _in_one(look: Look, terms: tuple[str, ...]) -> Iterator[Finding]:
    yield from find_statement(look)
    yield from find_cited(look)
    quotes = list(find_quotes(look))
    yield from quotes
    yield from find_terms(look, terms)
    yield from find_short(look, quotes)
    yield from find_lost(look)


def _decided(finding: Finding, decisions: Mapping[str, str]) -> Finding:
    reason = decisions.get(finding.fingerprint, "")
    return replace(finding, decided=reason) if reason and finding.can_be_settled else finding


def _bounded(findings: list[Finding], skipped: Counter[Group]) -> Iterator[Finding]:
    """All settled findings, and of the open ones no more than a person can look at in one go."""
    total = skipped + Counter(group_of(finding) for finding in findings if not finding.decided)
    passed: Counter[Group] = Counter()
    for finding in findings:
        if finding.decided:
            yield finding
            continue
        group = group_of(finding)
        passed[group] += 1
        more = total[group] - MOST_PLACES
        if passed[group] < MOST_PLACES or more <= 0:
            yield finding
        elif passed[group] == MOST_PLACES:
            yield replace(finding, sentence=f"{finding.sentence} There are {more} more such places.")
