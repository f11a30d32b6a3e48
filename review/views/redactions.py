"""The register of redactions, one redaction with what may be done to it, and hiding what is not words."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import Actor
from cases.actions.redactions import Because, CannotRedact
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.redaction.facts import Extent, Ground
from prose.marking import CannotMark
from review.actions.hiding import hide_attribute, hide_link, hide_object
from review.consequences import of_approving, of_lifting
from review.forms.grounds import tell_from_whom
from review.forms.redactions import FilterForm, HideForm
from review.loaders.hideable import HideDesk, hideable
from review.loaders.redactions import RedactionDesk, RedactionView, redaction_of, redactions_of
from review.views.deciding import ACTS, forms_for


@require_safe
def redactions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The register; those that wait for who asks come first."""
    actor = actor_of(request)
    desk = redactions_of(actor, case_id)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="redactions")
    form = FilterForm(request.GET, audiences=[(audience.key, audience.name) for audience in desk.audiences])
    chosen = form.chosen()
    rows = [row for row in desk.rows if _is_chosen(row, chosen)]
    return render(
        request, "review/redactions.html", {**_frame(actor, desk), "rows": rows, "form": form, "chosen": chosen}
    )


def _is_chosen(view: RedactionView, chosen: dict[str, str]) -> bool:
    losing = {holding.key for holding in view.holdings if holding.loses}
    return (
        chosen.get("ground", view.row.ground) == view.row.ground
        and chosen.get("state", view.row.state) == view.row.state
        and ("audience" not in chosen or chosen["audience"] in losing)
        and ("waiting" not in chosen or bool(view.waits))
    )


def _frame(actor: Actor, desk: RedactionDesk | HideDesk) -> dict[str, object]:
    return {
        "desk": desk,
        "actor": actor,
        "case_id": desk.case_id,
        "case_title": desk.title,
        "actions": desk.actions,
        "place": "redactions",
    }


@require_safe
def redaction(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """One redaction, with its history and what may be done to it."""
    actor = actor_of(request)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=ref)
    return _page(request, actor, case_id, ref)


def _page(
    request: HttpRequest, actor: Actor, case_id: UUID, ref: str, refused: str = "", form: Form | None = None
) -> HttpResponse:
    desk, view = redaction_of(actor, case_id, ref)
    context = {
        "view": view,
        "forms": forms_for(view, refused, form),
        "refused": refused.replace("-", "_"),
        "approving": of_approving(view),
        "lifting": of_lifting(view),
    }
    return render(request, "review/redaction.html", {**_frame(actor, desk), **context}, status=422 if refused else 200)


@require_POST
def decide(request: HttpRequest, case_id: UUID, ref: str, act: str) -> HttpResponse:
    """Do one of the acts of the page."""
    actor = actor_of(request)
    _, view = redaction_of(actor, case_id, ref)
    if act not in ACTS:
        raise Http404
    form = ACTS[act].form(view, request.POST)
    if form.is_valid():
        try:
            done = ACTS[act].do(actor, case_id, ref, form)
        except CannotRedact as error:
            form.add_error(error.field if error.field in form.fields else None, _sentence(error.why))
        except CannotMark as error:
            form.add_error(None, _sentence(str(error)))
        else:
            messages.success(request, done)
            return redirect("redaction", case_id=case_id, ref=ref)
    elif act not in view.acts:
        raise Http404
    return _page(request, actor, case_id, ref, act, form)


def _sentence(why: str) -> str:
    return f"{why[0].upper()}{why[1:]}."


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose what to hide of an object, and hide it."""
    actor = actor_of(request)
    desk = hideable(actor, case_id, request.GET.get("ref", "")[:8])
    form = HideForm(request.POST if request.method == "POST" else None, things=desk.choices, initial={"extent": "more"})
    tell_from_whom(form.fields["ground"], desk.audiences)
    if request.method != "POST":
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"hide {desk.ref}".strip())
        return render(request, "review/hide.html", {**_frame(actor, desk), "form": form})
    if form.is_valid():
        try:
            ref = _hide(actor, case_id, form)
        except CannotRedact as error:
            form.add_error(error.field, _sentence(error.why))
        else:
            messages.success(request, f"Hidden at once, as {ref}. Readers see it from the next release on.")
            return redirect("redaction", case_id=case_id, ref=ref)
    return render(request, "review/hide.html", {**_frame(actor, desk), "form": form}, status=422)


def _hide(actor: Actor, case_id: UUID, form: HideForm) -> str:
    data = form.cleaned_data
    because = Because(
        Ground(data["ground"]), data["note"], data["reason"], Extent(data["extent"]), bears_load=data["bears_load"]
    )
    kind, ref, *attribute = data["what"].split(":")
    if attribute:
        return hide_attribute(by=actor, case_id=case_id, ref=ref, name=attribute[0], because=because)
    hide_it = hide_link if kind == "link" else hide_object
    return hide_it(by=actor, case_id=case_id, ref=ref, because=because)
