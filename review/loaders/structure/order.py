"""The order of everything, kind by kind, and what is retired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.access import Actor
from cases.models import User
from cases.roles import Action
from evidence.actions.kinds import KINDS
from pathways.models import Part, PartEvent
from pathways.part_verbs import PartVerb
from review.loaders.structure.desk import KIND_WORDS, Desk
from review.loaders.structure.part import name_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind: the word in the address, the letter of its references, and what is said where there is none."""

    key: str
    letter: str
    label: str
    makes: str
    empty: str


TABS: Mapping[str, Tab] = {
    one.key: one
    for one in (
        Tab(
            "sections", "S", "Sections", "section", "A section is a stretch of free prose: scope, method, what changed."
        ),
        Tab(
            "pathways",
            "P",
            "Pathways",
            "pathway",
            "A pathway is a way to harm, with the argument why its risk is what it is.",
        ),
        Tab("claims", "C", "Claims", "claim", "A claim is one small statement that can be true or false."),
        Tab("evidence", "E", "Evidence", "evidence", "Evidence is what was found, and how; it bears on claims."),
        Tab("assurances", "A", "Assurances", "assurance", "An assurance is what a named person stands for, on a day."),
        Tab(
            "limitations",
            "N",
            "Limitations",
            "limitation",
            "A limitation says where the argument is most likely wrong.",
        ),
        Tab("groups", "G", "Groups", "group", "A group is a loose set of claims, to find them by."),
        Tab("glossary", "T", "Glossary", "term", "A term is a word that the report uses in a sense of its own."),
    )
}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One part in its place."""

    ref: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One tab: its rows in order."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    tab: Tab
    rows: tuple[OrderRow, ...]
    retired: int


@dataclass(frozen=True, slots=True)
class RetiredRow:
    """A part that stands nowhere: who retired it, when and why, or into what it went."""

    ref: str
    kind: str
    name: str
    who: str
    at: datetime | None
    why: str
    into: str


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """All that is retired, the latest first."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    rows: tuple[RetiredRow, ...]


def order_page(actor: Actor, case_id: UUID, key: str) -> OrderPage:
    """One tab, in a number of queries that does not depend on its length. Raises Http404, KeyError."""
    tab = TABS[key]
    desk = Desk(actor, case_id)
    retired = sum(kind.model._default_manager.filter(case_id=case_id, retired=True).count() for kind in KINDS.values())
    return OrderPage(case_id, desk.title, desk.actions, tab, tuple(_rows(desk, tab)), retired)


def _rows(desk: Desk, tab: Tab) -> list[OrderRow]:
    kind, case = KINDS[tab.letter], desk.case
    rows = kind.model._default_manager.filter(case_id=desk.case_id, retired=False).order_by("order", "ref")
    refs = list(rows.values_list("ref", flat=True))
    details = {one.ref: one.state.replace("_", " ") for one in case.claims} | {
        one.ref: (one.rating or "not stated").replace("_", " ") for one in case.pathways
    }
    return [OrderRow(ref, desk.name(ref), details.get(ref, "")) for ref in refs]


def retired_page(actor: Actor, case_id: UUID) -> RetiredPage:
    """What is retired. The number of queries does not depend on how much. Raises Http404."""
    desk = Desk(actor, case_id)
    found = [row for kind in KINDS.values() for row in _retired(case_id, kind.letter)]
    events = _last_events(case_id, [row.ref for row in found])
    names = dict(User.objects.filter(pk__in={one.by_id for one in events.values()}).values_list("pk", "name"))
    rows = [_retired_row(row, desk, events.get(row.ref), names) for row in found]
    latest = sorted(rows, key=lambda row: row.at.timestamp() if row.at else 0.0, reverse=True)
    return RetiredPage(case_id, desk.title, desk.actions, tuple(latest))


def _retired(case_id: UUID, letter: str) -> list[Part]:
    kind = KINDS[letter]
    ends = {"L": ("pathway", "resting", "claim"), "B": ("evidence", "claim")}.get(letter, (next(iter(kind.worded)),))
    rows = kind.model._default_manager.filter(case_id=case_id, retired=True).select_related(*ends)
    return list(rows.order_by("order", "ref"))


def _last_events(case_id: UUID, refs: list[str]) -> dict[str, PartEvent]:
    rows = PartEvent.objects.filter(case_id=case_id, ref__in=refs, verb__in=(PartVerb.RETIRED, PartVerb.MERGED))
    return {one.ref: one for one in rows.order_by("at")}


def _retired_row(row: Part, desk: Desk, event: PartEvent | None, names: Mapping[UUID, str]) -> RetiredRow:
    return RetiredRow(
        ref=row.ref,
        kind=KIND_WORDS[row.ref[0]],
        name=name_of(row, desk),
        who=names.get(event.by_id, "Somebody") if event else "",
        at=event.at if event else None,
        why=event.why if event else "",
        into=event.other_ref if event and event.verb == PartVerb.MERGED else "",
    )
