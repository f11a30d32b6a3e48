"""Merging one part into another, and splitting something off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from evidence.actions.merging import merge_claims
from evidence.actions.splitting import split_claim
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.merging import FOLLOW, Merge, merge_pathways
from pathways.actions.splitting import Split, split_pathway
from review.forms.joining import COPY, MOVE, MergeForm, SplitForm
from review.forms.structure import Options
from review.loaders.structure.desk import Desk
from review.loaders.structure.part import PartView, part_view
from review.loaders.structure.passages import passages_of
from review.loaders.structure.uses import uses_of
from review.loaders.text_owners import WORDED
from review.views.structure.frame import field_of, frame, looked_anew, to_page_of

CHANGED = "Somebody changed it or wrote in it since you looked. This is how it stands now; what you chose is kept."


def _part(actor: Actor, case_id: UUID, ref: str) -> tuple[Desk, PartView]:
    desk, part = part_view(actor, case_id, ref)
    if ref[:1] not in FOLLOW or part.retired:
        raise Http404
    return desk, part


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """Choose what it goes into, and which of its words follow."""
    actor = actor_of(request)
    desk, part = _part(actor, case_id, ref)
    form = _merge_form(request, desk, part)
    status = 200
    if request.method != "POST":
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"merge {ref}")
    elif form.is_valid():
        try:
            dropped = _merge(actor, part, form)
        except Stale:
            form.add_error(None, CHANGED)
            form.data = looked_anew(request, _looked(part))
            status = 409
        except CannotChange as error:
            form.add_error(field_of(error, form.fields), error.why)
        else:
            into = form.cleaned_data["into"]
            twice = f" {', '.join(dropped)} linked the same two, and went with it." if dropped else ""
            messages.success(request, f"{ref} is merged into {into}.{twice}")
            return to_page_of(case_id, into)
    context = {**frame(actor, part), "part": part, "form": form, "uses": uses_of(desk, ref)}
    status = 422 if form.errors and status == 200 else status  # noqa: PLR2004  # HTTP
    return render(request, "review/structure/merge.html", context, status=status)


def _merge_form(request: HttpRequest, desk: Desk, part: PartView) -> MergeForm:
    letter = part.ref[0]
    kind = {"P": "pathway", "C": "claim"}[letter]
    append: Options = [(name, WORDED[kind][name]) for name in FOLLOW[letter]]
    return MergeForm(
        request.POST if request.method == "POST" else None,
        into=desk.choices(letter, but=frozenset({part.ref})),
        append=append,
        initial={**_looked(part), "append": [name for name, _ in append], "recite": True},
    )


def _looked(part: PartView) -> dict[str, int]:
    return {"version": part.version, "written": part.written}


def _merge(actor: Actor, part: PartView, form: MergeForm) -> tuple[str, ...]:
    data = form.cleaned_data
    asked = Merge(
        gone=part.ref,
        into=data["into"],
        version=data["version"],
        written=data["written"],
        why=data["why"],
        append=frozenset(data["append"]),
        recite=data["recite"],
    )
    do = merge_pathways if part.ref.startswith("P") else merge_claims
    return do(by=actor, case_id=part.case_id, merge=asked)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """Choose what the new one says, and what goes with it."""
    actor = actor_of(request)
    desk, part = _part(actor, case_id, ref)
    form = _split_form(request, desk, part)
    status = 200
    if request.method != "POST":
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"split {ref}")
    elif form.is_valid():
        try:
            new = _split(actor, part, form)
        except Stale:
            form.add_error(None, CHANGED)
            version, _ = passages_of(desk, ref)
            form.data = looked_anew(request, {"version": part.version, "argument": version})
            status = 409
        except CannotChange as error:
            form.add_error(field_of(error, form.fields), error.why)
        else:
            messages.success(request, f"{new} stands beside {ref}.")
            return to_page_of(case_id, new)
    links = [form[f"link-{ref}"] for ref in form.links]
    context = {**frame(actor, part), "part": part, "form": form, "link_fields": links}
    status = 422 if form.errors and status == 200 else status  # noqa: PLR2004  # HTTP
    return render(request, "review/structure/split.html", context, status=status)


def _split_form(request: HttpRequest, desk: Desk, part: PartView) -> SplitForm:
    version, blocks = passages_of(desk, part.ref)
    links = [
        *((row.ref, f"It rests on {row.other}: {row.name}", True) for row in part.links.under),
        *((row.ref, f"{row.other} rests on it: {row.name}", True) for row in part.links.over),
        *((row.ref, f"{row.other} bears on it: {row.name}", True) for row in part.links.bearings),
        *((row.ref, f"{row.other} speaks to it: {row.name}", False) for row in part.links.assurances),
    ]
    data = request.POST if request.method == "POST" else None
    return SplitForm(data, links=links, blocks=blocks, initial={"version": part.version, "argument": version})


def _split(actor: Actor, part: PartView, form: SplitForm) -> str:
    data = form.cleaned_data
    asked = Split(
        ref=part.ref,
        version=data["version"],
        name=data["name"],
        why=data["why"],
        move=form.chosen(MOVE),
        copy=form.chosen(COPY),
        blocks=form.numbers(),
        argument=data["argument"],
    )
    do = split_pathway if part.ref.startswith("P") else split_claim
    return do(by=actor, case_id=part.case_id, split=asked)
