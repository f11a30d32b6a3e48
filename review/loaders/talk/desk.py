"""The comments page: what was said inside and outside, page after page; and one thread inside on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.roles import Action
from prose.content import plain_text
from prose.shown import open_text
from review.loaders.live_threads import LiveThread, live_threads
from review.loaders.redaction_places import page_label
from review.loaders.talk.people import people_of_case
from review.loaders.talk.places import Places
from review.loaders.talk.threads import TalkThread, inside_threads
from review.loaders.text_owners import TextName, names_of_texts
from review.snapshot import read_case
from review.talk.mentions import Named


@dataclass(frozen=True, slots=True)
class Filed:
    """One thread, inside or outside, with where it stands: `place` says whose words or which object it is about."""

    thread: TalkThread | LiveThread
    at: datetime
    page: str
    page_label: str
    place: str
    about: str
    retired: bool

    @property
    def inside(self) -> TalkThread | None:
        """The thread, if it was opened inside."""
        return self.thread if isinstance(self.thread, TalkThread) else None

    @property
    def outside(self) -> LiveThread | None:
        """The thread, if it was opened on an edition."""
        return self.thread if isinstance(self.thread, LiveThread) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads to list; what is empty filters nothing. `kind` may be "outside"; `mine`: raised, asked or mentions."""

    kind: str = ""
    state: str = ""
    mine: str = ""
    page: str = ""
    person: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TalkDesk:
    """What a page about what was said needs. `rows`: newest act first."""

    case_id: UUID
    title: str
    actor_id: UUID
    actions: frozenset[Action]
    people: tuple[Named, ...]
    rows: tuple[Filed, ...]

    def wanted(self, wanted: Wanted) -> tuple[tuple[Filed, ...], ...]:
        """The rows that are wanted, page by page, the page with the newest act first."""
        groups: dict[str, list[Filed]] = {}
        for row in self.rows:
            if _is_wanted(row, wanted, self.actor_id):
                groups.setdefault(row.page, []).append(row)
        return tuple(tuple(rows) for rows in groups.values())

    @property
    def pages(self) -> list[tuple[str, str]]:
        """The pages on which something was said, for a form."""
        return sorted({(row.page, row.page_label) for row in self.rows}, key=lambda page: page[1])

    @property
    def speakers(self) -> list[str]:
        """Everybody who said something."""
        return sorted({who for row in self.rows for who in _speakers(row)})


def talk_of(actor: Actor, case_id: UUID) -> TalkDesk:
    """Everything that was said about the case, in a number of queries that does not depend on how much. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    case, names = read_case(case_id), names_of_texts(case_id)
    inside = Places(case, clearance).with_pieces(inside_threads(case_id, actor.id, actions))
    by_ref = {name.ref: name for name in names.values() if name.kind != "rating"}
    filed = [*(_inside(thread, names, by_ref) for thread in inside), *_outside(live_threads(case_id), names)]
    return TalkDesk(
        case_id=case_id,
        title=plain_text(open_text(case.header.title, clearance).document),
        actor_id=actor.id,
        actions=actions,
        people=people_of_case(case_id),
        rows=tuple(sorted(filed, key=lambda row: row.at, reverse=True)),
    )


def thread_of(actor: Actor, case_id: UUID, thread_id: UUID) -> tuple[TalkDesk, Filed]:
    """One thread inside. Raises Http404."""
    desk = talk_of(actor, case_id)
    for row in desk.rows:
        if row.thread.id == thread_id and row.inside:
            return desk, row
    raise Http404


def _inside(thread: TalkThread, names: dict[str, TextName], by_ref: dict[str, TextName]) -> Filed:
    name = names.get(thread.text_key) if thread.text_key else by_ref.get(thread.ref)
    return _filed(thread, thread.last_at, name, words=bool(thread.text_key))


def _outside(threads: Iterable[LiveThread], names: dict[str, TextName]) -> Iterator[Filed]:
    return (_filed(thread, thread.last_at, names.get(thread.text_key), words=True) for thread in threads)


def _filed(thread: TalkThread | LiveThread, at: datetime, name: TextName | None, *, words: bool) -> Filed:
    page = name.page if name else "front"
    return Filed(
        thread=thread,
        at=at,
        page=page,
        page_label=page_label(page),
        place=(name.label if words else f"{name.kind.capitalize()} {name.ref}") if name else "The case",
        about=name.ref if name else "",
        retired=name.retired if name else False,
    )


def _is_wanted(row: Filed, wanted: Wanted, actor_id: UUID) -> bool:
    inside = row.inside
    kind, is_open = (inside.kind.value, inside.is_open) if inside else ("outside", True)
    return (
        wanted.kind in ("", kind)
        and wanted.page in ("", row.page)
        and wanted.about in ("", row.about)
        and (not wanted.state or (wanted.state == "open") == is_open)
        and (not wanted.person or wanted.person in _speakers(row))
        and (not wanted.mine or (inside is not None and _is_mine(inside, wanted.mine, actor_id)))
    )


def _is_mine(thread: TalkThread, how: str, actor_id: UUID) -> bool:
    if how == "raised":
        return thread.by_id == actor_id
    return thread.to_id == actor_id if how == "asked" else actor_id in thread.mentions


def _speakers(row: Filed) -> frozenset[str]:
    if row.inside:
        return frozenset({row.inside.who, *(entry.who for entry in row.inside.entries)})
    return frozenset(said.who for said in row.outside.said) if row.outside else frozenset()
