"""Find and replace over the whole case: every place in context, chosen one by one, replaced all together or not at all."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from prose.schema import TEXT_KEY
from review.actions.replacing import CannotReplace, Chosen, replace_words
from review.forms.replacing import ReplaceForm
from review.loaders.history.replacing import Replacing, replacing

BASE = "../"
CHOICE = re.compile(rf"({TEXT_KEY.pattern}):(\d{{1,9}}):(\d{{1,9}})")


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What would be replaced; then, sent, the change itself."""
    actor = actor_of(request)
    if request.method == "POST":
        return _replace(request, actor, case_id)
    return _page(request, actor, case_id, ReplaceForm(request.GET if "find" in request.GET else None))


def _replace(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    form = ReplaceForm(request.POST)
    choices = request.POST.getlist("chosen")
    if form.is_valid():
        try:
            count = replace_words(
                by=actor,
                case_id=case_id,
                sought=form.sought(),
                instead=form.cleaned_data["instead"],
                chosen=_chosen(choices),
            )
        except CannotReplace as error:
            return _page(request, actor, case_id, form, choices, str(error))
        places = "1 place" if count == 1 else f"{count} places"
        messages.success(
            request, f"Replaced in {places}. Each text keeps it in its history, where it can be taken back."
        )
        return HttpResponseRedirect(f"{reverse('case_changes', kwargs={'case_id': case_id})}?since=1d&kind=words")
    return _page(request, actor, case_id, form, choices)


def _page(  # what a page is made of
    request: HttpRequest,
    actor: Actor,
    case_id: UUID,
    form: ReplaceForm,
    choices: list[str] | None = None,
    why: str = "",
) -> HttpResponse:
    """With `choices`, those stay chosen; in a text that changed since, all."""
    valid = form.is_bound and form.is_valid()
    found = replacing(
        actor, case_id, form.sought() if valid else None, form.cleaned_data["instead"] if valid else "", BASE
    )
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="replace")
    context = {
        "actor": actor,
        "case_id": case_id,
        "case_title": found.case.title,
        "actions": found.case.actions,
        "found": found,
        "form": form,
        "dropped": _dropped(found, choices or []),
        "why": why,
        "base": BASE,
        "legend": found.case.legend,
    }
    wrong = bool(why) or (form.is_bound and not valid)
    return render(request, "review/replace.html", context, status=422 if wrong else 200)


def _dropped(found: Replacing, choices: list[str]) -> set[str]:
    """What was left out, in texts that did not change since the choice was made."""
    looked_at = {choice.rpartition(":")[0] for choice in choices}
    rows = (row for text in found.texts if f"{text.key}:{text.version}" in looked_at for row in text.rows)
    return {row.choice for row in rows if row.choice not in choices}


def _chosen(choices: list[str]) -> dict[str, Chosen]:
    """Key → the places chosen in that text. What is no choice is a place that is not there."""
    starts: dict[tuple[str, int], set[int]] = {}
    for choice in choices:
        found = CHOICE.fullmatch(choice)
        if found is None:
            raise CannotReplace("What you chose does not stand there, so nothing was replaced. Look again.")
        starts.setdefault((found[1], int(found[2])), set()).add(int(found[3]))
    return {key: Chosen(version, frozenset(places)) for (key, version), places in starts.items()}
