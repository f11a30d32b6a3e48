"""Retiring, bringing back, moving; the order of everything, and what is retired."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from evidence.actions.any_part import bring_back, move, move_by, retire
from pathways.actions.acting import CannotChange, Stale
from review.forms.structure import BringBackForm, MoveForm, RetireForm
from review.loaders.structure.order import TABS, order_page, retired_page
from review.loaders.structure.part import part_view
from review.loaders.structure.uses import uses_of
from review.views.done import done, is_from_editor, refused_in_editor
from review.views.structure.frame import field_of, frame, looked_anew, to_page_of

TAB_OF = {tab.letter: tab.key for tab in TABS.values()}


@require_http_methods(["GET", "HEAD", "POST"])
def retire_part(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """What rests on it and where it is cited; then it goes."""
    actor = actor_of(request)
    if request.method != "POST":
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"retire {ref}")
        return _confirm(request, actor, case_id, ref)
    form = RetireForm(request.POST)
    _, part = part_view(actor, case_id, ref)
    if not form.is_valid():
        return _confirm(request, actor, case_id, ref, form, 422)
    try:
        retire(by=actor, case_id=case_id, ref=ref, **form.cleaned_data)
    except Stale:
        form.add_error(None, "Somebody changed it or wrote in it since you looked. This is how it stands now.")
        return _confirm(request, actor, case_id, ref, form, 409)
    except CannotChange as error:
        form.add_error(field_of(error, form.fields), error.why)
        return _confirm(request, actor, case_id, ref, form, 409)
    messages.success(request, f"{ref} is retired. Nothing of it is lost: bring it back under Retired.")
    page = "front" if part.page.endswith(ref) else part.page
    return to_page_of(case_id, ref, page)


def _confirm(
    request: HttpRequest, actor: Actor, case_id: UUID, ref: str, form: RetireForm | None = None, status: int = 200
) -> HttpResponse:
    desk, part = part_view(actor, case_id, ref)
    if part.is_whole or (part.retired and form is None):
        raise Http404
    looked = {"version": part.version, "written": part.written}
    if form is None:
        form = RetireForm(initial=looked)
    elif form.errors:
        form.data = looked_anew(request, looked)
    context = {**frame(actor, part), "part": part, "form": form, "uses": uses_of(desk, ref)}
    return render(request, "review/structure/retire.html", context, status=status)


@require_POST
def bring_part_back(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """Let it stand again."""
    actor = actor_of(request)
    form = BringBackForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        bring_back(by=actor, case_id=case_id, ref=ref, why=why)
    except CannotChange as error:
        messages.error(request, error.why)
        return redirect("retired", case_id=case_id)
    messages.success(request, f"{ref} is back, where it stood.")
    return to_page_of(case_id, ref)


@require_safe
def retired(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is retired, and the way back."""
    actor = actor_of(request)
    page = retired_page(actor, case_id)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="retired")
    return render(request, "review/structure/retired.html", {**frame(actor, page), "rows": page.rows})


@require_safe
def order(request: HttpRequest, case_id: UUID, kind: str = "sections") -> HttpResponse:
    """The order of one kind."""
    actor = actor_of(request)
    if kind not in TABS:
        raise Http404
    page = order_page(actor, case_id, kind)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"order {kind}")
    context = {**frame(actor, page), "page": page, "tabs": TABS.values()}
    return render(request, "review/structure/order.html", context)


@require_POST
def move_part(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """One place up or down, or right after another."""
    actor = actor_of(request)
    form = MoveForm(request.POST)
    if form.is_valid():
        steps, after = form.cleaned_data["steps"], form.cleaned_data["after"]
        try:
            if steps is None:
                move(by=actor, case_id=case_id, ref=ref, after=after)
            else:
                move_by(by=actor, case_id=case_id, ref=ref, steps=steps)
        except CannotChange as error:
            form.add_error(None, error.why)
    way_on = redirect("order", case_id=case_id, kind=TAB_OF.get(ref[0], "sections"))
    if not form.errors:
        return done(request, f"{ref} is moved.", way_on, ref=ref)
    if is_from_editor(request):
        return refused_in_editor(form)
    messages.error(request, " ".join(str(error) for found in form.errors.values() for error in found))
    return way_on
