"""Shorter hidden words that stand readable elsewhere in the same edition: numbers, names, phrases. They warn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cases.redaction import Extent
from review.checks.findings import Finding, FindingKind
from review.checks.hidden import HiddenRun
from review.checks.look import Look
from review.checks.matching import NeedleIndex, rare_words
from review.checks.quotes import Place, once_a_sentence
from review.checks.reading import Passage
from review.checks.spans import Number, is_phrase, is_short, names_in, numbers_in, same_number

FEW = 3  # a name or number inside longer hidden words that is readable more often than this is no secret of theirs


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hidden words that may give something away. `alone`: they are all, or nearly all, that the run hides."""

    what: str
    run: HiddenRun
    start: int
    end: int
    alone: bool
    number: Number | None = None


Candidates = dict[str, list[Candidate]]
Places = list[tuple[Passage, int, int]]


def find_short(look: Look, quotes: list[Finding]) -> Iterator[Finding]:
    """Numbers, names and phrases; one finding for each run and sentence, none where a quote of that redaction was found."""
    told = {(quote.redaction_ref, quote.page, quote.place) for quote in quotes}
    seen: set[tuple[str, str, str, Place]] = set()
    for candidate, places in (*_words(look), *_numbers(look)):
        run, kind = candidate.run, FindingKind.SHORT
        for passage, start, end in places if candidate.alone or len(places) <= FEW else ():
            if not look.has_room(kind, run):
                continue
            hidden, sentence = run.sentence_at(candidate.start, candidate.end), passage.sentence(start, end)
            key = (run.ref, hidden, f"{id(passage)}", passage.bounds(start, end))
            if key not in seen and (run.ref, passage.page, sentence) not in told:
                seen.add(key)
                yield look.likeness(kind, run, hidden, passage, (start, end), _says(look, candidate, passage))


def _says(look: Look, found: Candidate, passage: Passage) -> str:
    words = found.run.text[found.start : found.end]
    hidden = f"hidden from {look.audience.name} by {found.run.ref} in {found.run.owned.where}"
    return f"The {found.what} “{words}”, {hidden}, may stand readable in {passage.where}."


def _words(look: Look) -> Iterator[tuple[Candidate, Places]]:
    index, found = NeedleIndex(look.work), dict[tuple[str, str, str], Candidate]()
    for run in look.runs:
        for needle, candidate in _words_of(look, run):
            index.add(needle)
            found.setdefault((needle, run.ref, run.sentence_at(candidate.start, candidate.end)), candidate)
    places: dict[str, Places] = defaultdict(list)
    for passage in look.words.passages:
        for needle, start, end in once_a_sentence(index, passage):
            places[needle].append((passage, start, end))
    return ((candidate, places[needle]) for (needle, _, _), candidate in found.items())


def _words_of(look: Look, run: HiddenRun) -> Iterator[tuple[str, Candidate]]:
    alone = is_short(run)
    names = [] if alone and _is_declared_name(look, run) else list(names_in(run))
    for name in names:
        yield "".join(w.letters for w in name), Candidate("name", run, name[0].start, name[-1].end, alone)
    if alone and not names and (is_phrase(run) or _is_declared_name(look, run)):
        what = "name" if _is_declared_name(look, run) else "phrase"
        yield "".join(run.letters), Candidate(what, run, run.words[0].start, run.words[-1].end, alone=True)


def _is_declared_name(look: Look, run: HiddenRun) -> bool:
    """Whether the person who redacted said that it is a name, and it is no common word."""
    redactions = (look.catalogue.register.by_ref.get(ref) for ref in run.refs)
    return any(one and one.extent is Extent.NAME for one in redactions) and rare_words(run.letters) > 0


def _numbers(look: Look) -> Iterator[tuple[Candidate, Places]]:
    found = [(number, run) for run in look.runs for number in numbers_in(run.text, run.start, run.end)]
    wanted = {number.value for number, run in found if is_short(run) or number.is_distinct}
    shown: dict[str, list[tuple[Passage, Number]]] = defaultdict(list)
    for passage in look.words.passages if wanted else ():
        for number in numbers_in(passage.text):
            look.work.asked += 1
            if number.value in wanted:
                shown[number.value].append((passage, number))
    for number, run in found:
        alone = is_short(run)
        like = [(p, n.start, n.end) for p, n in shown.get(number.value, ()) if same_number(number, n, alone=alone)]
        yield Candidate("number", run, number.start, number.end, alone, number), like
