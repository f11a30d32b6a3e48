"""Pages that an amendment takes over as they were: they may hold nothing that the rule hides from their audience today."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from cases.projection import to_json
from prose.nodes import canonical
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.folding import words_of
from review.checks.look import Look
from review.checks.reading import EditionWords, read_edition
from review.figures import shown_files

BARS = re.compile(r'"ref":"(R-[0-9A-Z]+)"')


def find_kept(look: Look) -> Iterator[Finding]:
    """A kept page of which more is hidden today: another bar, a hidden word that stands there oftener than it would now."""
    if not look.edition.fresh:
        return
    found = _bars(look)
    for page, refs in _words(look).items():
        found.setdefault(page, set()).update(refs)
    for page in sorted(found):
        for ref in sorted(found[page]):
            yield _kept(look, page, ref)


def _bars(look: Look) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, now in look.edition.fresh.items():
        if now is None:  # left out altogether by now
            found[name].add(look.catalogue.omitted(look.audience).get(name.partition("/")[2], ""))
            continue
        before = look.edition.pages[name]
        refs = Counter(BARS.findall(canonical(to_json(now)))) - Counter(BARS.findall(canonical(to_json(before))))
        hiding = look.catalogue.hiding(look.audience)
        found[name].update(ref for ref in refs if ref in hiding)
        if refs and shown_files([before]) - shown_files([now]):
            found[name].update(refs)
    return {name: refs for name, refs in found.items() if refs}


def _words(look: Look) -> dict[str, set[str]]:
    """By word and not by passage: rather a page too many than a hidden word that joined an older bar."""
    pages = {name: page for name, page in look.edition.fresh.items() if page is not None}
    now = EditionWords(look.edition)
    if pages:
        now = read_edition(look.edition.of(pages), look.catalogue)
    found: dict[str, set[str]] = defaultdict(set)
    counted: dict[str, Counter[str]] = {}
    for run in look.runs:
        key, page = run.owned.text.key, run.owned.page
        if page not in look.edition.fresh:
            continue
        if key not in counted:
            counted[key] = _counted(look.words.plain(key)) - _counted(now.plain(key))
        if counted[key].keys() & set(run.letters):
            found[page].add(run.ref)
    return found


def _counted(words: str) -> Counter[str]:
    return Counter(word.letters for word in words_of(words))


def _kept(look: Look, page: str, ref: str) -> Finding:
    what = "The summary" if page == "front" else page.rpartition("/")[2]
    why = f", by {ref}" if ref else ""
    return Finding(
        kind=FindingKind.KEPT_PAGE,
        sentence=f"{what} holds words hidden from {look.audience.name} since{why}; choose it too.",
        fingerprint=fingerprint(FindingKind.KEPT_PAGE, look.audience.key, page, ref),
        audience=look.audience.key,
        redaction_ref=ref,
        page=page,
    )
