"""Quotes of hidden words, and hidden registered terms, that stand readable elsewhere in the same edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from review.checks.findings import Finding, FindingKind
from review.checks.folding import folded, words_of
from review.checks.hidden import HiddenRun
from review.checks.look import Look
from review.checks.matching import Match, NeedleIndex, QuoteIndex
from review.checks.reading import Passage

Place = tuple[int, int]  # of one passage: start and end


def find_quotes(look: Look) -> Iterator[Finding]:
    """One finding for each run and each sentence that quotes it, at the longest quote there."""
    index, owners = QuoteIndex(look.work), defaultdict[int, dict[tuple[str, str], HiddenRun]](dict)
    numbers: dict[tuple[str, ...], int] = {}
    for run in look.runs:
        if run.letters not in numbers:
            numbers[run.letters] = index.add(run.letters)
        owners[numbers[run.letters]].setdefault((run.ref, run.sentence), run)
    for passage in look.words.passages:
        for match in _longest(index, passage):
            for run in owners[match.sequence].values():
                if not look.has_room(FindingKind.QUOTE, run):
                    continue
                hidden = run.sentence_of(match.first, match.last)
                says = f"Words hidden from {look.audience.name} by {run.ref} in {run.owned.where} stand readable in {passage.where}."
                yield look.likeness(FindingKind.QUOTE, run, hidden, passage, (match.start, match.end), says)


def _longest(index: QuoteIndex, passage: Passage) -> list[Match]:
    best: dict[tuple[int, Place], Match] = {}
    for match in index.matches(passage.folded):
        key = (match.sequence, passage.bounds(match.start, match.end))
        if key not in best or match.last - match.first > best[key].last - best[key].first:
            best[key] = match
    return list(best.values())


def find_terms(look: Look, terms: tuple[str, ...]) -> Iterator[Finding]:
    """Registered terms that are hidden somewhere and readable elsewhere: one finding for each redaction and sentence."""
    index, hidden = NeedleIndex(look.work), NeedleIndex(look.work)
    for term in terms:
        hidden.add("".join(word.letters for word in words_of(term)))
    owners: dict[str, dict[str, tuple[HiddenRun, str]]] = defaultdict(dict)
    for run in look.runs:
        words = run.text[run.start : run.end]
        for needle, start, end in hidden.matches(folded(words)):
            index.add(needle)
            sentence = run.sentence_at(run.start + start, run.start + end)
            owners[needle].setdefault(run.ref, (run, sentence))
    for passage in look.words.passages:
        for needle, start, end in once_a_sentence(index, passage):
            for run, sentence in owners[needle].values():
                if not look.has_room(FindingKind.TERM, run):
                    continue
                says = (
                    f"“{passage.text[start:end]}”, a registered term hidden from {look.audience.name} by {run.ref}, "
                    f"stands readable in {passage.where}."
                )
                yield look.likeness(FindingKind.TERM, run, sentence, passage, (start, end), says)


def once_a_sentence(index: NeedleIndex, passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Every needle at its first place in each sentence: (needle, start, end)."""
    seen: set[tuple[str, Place]] = set()
    for needle, start, end in index.matches(passage.folded):
        if (key := (needle, passage.bounds(start, end))) not in seen:
            seen.add(key)
            yield needle, start, end
