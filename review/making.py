"""Making a release: snapshot, project, render, check, all in memory; then stored in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.db import connection, transaction

from cases.projection import AudienceLens, from_json, to_json
from cases.redaction.facts import Audience
from prose.anchors import HiddenMap
from prose.nodes import Json, canonical
from prose.shown import ShownText
from review.figures import shown_files, shown_texts
from review.finding import findable
from review.projection import Composer, Edition, Page
from review.projection.amended import Whole, absent, amended, whole_of
from review.projection.glossary import glossary_of
from review.projection.history import EarlierPages, history_of
from review.references import references_in
from review.rendering import Surroundings, base_of, render_page
from review.shell import shell_of
from review.snapshot import CaseSnapshot
from review.states import FIND, PageKind

Progress = Callable[[int, int], None]
Maps = Mapping[str, tuple[int, HiddenMap]]


@dataclass(frozen=True, slots=True)
class MadePart:
    """One page: its address below the edition, canonical JSON and HTML."""

    page: str
    content: str
    html: str


@dataclass(slots=True)
class MadeEdition:
    """All that one audience will get, in memory."""

    audience: Audience
    statement: str
    pages: dict[str, Page[ShownText]] = field(default_factory=dict)
    parts: list[MadePart] = field(default_factory=list)
    shell: dict[str, Json] = field(default_factory=dict)
    maps: Maps = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    fresh: dict[str, Page[ShownText] | None] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Names exactly these bytes. Stays inside: unsalted, it would let hidden numbers be tried out."""
        whole = hashlib.sha256(canonical(self.shell).encode())
        for part in self.parts:
            for piece in (part.page, part.content, part.html):
                whole.update(hashlib.sha256(piece.encode()).digest())
        for key, content in self.files.items():
            whole.update(key.encode() + hashlib.sha256(content).digest())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Before:
    """What one audience had before: its earlier editions; and of the newest its pages, private maps and figures, where one is amended."""

    earlier: tuple[EarlierPages, ...] = ()
    pages: Mapping[str, Json] = field(default_factory=dict)
    maps: Maps = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


NOTHING_BEFORE = Before()


@contextmanager
def frozen_read() -> Iterator[None]:
    """A read-only REPEATABLE READ transaction, or the caller's own when there is one."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def make_edition(
    snapshot: CaseSnapshot,
    audience: Audience,
    statement: str,
    progress: Progress | None = None,
    figures: Mapping[str, bytes] | None = None,
    left_out: frozenset[str] = frozenset(),
    before: Before = NOTHING_BEFORE,
) -> MadeEdition:
    """Project and render the whole edition of one audience, with those of the case's figures that it shows. Pure but for the templates."""
    lens = AudienceLens(snapshot.register, audience, left_out)
    history = history_of(before.earlier, lens, snapshot.header.reference)
    made = rendered(Composer(snapshot, lens, history).edition(), audience, statement, progress)
    made.maps, made.left_out = lens.maps, left_out
    made.files = _shown(made, figures or {})
    return made


def make_amendment(
    snapshot: CaseSnapshot,
    audience: Audience,
    statement: str,
    before: Before,
    chosen: Collection[str],
    figures: Mapping[str, bytes] | None = None,
) -> MadeEdition:
    """The edition before with the chosen pages made anew: everything else stays what it was, or is worked out from the result."""
    old = whole_of({name: _read_page(content) for name, content in before.pages.items()})
    left_out = absent(old, _homes(snapshot), chosen)
    lens = AudienceLens(snapshot.register, audience, left_out)
    history = history_of(before.earlier, lens, snapshot.header.reference)
    fresh = dict(Composer(snapshot, lens, history).pages())
    whole = amended(old, whole_of(fresh), chosen)
    made = rendered(Edition(whole.header, whole.own, history), audience, statement)
    made.maps, made.left_out = _maps(old, made, before.maps, lens.maps), left_out
    made.fresh = {name: fresh.get(name) for name in (PageKind.FRONT, *whole.own) if name not in chosen}
    made.files = _shown(made, {**before.files, **(figures or {})})
    return made


def _read_page(content: Json) -> Page[ShownText]:
    return from_json(content)  # type: ignore[return-value]  # a stored page is one


def _homes(snapshot: CaseSnapshot) -> list[str]:
    """The page of every object that has one."""
    kinds = (
        (PageKind.SECTION, snapshot.sections),
        (PageKind.PATHWAY, snapshot.pathways),
        (PageKind.CLAIM, snapshot.claims),
        (PageKind.EVIDENCE, snapshot.evidence),
    )
    return [f"{kind}/{one.ref}" for kind, objects in kinds for one in objects]


def _maps(old: Whole, made: MadeEdition, before: Maps, now: Maps) -> dict[str, tuple[int, HiddenMap]]:
    """Text key → the map of exactly that reading of the text which stands in the edition."""
    kept = {id(text) for text in shown_texts((old.header, *old.own.values()))}
    found: dict[str, tuple[int, HiddenMap]] = {}
    for text in shown_texts(tuple(made.pages.values())):
        maps = before if id(text) in kept else now
        if text.key in maps:
            found[text.key] = maps[text.key]
    return found


def _shown(made: MadeEdition, figures: Mapping[str, bytes]) -> dict[str, bytes]:
    return {key: figures[key] for key in sorted(shown_files(made.pages.values())) if key in figures}


def rendered(
    edition: Edition[ShownText], audience: Audience, statement: str, progress: Progress | None = None
) -> MadeEdition:
    """An edition as JSON and HTML."""
    made = MadeEdition(audience, statement, pages=dict(edition.pages()))
    made.shell = shell_of(edition.header, edition.rail, statement)
    around = Surroundings("", known=references_in(made.pages), terms=glossary_of(edition.terms()))
    for done, (name, page) in enumerate(made.pages.items(), start=1):
        made.parts.append(_part(name, page, around))
        if progress and done % 20 == 0:
            progress(done, len(made.pages))
    made.parts.append(MadePart(FIND, canonical(findable(made.pages)), ""))
    return made


def _part(name: str, page: Page[ShownText], around: Surroundings) -> MadePart:
    html = render_page(page, replace(around, base=base_of(name)))
    return MadePart(name, canonical(to_json(page)), html)
