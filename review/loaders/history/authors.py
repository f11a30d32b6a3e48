"""Who wrote what stands in a text now, and when: every word of it since its log begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from prosemirror.transform import StepMap

from cases.access import Actor
from prose.mapping import maps_of
from prose.models import Checkpoint, Step, Text, Why
from review.history.authors import NOBODY, authors, written
from review.history.rendering import render_authors
from review.history.sittings import Entry, Sitting, sittings
from review.loaders.history.opened import SOMEBODY, OpenCase, names_of, open_case, opened
from review.loaders.history.text import log_of, text_in
from review.loaders.text_owners import TextName, owner_of_text

LONGEST = 5_000  # batches looked back: older words are "before" the first of them
FACES = 4


@dataclass(frozen=True, slots=True)
class Author:
    """One person who wrote something that still stands, and the class of their colour."""

    name: str
    initials: str
    face: str


@dataclass(frozen=True, slots=True)
class TextAuthors:
    """The words of a text, each stretch signed. `since`: words that nobody signs stood there before then."""

    case: OpenCase
    name: TextName | None
    text: Text
    html: SafeString
    people: tuple[Author, ...]
    since: datetime | None


def text_authors(actor: Actor, case_id: UUID, key: str, base: str) -> TextAuthors:
    """Raises Http404."""
    case = open_case(actor, case_id, base)
    text = text_in(case_id, key)
    start = _start(text)
    log = [entry for entry in log_of(text, text.version, LONGEST) if start and entry.version > start.version]
    signatures = _Signatures(sittings(log), log)
    size = opened(start.content if start else text.content, text, case.clearance).content_size
    runs = authors(size, ((signatures.number(version), maps) for version, maps in _maps(text, start)))
    blocks = written(opened(text.content, text, case.clearance), runs)
    html = render_authors(blocks, case.legend, signatures.of, signatures.face)
    used = {one.who for block in blocks for one in block}
    since = log[0].at if log else None
    return TextAuthors(case, owner_of_text(case_id, key), text, html, signatures.people(used), since)


def _start(text: Text) -> Checkpoint | None:
    """From where the log is carried forward: its first checkpoint, unless that is very long ago."""
    kept = Checkpoint.objects.filter(text_id=text.pk, version__gte=text.version - LONGEST)
    return kept.order_by("version").first()


def _maps(text: Text, start: Checkpoint | None) -> list[tuple[int, list[StepMap]]]:
    if start is None:
        return []
    rows = Step.objects.filter(text_id=text.pk, version__gt=start.version).order_by("version")
    return [(version, maps_of(steps)) for version, steps in rows.values_list("version", "steps")]


class _Signatures:
    """What stands after a stretch of words: whose it is, leading to the sitting in which it came."""

    def __init__(self, found: list[Sitting], log: list[Entry]) -> None:
        self._names = names_of(entry.by_id for entry in log)
        sitting_at = {version: one for one in found for version in range(one.before + 1, one.last + 1)}
        self._signs = list(dict.fromkeys((sitting_at[entry.version], entry.by_id) for entry in log))
        numbers = {sign: number for number, sign in enumerate(self._signs)}
        self._by_version = {entry.version: numbers[sitting_at[entry.version], entry.by_id] for entry in log}
        people = dict.fromkeys(entry.by_id for entry in log)
        self._faces = {person: f"by-{number % FACES + 1}" for number, person in enumerate(people)}

    def number(self, version: int) -> int:
        """One number for each person in each sitting."""
        return self._by_version[version]

    def face(self, who: int) -> str:
        """The class of the author's colour."""
        return self._faces[self._signs[who][1]]

    def of(self, who: int) -> SafeString:
        """The initials, as a link."""
        sitting, person = self._signs[who]
        name, when = self._names.get(person, SOMEBODY), localtime(sitting.ended)
        told = f"{name} {Why(sitting.why).label}, {when.day} {when:%B %Y, %H:%M}"
        link = (
            '<a class="by-ref" data-skip href="../history/?from={}&amp;to={}" aria-label="{}">{}'
            '<span class="by-tip" aria-hidden="true">{}</span></a>'
        )
        return format_html(link, sitting.before, sitting.last, told, initials(name), told)

    def people(self, used: set[int]) -> tuple[Author, ...]:
        """Whoever wrote something that still stands."""
        there = dict.fromkeys(self._signs[who][1] for who in sorted(used) if who != NOBODY)
        names = ((self._names.get(one, SOMEBODY), self._faces[one]) for one in there)
        return tuple(Author(name, initials(name), face) for name, face in names)


def initials(name: str) -> str:
    """Two letters at most: of the first name and of the last."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
