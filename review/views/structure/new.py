"""What is new: parts by themselves, a claim that something rests on, evidence for a claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from evidence.actions.making import create_assurance, create_bearing, create_evidence, create_evidence_for
from evidence.values import Direction, EvidenceType
from pathways.actions.acting import CannotChange
from pathways.actions.linking import create_claim_under, create_support
from pathways.actions.making import (
    create_claim,
    create_limitation,
    create_pathway,
    create_section,
    create_tag,
    create_term,
)
from pathways.values import ClaimKind, Grade, SupportRole
from review.forms.new_parts import NewForm
from review.forms.structure import AddEvidenceForm, RestOnForm
from review.loaders.structure.desk import Desk
from review.loaders.structure.part import part_view
from review.views.structure.frame import field_of, frame, link_to, to_page_of

Data = Mapping[str, Any]
Maker = Callable[[Actor, UUID, Data], str]
# What is made → how, from the fields of its form.
MAKERS: dict[str, Maker] = {
    "section": lambda by, case_id, data: create_section(by=by, case_id=case_id, title=data["name"]),
    "pathway": lambda by, case_id, data: create_pathway(by=by, case_id=case_id, title=data["name"]),
    "claim": lambda by, case_id, data: create_claim(
        by=by, case_id=case_id, kind=ClaimKind(data["kind"]), statement=data["name"]
    ),
    "evidence": lambda by, case_id, data: create_evidence(
        by=by, case_id=case_id, type=EvidenceType(data["type"]), title=data["name"]
    ),
    "limitation": lambda by, case_id, data: create_limitation(by=by, case_id=case_id, title=data["name"]),
    "group": lambda by, case_id, data: create_tag(by=by, case_id=case_id, name=data["name"]),
    "term": lambda by, case_id, data: create_term(by=by, case_id=case_id, **data),
    "assurance": lambda by, case_id, data: create_assurance(
        by=by, case_id=case_id, owner=data["owner"], given_on=data["given_on"], claim=data["claim"]
    ),
}
SAID = {
    "section": "A stretch of free prose: scope, method, what changed since.",
    "pathway": "A way to harm. Its page has a place for the argument, for the claims it rests on and for its rating.",
    "claim": "One small statement that can be true or false. It begins as a draft.",
    "evidence": "What was found, and under which conditions. What it says about a claim is written on the claim.",
    "limitation": "Where the argument is most likely wrong.",
    "group": "A loose set of claims, to find them by.",
    "term": "A word that this report uses in a sense of its own.",
    "assurance": "What a named person stands for, on a day. An assurance is not evidence.",
}
BACK = {"term": "glossary/", "limitation": "limitations/", "assurance": "assurances/", "group": "order/groups/"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, case_id: UUID, what: str) -> HttpResponse:
    """Make something, and go where it is written."""
    actor = actor_of(request)
    if what not in MAKERS:
        raise Http404
    desk = Desk(actor, case_id)
    data = request.POST if request.method == "POST" else None
    form = NewForm(data, what=what, people=desk.people(), claims=desk.choices("C"))
    if data is None:
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"new {what}")
    elif form.is_valid():
        try:
            ref = MAKERS[what](actor, case_id, form.cleaned_data)
        except CannotChange as error:
            form.add_error(field_of(error, form.fields), error.why)
        else:
            messages.success(request, f"{ref} is there. Write it here.")
            return to_page_of(case_id, ref)
    context = {**frame(actor, desk), "form": form, "what": what, "said": SAID[what], "back": BACK.get(what, "")}
    return render(request, "review/structure/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rest_on(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """Let a pathway or a claim rest on a claim that is there, or on a new one."""
    actor = actor_of(request)
    desk, part = part_view(actor, case_id, ref)
    if ref[:1] not in ("P", "C") or part.retired:
        raise Http404
    linked = frozenset({ref, *(row.other for row in part.links.under)})
    form = RestOnForm(request.POST if request.method == "POST" else None, claims=desk.choices("C", but=linked))
    if form.is_bound and form.is_valid():
        try:
            made = _rest_on(actor, case_id, ref, form.cleaned_data)
        except CannotChange as error:
            form.add_error(field_of(error, form.fields), error.why)
        else:
            messages.success(request, format_html("{} rests on {}.", ref, link_to(case_id, made)))
            return to_page_of(case_id, ref)
    context = {**frame(actor, desk), "form": form, "part": part, "heading": "A claim it rests on"}
    return render(request, "review/structure/link.html", context, status=422 if form.errors else 200)


def _rest_on(by: Actor, case_id: UUID, ref: str, data: Data) -> str:
    role, reason = SupportRole(data["role"]), data["reason"]
    if data["claim"]:
        create_support(by=by, case_id=case_id, resting=ref, claim=data["claim"], role=role, reason=reason)
        return str(data["claim"])
    kind = ClaimKind(data["kind"])
    return create_claim_under(
        by=by, case_id=case_id, resting=ref, kind=kind, statement=data["statement"], role=role, reason=reason
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: HttpRequest, case_id: UUID, ref: str) -> HttpResponse:
    """Let evidence that is there, or new evidence, bear on a claim."""
    actor = actor_of(request)
    desk, part = part_view(actor, case_id, ref)
    if ref[:1] != "C" or part.retired:
        raise Http404
    linked = frozenset(row.other for row in part.links.bearings)
    form = AddEvidenceForm(request.POST if request.method == "POST" else None, evidence=desk.choices("E", but=linked))
    if form.is_bound and form.is_valid():
        try:
            made = _add_evidence(actor, case_id, ref, form.cleaned_data)
        except CannotChange as error:
            form.add_error(field_of(error, form.fields), error.why)
        else:
            messages.success(request, format_html("{} bears on {}.", link_to(case_id, made), ref))
            return to_page_of(case_id, ref)
    context = {**frame(actor, desk), "form": form, "part": part, "heading": "Evidence for it or against it"}
    return render(request, "review/structure/link.html", context, status=422 if form.errors else 200)


def _add_evidence(by: Actor, case_id: UUID, ref: str, data: Data) -> str:
    says = {"direction": Direction(data["direction"]), "strength": Grade(data["strength"]), "place": data["place"]}
    if data["evidence"]:
        create_bearing(by=by, case_id=case_id, evidence=data["evidence"], claim=ref, **says)
        return str(data["evidence"])
    kind = EvidenceType(data["type"])
    return create_evidence_for(by=by, case_id=case_id, claim=ref, type=kind, title=data["title"], **says)
