"""The cases that somebody may open on the workshop."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cases.access import Actor, cases_open_to, live_clearances
from cases.models import Case, CaseHeader
from cases.roles import Action
from prose.content import plain_text
from prose.shown import FullClearance, open_text


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list."""

    id: UUID
    reference: str
    title: str
    may_read: bool


def cases_of(actor: Actor) -> tuple[CaseRow, ...]:
    """Cases to read live, with their titles; cases whose trail may be read, by reference alone."""
    live = live_clearances(actor)
    trail = [case_id for case_id in cases_open_to(actor, Action.READ_TRAIL) if case_id not in live]
    headers = CaseHeader.objects.filter(case_id__in=live).select_related("case", "title")
    rows = [CaseRow(h.case_id, h.case.reference, _title(h, live[h.case_id]), may_read=True) for h in headers]
    unread = Case.objects.filter(pk__in=trail)
    rows += [CaseRow(case.pk, case.reference, "", may_read=False) for case in unread]
    return tuple(sorted(rows, key=lambda row: (row.title, row.reference)))


def title_of(case_id: UUID, clearance: FullClearance) -> str:
    """The title of a case that may be read live, for the top of its pages."""
    return _title(CaseHeader.objects.select_related("title").get(case_id=case_id), clearance)


def _title(header: CaseHeader, clearance: FullClearance) -> str:
    return plain_text(open_text(header.title.bound_to(None), clearance).document)
