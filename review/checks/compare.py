"""What comparing editions tells: words that an audience already saw and would lose, and words that another one is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.folding import BAR, CHUNK, Folded, folded, folded_letters, normalised
from review.checks.hidden import HiddenRun
from review.checks.look import Look
from review.checks.matching import NeedleIndex, QuoteIndex, rare_words
from review.checks.sentences import sentence_around

WITHHELD = folded_letters(BAR)
Spans = dict[tuple[str, int], list[tuple[int, int]]]


def find_lost(look: Look) -> Iterator[Finding]:
    """Words of a text that its audience read in the last edition and that are hidden from it now, by text."""
    by_text: dict[str, list[HiddenRun]] = defaultdict(list)
    for run in look.runs:
        if run.owned.text.key in look.edition.earlier:
            by_text[run.owned.text.key].append(run)
    for key, runs in by_text.items():
        before = look.edition.earlier[key]
        for run, start, end in _lost_of(look, runs, before, look.words.plain(key)):
            sentence = sentence_around(before, start, end)
            yield Finding(
                kind=FindingKind.LOST,
                sentence=f"{look.audience.name} already read words of {run.owned.where} that {run.ref} now hides.",
                fingerprint=fingerprint(
                    FindingKind.LOST, look.audience.key, run.ref, normalised(run.sentence), normalised(sentence)
                ),
                audience=look.audience.key,
                redaction_ref=run.ref,
                page=run.owned.page,
                ref=run.owned.owner,
                place=sentence,
                words=before[start:end],
            )


def _lost_of(look: Look, runs: list[HiddenRun], before: str, now: str) -> Iterator[tuple[HiddenRun, int, int]]:
    """(run, start, end in the earlier words): quotes of the run in them; all of a run that stands there more often than now; or words
    that went from beside a bar into it."""
    index, whole, words = QuoteIndex(look.work), NeedleIndex(look.work), folded(before)
    for run in runs:
        index.add(run.letters)
        whole.add("".join(run.letters))
    found = {match.sequence: (match.start, match.end) for match in index.matches(words)}
    stood, stands = _counted(whole, words), _counted(whole, folded(now))
    gone = _gone_beside_bars(before, now) if before != now else []
    for number, run in enumerate(runs):
        letters = "".join(run.letters)
        places = stood.get(letters, [])
        if len(places) > len(stands.get(letters, ())):
            yield run, *places[0]
        elif number in found and not places:
            yield run, *found[number]
        elif joined := next(((start, end) for said, start, end in gone if said in letters), None):
            yield run, *joined


def _gone_beside_bars(before: str, now: str) -> list[tuple[str, int, int]]:
    """Words of before that are gone where a bar stands now, joined, with their place; not common ones alone."""
    old, new = list(CHUNK.finditer(before)), [folded_letters(chunk[0]) for chunk in CHUNK.finditer(now)]
    letters = [folded_letters(chunk[0]) for chunk in old]
    found: list[tuple[str, int, int]] = []
    for tag, first, last, new_first, new_last in SequenceMatcher(None, letters, new, autojunk=False).get_opcodes():
        said = [one for one in letters[first:last] if one != WITHHELD]
        near = new[max(0, new_first - 1) : new_last + 1]
        if tag != "equal" and WITHHELD in near and rare_words(said):
            found.append(("".join(said), old[first].start(), old[last - 1].end()))
    return found


def _counted(index: NeedleIndex, words: Folded) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for needle, start, end in index.matches(words):
        places[needle].append((start, end))
    return places


def find_uneven(looks: list[Look]) -> Iterator[Finding]:
    """Words hidden from one outward audience and shown to another one that is not cleared for more."""
    outward = [look for look in looks if look.audience.outward]
    hidden = {look.audience.key: _spans(look) for look in outward}
    for look in outward:
        for other in outward:
            if other is not look and not other.audience.cleared > look.audience.cleared:
                shown = (run for run in look.runs if _is_shown(run, hidden[other.audience.key]))
                yield from (_uneven(look, other, run) for run in shown)


def _spans(look: Look) -> Spans:
    spans: Spans = defaultdict(list)
    for run in look.runs:
        spans[run.owned.text.key, run.strand].append((run.start, run.end))
    return spans


def _is_shown(run: HiddenRun, hidden: Spans) -> bool:
    """Whether any word of the run is in none of those spans. Both are in order, so one pass does."""
    spans = iter(hidden.get((run.owned.text.key, run.strand), ()))
    start, end = next(spans, (0, 0))
    for word in run.words:
        while end < word.end and (following := next(spans, None)) is not None:
            start, end = following
        if not start <= word.start <= word.end <= end:
            return True
    return False


def _uneven(look: Look, other: Look, run: HiddenRun) -> Finding:
    mine, theirs = look.audience, other.audience
    return Finding(
        kind=FindingKind.UNEVEN,
        sentence=f"Words of {run.owned.where} hidden from {mine.name} by {run.ref} are shown to {theirs.name}, "
        "who is not cleared for more.",
        fingerprint=fingerprint(FindingKind.UNEVEN, mine.key, theirs.key, run.ref, normalised(run.sentence)),
        audience=mine.key,
        redaction_ref=run.ref,
        page=run.owned.page,
        ref=run.owned.owner,
        place=run.sentence,
        words=run.text[run.start : run.end],
    )
