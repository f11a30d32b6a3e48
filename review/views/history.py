"""The history of one text: its versions, who wrote what, and bringing an older version back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from prose.actions import BadSteps, Stale
from review.actions.restoring import restore_text
from review.loaders.history.authors import TextAuthors, text_authors
from review.loaders.history.page import PageTexts, page_texts
from review.loaders.history.restoring import Restoring, restoring
from review.loaders.history.text import Asked, TextHistory, text_history

BASE = "../../../"  # from a page of one text to its case
HIGHEST = 2**31 - 1
CHANGED = "Somebody changed this text meanwhile. This is what restoring would do now."


@require_safe
def history(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """The sittings of a text, and what differs between two versions of it: those of the last sitting, or those asked for."""
    actor = actor_of(request)
    asked = Asked(*(_version(request.GET.get(name, "")) for name in ("from", "to", "until")))
    found = text_history(actor, case_id, key, asked, BASE)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"{key} history")
    return render(request, "review/history.html", {**_frame(actor, found), "compared": found.compared})


@require_safe
def of_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The texts of the page that is named, each leading to its history."""
    actor = actor_of(request)
    found = page_texts(actor, case_id, request.GET.get("page", "front"), "../")
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="history")
    return render(request, "review/history_page.html", {**_frame(actor, found), "base": "../"})


@require_safe
def authors(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """The text as it is now, every stretch of it with its author."""
    actor = actor_of(request)
    found = text_authors(actor, case_id, key, BASE)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"{key} authors")
    return render(request, "review/history_authors.html", _frame(actor, found))


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """What would change, to be confirmed; then, sent, the change itself."""
    actor = actor_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    version, why = _version(sent.get("version", "")), ""
    if request.method == "POST":
        try:
            restore_text(
                by=actor, case_id=case_id, text_key=key, version=version or 0, seen=_version(sent.get("seen", "")) or 0
            )
        except Stale:
            why = CHANGED
        except BadSteps as bad:
            why = bad.why
        else:
            messages.success(request, "Restored, as a new change. What stood there before is in the history.")
            return redirect("text_history", case_id=case_id, key=key)
    found = restoring(actor, case_id, key, version or 0, BASE)
    if not found.case.may_write:
        raise Http404
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"{key} history")
    context = {**_frame(actor, found), "why": why or found.refused}
    return render(request, "review/history_restore.html", context, status=422 if why else 200)


def _version(given: str) -> int | None:
    """The number asked for, none where nothing is. What is no number is a version that the text never had."""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < len(str(HIGHEST))):
        raise Http404
    return int(given)


def _frame(actor: Actor, found: TextHistory | TextAuthors | Restoring | PageTexts) -> dict[str, object]:
    return {
        "actor": actor,
        "case_id": found.case.id,
        "case_title": found.case.title,
        "actions": found.case.actions,
        "found": found,
        "base": BASE,
        "legend": found.case.legend,
    }
