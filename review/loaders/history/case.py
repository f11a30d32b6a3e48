"""What changed in a whole case since a moment, page by page, the newest first.

The logs say what changed; texts are opened only for the pages shown, and each from its nearest checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cases.access import Actor
from prose.content import plain_text
from prose.models import Text
from review.history.differences import Difference, differences
from review.loaders.history.happened import (
    Decided,
    PartChanged,
    Said,
    TextChanged,
    decided,
    parts_changed,
    said,
    texts_changed,
)
from review.loaders.history.opened import SOMEBODY, OpenCase, names_of, open_case, opened, opened_at
from review.loaders.history.since import Since, choices, since
from review.loaders.redaction_places import page_label
from review.loaders.text_owners import TextName, names_of_texts
from review.rendering import page_of

PAGES = 12  # of the report, on one page of changes
REDACTIONS = "redactions"  # where a decision about words is told, which may stand on several pages
NAMES = ("title", "statement", "name")


class Kind(StrEnum):
    """What kind of change."""

    WORDS = "words"
    STRUCTURE = "structure"
    REDACTIONS = "redactions"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes to tell: since when, by whom (an id), of which kind, and which page of them."""

    since: str = ""
    by: str = ""
    kind: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text that changed. Without `difference`, what it was is not kept; a false one: it is as it was."""

    key: str
    name: TextName | None
    start: int
    end: int
    at: datetime
    who: tuple[str, ...]
    did: tuple[str, ...]
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something done to the structure or decided about a redaction, with the name of who did it."""

    event: PartChanged | Decided
    who: str

    @property
    def at(self) -> datetime:
        """When."""
        return self.event.at


@dataclass(slots=True)
class PageChanges:
    """All that changed on one page. `is_there`: whether the page can be opened now."""

    page: str
    label: str
    title: str = ""
    is_there: bool = True
    texts: list[TextRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """A page of what changed. `total`: on how many pages anything did."""

    case: OpenCase
    since: Since
    choices: tuple[Since, ...]
    wanted: Wanted
    people: tuple[tuple[str, str], ...]
    pages: tuple[PageChanges, ...]
    total: int
    said: Said

    @property
    def more(self) -> int | None:
        """The number of the next page of changes."""
        return self.wanted.number + 1 if self.wanted.number * PAGES < self.total else None


def case_changes(actor: Actor, case_id: UUID, wanted: Wanted, base: str) -> CaseChanges:
    """Raises Http404 for who may not read the case live, and for a moment that is none."""
    case = open_case(actor, case_id, base)
    offered = choices(actor.id, case_id)
    moment = since(wanted.since, offered)
    happened = _Happened(case_id, moment.at)
    shown = happened.chosen(wanted)
    first = (wanted.number - 1) * PAGES
    return CaseChanges(
        case=case,
        since=moment,
        choices=offered,
        wanted=wanted,
        people=happened.people,
        pages=tuple(_Telling(case, happened, shown[first : first + PAGES]).pages()),
        total=len(shown),
        said=said(case_id, moment.at),
    )


Change = TextChanged | PartChanged | Decided
OnPage = tuple[str, list[Change]]


class _Happened:
    """All changes, by the page on which they stand."""

    def __init__(self, case_id: UUID, moment: datetime) -> None:
        self._texts = texts_changed(case_id, moment)
        self._parts = parts_changed(case_id, moment)
        self._decided = decided(case_id, moment)
        self.texts = {text.pk: text for text in Text.objects.filter(pk__in=[one.text_id for one in self._texts])}
        self.names = names_of_texts(case_id)
        self._page_of = {name.ref: name.page for name in self.names.values() if name.page}
        self._all: list[Change] = [*self._texts, *self._parts, *self._decided]
        everybody = {by for one in self._texts for by in one.by_ids}
        everybody |= {one.by_id for one in self._parts} | {one.by_id for one in self._decided if one.by_id}
        self.who = names_of(everybody)
        self.people = tuple(sorted(((str(key), name) for key, name in self.who.items()), key=lambda one: one[1]))

    def chosen(self, wanted: Wanted) -> list[OnPage]:
        """Those that are wanted, the page with the newest first."""
        found: dict[str, list[Change]] = {}
        for change in sorted(self._all, key=lambda one: one.at, reverse=True):
            if _is_wanted(change, wanted):
                found.setdefault(self._page(change), []).append(change)
        return list(found.items())

    def name(self, change: TextChanged) -> TextName | None:
        """Whose text it is."""
        return self.names.get(self.texts[change.text_id].key)

    def _page(self, change: Change) -> str:
        if isinstance(change, TextChanged):
            name = self.name(change)
            return name.page if name else "front"
        if isinstance(change, Decided) and not change.target:
            return REDACTIONS
        ref = change.target if isinstance(change, Decided) else change.ref
        return self._page_of.get(ref) or (page_of(ref) if ref and not ref.startswith("K") else "front")


def _is_wanted(change: Change, wanted: Wanted) -> bool:
    kind = Kind.WORDS if isinstance(change, TextChanged) else Kind.STRUCTURE
    by = change.by_ids if isinstance(change, TextChanged) else (change.by_id,)
    kind = Kind.REDACTIONS if isinstance(change, Decided) else kind
    return wanted.kind in ("", kind) and wanted.by in ("", *map(str, by))


class _Telling:
    """Some pages of changes with their words: as many statements for one text as for fifty."""

    def __init__(self, case: OpenCase, happened: _Happened, rows: list[OnPage]) -> None:
        self._case, self._happened, self._rows = case, happened, rows
        texts = [one for _, changes in rows for one in changes if isinstance(one, TextChanged)]
        by_id = happened.texts
        versions = {one.text_id: {one.start, by_id[one.text_id].version} for one in texts}
        self._contents = opened_at([by_id[key] for key in versions], versions, case.clearance)
        self._titles = self._titles_of({page.rpartition("/")[2] for page, _ in rows if "/" in page})

    def _titles_of(self, refs: set[str]) -> dict[str, str]:
        named = self._happened.names.items()
        keys = {key: name.ref for key, name in named if name.ref in refs and name.attribute in NAMES}
        found = Text.objects.filter(scope_id=self._case.id, key__in=keys)
        return {keys[one.key]: plain_text(opened(one.content, one, self._case.clearance), " ") for one in found}

    def pages(self) -> Iterable[PageChanges]:
        """Page by page."""
        retired = {name.page: name.retired for name in self._happened.names.values() if name.ref in name.page}
        for page, changes in self._rows:
            label = "Redactions" if page == REDACTIONS else page_label(page)
            made = PageChanges(page, label, self._titles.get(page.rpartition("/")[2], ""), not retired.get(page, False))
            for one in changes:
                if isinstance(one, TextChanged):
                    made.texts.append(self._text(one))
                else:
                    made.events.append(EventRow(one, self._who(one.by_id)))
            yield made

    def _text(self, one: TextChanged) -> TextRow:
        text = self._happened.texts[one.text_id]
        was, now = self._contents.get((text.pk, one.start)), self._contents[text.pk, text.version]
        return TextRow(
            key=text.key,
            name=self._happened.name(one),
            start=one.start,
            end=text.version,
            at=one.at,
            who=tuple(map(self._who, one.by_ids)),
            did=tuple(why.label for why in one.whys),
            difference=differences(was, now) if was is not None else None,
        )

    def _who(self, by_id: UUID | None) -> str:
        return self._happened.who.get(by_id, SOMEBODY) if by_id else SOMEBODY
