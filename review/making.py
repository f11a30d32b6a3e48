"""Making a release: snapshot, project, render, check, all in memory; then stored in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from cases.projection import AudienceLens, to_json
from cases.redaction.facts import Audience
from prose.anchors import HiddenMap
from prose.nodes import Json, canonical
from prose.shown import ShownText
from review.projection import Composer, FrontPage, Page
from review.rendering import Surroundings, base_of, render_page
from review.shell import shell_of
from review.snapshot import CaseSnapshot

Progress = Callable[[int, int], None]


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
    maps: Mapping[str, tuple[int, HiddenMap]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Names exactly these bytes. Stays inside: unsalted, it would let hidden numbers be tried out."""
        whole = hashlib.sha256(canonical(self.shell).encode())
        for part in self.parts:
            for piece in (part.page, part.content, part.html):
                whole.update(hashlib.sha256(piece.encode()).digest())
        return whole.hexdigest()


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
    snapshot: CaseSnapshot, audience: Audience, statement: str, progress: Progress | None = None
) -> MadeEdition:
    """Project and render the whole edition of one audience. Pure but for the templates."""
    lens = AudienceLens(snapshot.register, audience)
    composer = Composer(snapshot, lens)
    made = MadeEdition(audience, statement, pages=dict(composer.pages()))
    front = made.pages["front"]
    assert isinstance(front, FrontPage)
    made.shell = shell_of(front, statement)
    for done, (name, page) in enumerate(made.pages.items(), start=1):
        made.parts.append(_part(name, page))
        if progress and done % 20 == 0:
            progress(done, len(made.pages))
    made.maps = lens.maps
    return made


def _part(name: str, page: Page[ShownText]) -> MadePart:
    return MadePart(name, canonical(to_json(page)), render_page(page, Surroundings(base_of(name))))
