"""Amending an edition: its parts, those that changed since first, with what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance, require
from cases.projection import AudienceLens, to_json
from cases.roles import Action
from prose.content import plain_text
from prose.nodes import Json
from review.changed import compared
from review.comparing import ChangedPage
from review.loaders.earlier import REPEATING, Earlier, read_last
from review.loaders.home import title_of
from review.loaders.releases.starting import AudienceRow, Choices, audience_rows, cold_readers
from review.models import Edition
from review.page_texts import texts_on
from review.projection import Composer
from review.snapshot import CaseSnapshot, read_case
from review.states import PageKind, Purpose

NAMES = {
    PageKind.FRONT: "Summary and scope",
    PageKind.ASSURANCES: "Assurances",
    PageKind.LIMITATIONS: "Limitations",
    PageKind.GLOSSARY: "Glossary",
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the edition that can be made anew. `changed`: what differs from the live case, in words; empty for nothing."""

    page: str
    ref: str
    title: str
    changed: str


@dataclass(frozen=True, slots=True)
class AmendDesk:
    """The parts of an edition that can be made anew, and what is asked besides."""

    case_id: UUID
    edition: Edition
    audience: AudienceRow
    purpose: Purpose
    statement: str
    changed: tuple[PartRow, ...]
    same: tuple[PartRow, ...]
    cold_readers: Choices
    title: str
    actions: frozenset[Action]

    @property
    def needs_cold_reader(self) -> bool:
        """Whether somebody must be named to read it cold."""
        return self.edition.outward and self.purpose is Purpose.PUBLICATION


def amend_desk(actor: Actor, case_id: UUID, edition_id: UUID) -> AmendDesk:
    """Raises Http404, also for an edition that is not the newest of its audience, or was withdrawn."""
    clearance, actions = full_clearance(actor, case_id)
    require(actor, Action.START_RELEASE, case_id)
    edition = Edition.objects.filter(pk=edition_id, case_id=case_id, withdrawn=False).first()
    last = read_last(case_id, [edition.audience_key]).get(edition.audience_key) if edition else None
    audiences = {row.key: row for row in audience_rows(case_id)}
    if edition is None or last is None or last.edition_id != edition.id or edition.audience_key not in audiences:
        raise Http404
    rows = tuple(_rows(last, _now(read_case(case_id), edition.audience_key)))
    return AmendDesk(
        case_id=case_id,
        edition=edition,
        audience=audiences[edition.audience_key],
        purpose=Purpose(edition.purpose),
        statement=str(edition.shell.get("statement", "")),
        changed=tuple(row for row in rows if row.changed),
        same=tuple(row for row in rows if not row.changed),
        cold_readers=cold_readers(case_id, actor),
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _now(snapshot: CaseSnapshot, key: str) -> dict[str, Json]:
    """What the audience would get now, page by page."""
    lens = AudienceLens(snapshot.register, snapshot.audience(key))
    return {name: to_json(page) for name, page in Composer(snapshot, lens).pages() if name not in REPEATING}


def _rows(last: Earlier, now: Mapping[str, Json]) -> Iterator[PartRow]:
    changed = {page.page: page for page in compared(last.pages, now).by_page()}
    for name in [*now, *(name for name in last.pages if name not in now)]:
        page = changed.get(name)
        ref = name.partition("/")[2]
        title = _title(now.get(name, last.pages.get(name)), name)
        if name not in now:
            yield PartRow(name, ref, title, "gone: choose it to take it out")
        elif name not in last.pages:
            yield PartRow(name, ref, title, "new")
        else:
            yield PartRow(name, ref, title, _what(page) if page else "")


def _title(content: Json, name: str) -> str:
    if name in NAMES:
        return NAMES[PageKind(name)]
    first = next((document for _, document in texts_on(_named(content))), None)
    return plain_text(first) if first else "withheld"


def _named(content: Json) -> Json:
    """The title or statement of the object that the page is about."""
    for field in ("section", "pathway", "claim", "evidence"):
        if isinstance(content, dict) and isinstance(part := content.get(field), dict):
            return part.get("title") or part.get("statement")
    return None


def _what(page: ChangedPage) -> str:
    words_in, words_out = (sum(getattr(one, name) for one in page.passages) for name in ("words_in", "words_out"))
    said = [f"{words_in} {_plural(words_in, 'word')} in"] if words_in else []
    said += [f"{words_out} {_plural(words_out, 'word')} out"] if words_out else []
    said += [f"{len(page.bars_in)} {_plural(len(page.bars_in), 'bar')} new"] if page.bars_in else []
    said += [f"{len(page.bars_out)} {_plural(len(page.bars_out), 'bar')} lifted"] if page.bars_out else []
    said += ["attributes"] if page.attributes else []
    return ", ".join(said) or "rows or formatting"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
