"""What the check looked at and found in order: a sentence each, with counts, so that an empty list of findings is not taken on trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prose.nodes import Json
from review.checks.catalogue import Catalogue
from review.checks.findings import Finding
from review.checks.findings import FindingKind as Kind
from review.checks.look import Look
from review.checks.material import CheckMaterial


@dataclass(frozen=True, slots=True)
class Fine:
    """One thing that is in order, and how much was looked at. No words of the case."""

    sentence: str
    looked_at: str

    def to_json(self) -> Json:
        """For `Release.fine`."""
        return [self.sentence, self.looked_at]


def what_is_fine(
    material: CheckMaterial, catalogue: Catalogue, looks: list[Look], findings: tuple[Finding, ...]
) -> tuple[Fine, ...]:
    """Every check that found nothing, settled findings included: they were found."""
    kinds = {finding.kind for finding in findings}
    rows = [*_leaks(catalogue, looks), *(_argument(material) if material.facts else ())]
    return tuple(Fine(sentence, looked_at) for about, sentence, looked_at in rows if not about & kinds)


Row = tuple[frozenset[Kind], str, str]


def _leaks(catalogue: Catalogue, looks: list[Look]) -> Iterator[Row]:
    editions = _many(len(looks), "edition")
    hidden = _many(len({run.sentence for look in looks for run in look.runs}), "hidden passage")
    read = _many(sum(len(look.words.passages) for look in looks), "shown passage")
    said = f"{hidden} looked for in {read}"
    yield frozenset({Kind.QUOTE, Kind.TERM}), "No hidden words stand readable elsewhere", said
    yield frozenset({Kind.SHORT}), "No single hidden name or number stands readable elsewhere", said
    cited = _many(sum(len(look.words.cited) for look in looks), "citation")
    yield frozenset({Kind.CITES_OMITTED}), "Every citation leads somewhere in every edition", f"{cited}, {editions}"
    known = _many(len(catalogue.register.by_ref), "redaction")
    texts = _many(len(catalogue.texts), "text")
    yield frozenset({Kind.UNKNOWN_REDACTION}), "Every mark names a redaction that is known", f"{known}, {texts}"
    yield frozenset({Kind.UNEXPLAINED_REDACTION}), "Every redaction has a ground and a public note", known
    outward = sum(look.audience.outward for look in looks)
    if outward:
        statement = frozenset({Kind.NO_STATEMENT, Kind.STATEMENT_DIFFERS})
        yield statement, "Redaction statements name the grounds of the bars and no other", _many(outward, "statement")
    if before := [look for look in looks if look.edition.earlier]:
        compared = _many(sum(len(look.edition.earlier) for look in before), "text")
        yield frozenset({Kind.LOST}), "Nothing that was read before is hidden now", f"{compared} of earlier editions"
    if outward > 1:
        yield frozenset({Kind.UNEVEN}), "No outward audience is shown what another is not cleared for", editions


def _argument(material: CheckMaterial) -> Iterator[Row]:
    case = material.snapshot
    known = _many(len(case.register.by_ref), "redaction")
    pathways, claims = _many(len(case.pathways), "pathway"), _many(len(case.claims), "claim")
    evidence = f"{len(case.evidence)} pieces of evidence" if len(case.evidence) != 1 else "1 piece of evidence"
    yield frozenset({Kind.UNDECIDED, Kind.DECIDE_AGAIN}), "Every redaction is decided", known
    yield frozenset({Kind.UNSEEN_LOAD}), "Nothing hidden from everybody outside is said to bear load", known
    parts = _many(len(case.sections) + len(case.pathways), "part")
    yield frozenset({Kind.NOT_READY}), "Every part that is released is ready", parts
    yield frozenset({Kind.NOT_RATED}), "Every pathway has a rating and a reason", pathways
    yield frozenset({Kind.BARE}), "Everything that is called supported rests on something", f"{pathways}, {claims}"
    yield frozenset({Kind.SHAKY}), "Every load-bearing claim is supported", claims
    yield frozenset({Kind.WEAK_EVIDENCE}), "Load-bearing evidence was valid at the evidence cut-off", evidence
    yield frozenset({Kind.UNOWNED}), "What several pathways rest on has an owner", f"{claims}, {evidence}"
    yield frozenset({Kind.MENTIONED_ONLY}), "What an argument cites is linked to it", f"{pathways}, {claims}"
    yield frozenset({Kind.LINKED_ONLY}), "Every argument speaks of each claim it rests on", pathways
    yield frozenset({Kind.DOUBTED}), "No doubt about what is released is open", f"{pathways}, {claims}, {evidence}"
    if case.assurances:
        yield (
            frozenset({Kind.UNNAMED}),
            "Every assurance is given by somebody named outside",
            _many(len(case.assurances), "assurance"),
        )


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
