"""The release check: all checks over all editions of a release, with what was decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from review.checks.argument import Standing, find_weak
from review.checks.catalogue import Catalogue
from review.checks.compare import find_lost, find_uneven
from review.checks.editions import find_cited, find_statement
from review.checks.files import find_missing_files
from review.checks.findings import Finding, Severity
from review.checks.fine import Fine, what_is_fine
from review.checks.kept import find_kept
from review.checks.look import MOST_PLACES, Group, Look, group_of, look_at
from review.checks.marks import find_unexplained, find_unknown
from review.checks.matching import Work
from review.checks.material import CheckMaterial
from review.checks.quotes import find_quotes, find_terms
from review.checks.short import find_short


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, what holds every release first; and what was looked at and is fine."""

    findings: tuple[Finding, ...] = ()
    fine: tuple[Fine, ...] = ()


def run_checks(material: CheckMaterial, work: Work | None = None) -> tuple[Finding, ...]:
    """Everything found, what stops first, each with the reason it was settled with. `work` counts what it cost."""
    return check_release(material, work).findings


def check_release(material: CheckMaterial, work: Work | None = None) -> Checked:
    """The same, with what is fine."""
    catalogue = Catalogue(material.snapshot)
    work = work or Work()
    looks = [look_at(edition, catalogue, work, material.decisions) for edition in material.editions]
    decided = [_decided(finding, material.decisions) for finding in _found(material, catalogue, looks)]
    skipped = sum((look.skipped for look in looks), Counter())
    findings = tuple(sorted(_bounded(decided, skipped), key=lambda finding: ORDER.index(finding.severity)))
    return Checked(findings, what_is_fine(material, catalogue, looks, findings))


ORDER = (Severity.STOPS, Severity.WARNS, Severity.STOPS_PUBLICATION)


def _found(material: CheckMaterial, catalogue: Catalogue, looks: list[Look]) -> Iterator[Finding]:
    yield from find_unknown(catalogue)
    yield from find_unexplained(catalogue)
    for look in looks:
        yield from _in_one(look, material.registered_terms)
    for edition in material.editions:
        yield from find_missing_files(edition, material.files)
    yield from find_uneven(looks)
    if material.facts is not None:
        audiences = tuple(edition.audience for edition in material.editions)
        left_out = frozenset.intersection(*(edition.left_out for edition in material.editions))
        yield from find_weak(Standing(material.snapshot, catalogue, audiences, left_out, material.facts))


def _in_one(look: Look, terms: tuple[str, ...]) -> Iterator[Finding]:
    yield from find_statement(look)
    yield from find_cited(look)
    yield from find_kept(look)
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
