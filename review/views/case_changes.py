"""What changed in the whole live case since a moment that the reader chooses."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.loaders.history.case import Kind, Wanted, case_changes

BASE = "../"
HIGHEST = 10_000


@require_safe
def changes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Texts, structure and decisions, page by page; what was said is counted."""
    actor = actor_of(request)
    given = request.GET
    wanted = Wanted(
        since=given.get("day", "") or given.get("since", ""),
        by=given.get("by", ""),
        kind=given.get("kind", ""),
        number=_number(given.get("page", "")),
    )
    found = case_changes(actor, case_id, wanted, BASE)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="changes")
    context = {
        "actor": actor,
        "case_id": case_id,
        "case_title": found.case.title,
        "actions": found.case.actions,
        "found": found,
        "base": BASE,
        "legend": found.case.legend,
        "kinds": [(kind.value, kind.value) for kind in Kind],
        "place": "changes",
    }
    return render(request, "review/case_changes.html", context)


def _number(given: str) -> int:
    """The page of changes; what is no number is the first."""
    return (
        min(max(int(given), 1), HIGHEST)
        if given.isascii() and given.isdigit() and len(given) < len(str(HIGHEST))
        else 1
    )
