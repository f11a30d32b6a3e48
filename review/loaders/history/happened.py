"""What happened in a case since a moment, from its logs: which texts changed, what was done to the structure, what was decided.

No words are read here, but the names and reasons that events carry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Max, Min

from cases.hiding import attribute_label
from cases.models import RedactionEvent
from cases.redaction_states import RedactionVerb
from pathways.models import PartEvent
from pathways.part_verbs import PartVerb
from prose.models import Step, Why
from review.models import InsideComment, InsideThread, OutsideComment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TextChanged:
    """A text in which something was done: by whom, what, from which version on, and when last."""

    text_id: UUID
    start: int
    at: datetime
    by_ids: tuple[UUID, ...]
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class PartChanged:
    """Something that was done to an object, a link, or (`ref` empty) to what is stated of the case."""

    ref: str
    at: datetime
    by_id: UUID
    did: str
    other_ref: str
    attribute: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Something that was decided about a redaction."""

    ref: str
    target: str
    at: datetime
    by_id: UUID | None
    did: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """How much was said, inside and by readers outside."""

    threads: int
    inside: int
    outside: int

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.threads or self.inside or self.outside)


def texts_changed(case_id: UUID, since: datetime) -> list[TextChanged]:
    """One statement; as many rows as texts, people and kinds of acts."""
    rows = Step.objects.filter(text__scope_id=case_id, at__gte=since).order_by()
    grouped = rows.values_list("text_id", "by_id", "why").annotate(first=Min("version"), last=Max("at"))
    by_text: dict[UUID, list[tuple[UUID, Why, int, datetime]]] = {}
    for text_id, by_id, why, first, last in grouped:
        by_text.setdefault(text_id, []).append((by_id, Why(why), first, last))
    return [_text_changed(text_id, found) for text_id, found in by_text.items()]


def _text_changed(text_id: UUID, found: list[tuple[UUID, Why, int, datetime]]) -> TextChanged:
    found.sort(key=lambda one: one[2])
    return TextChanged(
        text_id=text_id,
        start=found[0][2] - 1,
        at=max(last for _, _, _, last in found),
        by_ids=_once(by_id for by_id, _, _, _ in found),
        whys=_once(why for _, why, _, _ in found),
    )


def parts_changed(case_id: UUID, since: datetime) -> list[PartChanged]:
    """One statement."""
    rows = PartEvent.objects.filter(case_id=case_id, at__gte=since).order_by("at", "id")
    return [
        PartChanged(
            ref=row.ref,
            at=row.at,
            by_id=row.by_id,
            did=PartVerb(row.verb).label if row.verb in set(PartVerb) else row.verb.replace("_", " "),
            other_ref=row.other_ref,
            attribute=attribute_label(row.ref or "K", row.attribute) if row.attribute else "",
            before=row.before,
            after=row.after,
            why=row.why,
        )
        for row in rows
    ]


def decided(case_id: UUID, since: datetime) -> list[Decided]:
    """One statement."""
    rows = RedactionEvent.objects.filter(redaction__case_id=case_id, at__gte=since).order_by("at", "id")
    columns = ("redaction__ref", "redaction__target", "at", "by_id", "verb", "why")
    return [
        Decided(ref, target, at, by_id, RedactionVerb(verb).label, why)
        for ref, target, at, by_id, verb, why in rows.values_list(*columns)
    ]


def said(case_id: UUID, since: datetime) -> Said:
    """Three statements; no words."""
    return Said(
        threads=InsideThread.objects.filter(case_id=case_id, at__gte=since).count(),
        inside=InsideComment.objects.filter(thread__case_id=case_id, at__gte=since).count(),
        outside=OutsideComment.objects.filter(thread__edition__case_id=case_id, at__gte=since).count(),
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
