"""From words to structure: a claim or evidence of selected words, what can be cited, and the link that a citation offers."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.access import require
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.roles import Action
from evidence.values import Direction, EvidenceType
from pathways.actions.acting import CannotChange
from pathways.values import ClaimKind, Grade, SupportRole
from prose.anchors import Span
from review.actions.from_words import Made, Selected, link_cited, make_claim, make_evidence
from review.forms.joining import CiteForm, ClaimOfWordsForm, EvidenceOfWordsForm, FromWordsForm
from review.forms.words import RedactForm
from review.loaders.live import live_page
from review.loaders.structure.picking import pick as found_for
from review.loaders.text_owners import owner_of_text
from review.states import PageKind
from review.views.done import done, is_from_editor, refused_in_editor
from review.views.frames import back_to_page, live_frame


@require_POST
def claim(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a claim of the selected words."""
    form = ClaimOfWordsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        role = SupportRole(data["role"])
        try:
            made = make_claim(
                by=actor_of(request), case_id=case_id, selected=_selected(form), kind=ClaimKind(data["kind"]), role=role
            )
        except CannotChange as error:
            form.add_error(None, error.why)
        else:
            return _done(request, case_id, made, data, "{owner} rests on it")
    return _again(request, case_id, "claim_of_words", form)


@require_POST
def evidence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make evidence of the selected words."""
    form = EvidenceOfWordsForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        says = _says(data)
        try:
            made = make_evidence(
                by=actor_of(request),
                case_id=case_id,
                selected=_selected(form),
                kind=EvidenceType(data["kind"]),
                says=says,
            )
        except CannotChange as error:
            form.add_error(None, error.why)
        else:
            return _done(request, case_id, made, data, "it bears on {owner}")
    return _again(request, case_id, "evidence_of_words", form)


def _selected(form: FromWordsForm) -> Selected:
    data = form.cleaned_data
    return Selected(data["text"], data["version"], Span(data["start"], data["end"]))


def _says(data: dict[str, str]) -> tuple[Direction, Grade]:
    return Direction(data["direction"]), Grade(data["strength"])


def _done(request: HttpRequest, case_id: UUID, made: Made, data: dict[str, str], linked: str) -> HttpResponse:
    owner = owner_of_text(case_id, data["text"]) if made.link else None
    also = f"; {linked.format(owner=owner.ref)}" if owner else ""
    where = "made and cited here" if made.cited else "made but not cited, as no citation can stand here"
    sentence = f"{made.ref} is {where}{also}."
    way_on = back_to_page(case_id, data["page"] or str(PageKind.FRONT))
    return done(request, sentence, way_on, ref=made.ref, link=made.link, version=made.version)


def _again(request: HttpRequest, case_id: UUID, name: str, form: Form) -> HttpResponse:
    """What is wrong, in the dialog, with everything that was chosen kept."""
    actor = actor_of(request)
    require(actor, Action.WRITE, case_id)
    if is_from_editor(request):
        return refused_in_editor(form)
    kind, _, ref = str(form.data.get("page") or PageKind.FRONT).partition("/")
    page = live_page(actor, case_id, PageKind(kind) if kind in set(PageKind) else PageKind.FRONT, ref)
    context = {**live_frame(actor, page, redact=RedactForm()), name: form}
    return render(request, "review/live.html", context, status=422)


@require_safe
def pick(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """What can be cited, found by reference or words. Live words: for those who write in the case only."""
    actor = actor_of(request)
    base = reverse("live", kwargs={"case_id": case_id})
    rows = found_for(actor, case_id, request.GET.get("q", "")[:200], request.GET.get("for", "")[:18], base)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="pick")
    return JsonResponse({"rows": [asdict(row) for row in rows]})


@require_POST
def cite(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Link what was cited to what the citing text belongs to."""
    actor = actor_of(request)
    require(actor, Action.WRITE, case_id)
    form = CiteForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        role = SupportRole(data["role"])
        try:
            link = link_cited(
                by=actor, case_id=case_id, text_key=data["text"], ref=data["ref"], role=role, says=_says(data)
            )
        except CannotChange as error:
            form.add_error(None, error.why)
        else:
            said = f"{data['ref']} is linked." if link else f"{data['ref']} is cited; nothing is to be linked here."
            return done(request, said, back_to_page(case_id, str(PageKind.FRONT)), ref=data["ref"], link=link)
    return refused_in_editor(form)
