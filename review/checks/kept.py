"""Pages that an amendment takes over as they were: they may hold nothing that the rule hides from their audience today."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from cases.projection import to_json
from prose.nodes import Node, canonical
from prose.shown import ShownText
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.folding import words_of
from review.checks.hidden import hidden_leaves
from review.checks.look import Look
from review.checks.strands import strands_of
from review.figures import shown_texts
from review.projection import FrontPage, Page
from review.projection.hiding import bars_on
from review.states import PageKind

BARS = re.compile(r'"ref":"(R-[0-9A-Z]+)"')
Kept = dict[str, tuple[Page[ShownText], Page[ShownText]]]  # page → as it was, as it would be now


def find_kept(look: Look) -> Iterator[Finding]:
    """A kept page of which more is hidden today: another bar, other words on one, a hidden thing that stands there too often."""
    fresh = look.edition.fresh
    if not fresh:
        return
    kept = {name: (look.edition.pages[name], now) for name, now in fresh.items() if now is not None}
    found: dict[str, set[str]] = defaultdict(set)
    for name in fresh.keys() - kept.keys():  # left out altogether by now
        found[name].add(look.catalogue.omitted(look.audience).get(name.partition("/")[2], ""))
    for name, (before, now) in kept.items():
        found[name].update(_bars(look, before, now), _reworded(look, before))
    for name, ref in _shown_still(look, kept):
        found[name].add(ref)
    for page in sorted(found):
        for ref in sorted(found[page]):
            yield _kept(look, page, ref)


def _bars(look: Look, before: Page[ShownText], now: Page[ShownText]) -> set[str]:
    refs = Counter(BARS.findall(_own(now))) - Counter(BARS.findall(_own(before)))
    return refs.keys() & look.catalogue.hiding(look.audience)


def _own(page: Page[ShownText]) -> str:
    """As JSON. Of the summary its header alone: its lists are worked out from the other pages, and those are looked at themselves."""
    return canonical(to_json(page.header if isinstance(page, FrontPage) else page))


def _reworded(look: Look, before: Page[ShownText]) -> set[str]:
    """The redactions of which the page says something else than is said of them today: that was taken back."""
    register, hiding = look.catalogue.register, look.catalogue.hiding(look.audience)
    said = {str(item.get("ref")): item for item in bars_on(before.header if isinstance(before, FrontPage) else before)}
    return {ref for ref, item in said.items() if ref in hiding and [item] != register.items([ref], look.audience)}


def _shown_still(look: Look, kept: Kept) -> Iterator[tuple[str, str]]:
    """(page, redaction) by word and not by passage: rather a page too many than a hidden word that joined an older bar."""

    @cache
    def gone(page: str) -> dict[str, Counter[str]]:
        before, now = map(_things, kept[page])
        return {key: there - now.get(key, Counter()) for key, there in before.items()}

    runs = ((run.owned, run.ref, set(run.letters)) for run in look.runs)
    leaves = ((owned, ref, set(_thing(leaf))) for owned, leaf, ref in hidden_leaves(look.catalogue, look.audience))
    for owned, ref, hidden in (*runs, *leaves):
        # A group has no page of its own: every claim in it shows its name.
        pages = kept.keys() - {PageKind.FRONT} if owned.page == PageKind.REGISTER else kept.keys() & {owned.page}
        yield from ((page, ref) for page in pages if hidden & gone(page).get(owned.text.key, Counter()).keys())


def _things(page: Page[ShownText]) -> dict[str, Counter[str]]:
    """Text key → its words, citations and figures."""
    found: dict[str, Counter[str]] = {}
    for text in shown_texts(page):
        if text.key not in found:
            words = Counter(word.letters for strand in strands_of(text.document) for word in words_of(strand.text))
            found[text.key] = words + Counter(thing for leaf in text.document.leaves() for thing in _thing(leaf))
    return found


def _thing(leaf: Node) -> list[str]:
    """What a leaf without words shows. No word looks so."""
    names = {"citation": "ref", "image": "file"}
    return [f"{leaf.type} {leaf.attrs.get(names[leaf.type])}"] if leaf.type in names else []


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
