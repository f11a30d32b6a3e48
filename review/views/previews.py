"""The live case as audiences would read it: what differs, two side by side; and finding in it. For the fully cleared only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.loaders import previews
from review.loaders.previews import CaseFrame, Comparison


@require_safe
def find(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What holds the words, or straight to the object whose reference was typed. The words are kept nowhere."""
    actor = actor_of(request)
    answer = previews.find_live(actor, case_id, request.GET.get("q", ""))
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="find")
    base = reverse("live", kwargs={"case_id": case_id})
    if answer.found.lookup is not None:
        return HttpResponseRedirect(base + answer.found.lookup)
    return render(request, "review/find.html", {**_frame(actor, answer.frame), "found": answer.found, "base": base})


@require_safe
def differences(request: HttpRequest, case_id: UUID, audience: str) -> HttpResponse:
    """All that an audience would read otherwise than the live text."""
    return differences_on(request, case_id, audience, "")


def differences_on(request: HttpRequest, case_id: UUID, audience: str, page: str) -> HttpResponse:
    """The same for one page, or for all."""
    actor = actor_of(request)
    base = reverse("live", kwargs={"case_id": case_id})
    found = previews.differences(actor, case_id, audience, base, page)
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{audience} differences {page}")
    context = {**_sides(actor, found), "audience": audience, "only": page}
    return render(request, "review/differences.html", context)


@require_safe
def compare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One page as two audiences would read it."""
    actor = actor_of(request)
    a, b, page = (request.GET.get(name, "") for name in ("a", "b", "page"))
    base = reverse("live", kwargs={"case_id": case_id})
    found, titles = previews.compare(actor, case_id, (a, b), page, base)
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{a} beside {b} {page}")
    context = {**_sides(actor, found), "titles": titles.items()}
    return render(request, "review/compare.html", context)


def _frame(actor: Actor, frame: CaseFrame) -> dict[str, object]:
    return {"actor": actor, "case_id": frame.case_id, "case_title": frame.title, "actions": frame.actions}


def _sides(actor: Actor, found: Comparison) -> dict[str, object]:
    return {**_frame(actor, found.frame), "sides": found, "at": found.at, "prose": found.at.context()}
