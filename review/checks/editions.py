"""What an edition says of what is not in it: references to omitted objects, and the redaction statement."""

from __future__ import annotations

from collections.abc import Iterator

from cases.redaction import Ground
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.folding import folded, normalised, words_of
from review.checks.look import Look
from review.checks.matching import NeedleIndex
from review.checks.reading import Passage
from review.references import references_in


def find_cited(look: Look) -> Iterator[Finding]:
    """A citation of an object that is left out for this audience, or retired, in shown words, or its reference typed there."""
    omitted = dict.fromkeys(look.edition.left_out, "") | look.catalogue.omitted(look.audience)
    # An amendment may still have the page of something that was retired since: then its citations lead there.
    there = look.catalogue.objects | references_in(look.edition.pages)
    for ref, passage, offset in look.words.cited:
        if ref in omitted or ref not in there:
            yield _cites(look, ref, omitted.get(ref, ""), passage, (offset, offset + 1))
    index, named = NeedleIndex(look.work), {_letters(ref): ref for ref in omitted}
    for letters in named:
        index.add(letters)
    for passage in look.words.passages:
        for needle, start, end in index.matches(passage.folded):
            yield _cites(look, named[needle], omitted[named[needle]], passage, (start, end))


def _cites(look: Look, ref: str, redaction: str, passage: Passage, at: tuple[int, int]) -> Finding:
    told = {name: value for name, value in passage.place(*at, {}).items() if name != "words"}
    left_out = f"left out for {look.audience.name} by {redaction}" if redaction else "left out of this release"
    if ref not in look.catalogue.objects:
        left_out = "retired, and stands nowhere"
    return Finding(
        kind=FindingKind.CITES_OMITTED,
        sentence=f"{ref} is {left_out}, but {passage.where} cites it.",
        fingerprint=fingerprint(FindingKind.CITES_OMITTED, look.audience.key, ref, normalised(passage.sentence(*at))),
        audience=look.audience.key,
        redaction_ref=redaction,
        words=ref,
        **told,  # type: ignore[arg-type]  # only fields of a finding
    )


def find_statement(look: Look) -> Iterator[Finding]:
    """An outward edition without redaction statement, or one that names other grounds than its bars do."""
    if not look.audience.outward:
        return
    if not look.edition.statement.strip():
        yield _about_statement(look, FindingKind.NO_STATEMENT, f"{look.audience.name} has no redaction statement.")
        return
    named, used = _grounds_named(look.edition.statement), {ground for ground in Ground if ground in look.words.grounds}
    for ground in Ground:
        if ground in used - named:
            says = f"Bars of {look.audience.name} give “{ground.label}” as ground; its redaction statement does not name it."
        elif ground in named - used:
            says = f"The redaction statement of {look.audience.name} names “{ground.label}”; no bar of it does."
        else:
            continue
        yield _about_statement(look, FindingKind.STATEMENT_DIFFERS, says, ground)


def _about_statement(look: Look, kind: FindingKind, says: str, ground: str = "") -> Finding:
    name = fingerprint(kind, look.audience.key, ground, normalised(look.edition.statement))
    return Finding(kind=kind, sentence=says, fingerprint=name, audience=look.audience.key, place=look.edition.statement)


def _grounds_named(statement: str) -> set[Ground]:
    labels = {_letters(ground.label): ground for ground in Ground}
    index = NeedleIndex()
    for letters in labels:
        index.add(letters)
    return {labels[needle] for needle, _, _ in index.matches(folded(statement))}


def _letters(words: str) -> str:
    return "".join(word.letters for word in words_of(words))
