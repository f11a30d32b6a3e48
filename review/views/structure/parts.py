"""Setting what is stated of a part; and where somebody else did so meanwhile, both values side by side."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from evidence.actions.any_part import bring_back, set_attributes
from pathways.actions.acting import CannotChange, Stale
from pathways.attributes import Attribute, AttributeValue
from review.forms.structure import AttributeForm
from review.loaders.structure.part import LastChange, PartView, last_changes, part_view
from review.views.structure.frame import field_of, frame, to_page_of

YOURS, THEIRS = "yours", "theirs"


@dataclass(frozen=True, slots=True)
class Both:
    """One attribute that says something else than was chosen: what it says now, what was chosen, and which is kept if nobody says."""

    attribute: Attribute
    theirs: str
    yours: str
    kept: str
    last: LastChange | None


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, case_id: UUID, ref: str = "") -> HttpResponse:
    """The form, and setting what was chosen in it; without a reference, of what is stated of the whole case."""
    actor = actor_of(request)
    _, part = part_view(actor, case_id, ref)
    form = _form(part, request)
    if request.method != "POST":
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=f"change {ref}")
        return _page(request, actor, part, form)
    if not form.is_valid():
        return _page(request, actor, part, form, status=422)
    if "bring_back" in request.POST and part.retired:
        return _bring_back_and_set(request, actor, part, form)
    settled = _settled(request, part, form) if "settle" in request.POST else None
    if settled is False or (part.retired and settled is None):
        return _stale(request, actor, part, form)
    given = form.given() if settled is None else settled
    version = form.cleaned_data["version"] if settled is None else int(request.POST.get("now") or 0)
    return _set(request, actor, part, form, given, version)  # type: ignore[arg-type]  # False was answered above


def _form(part: PartView, request: HttpRequest) -> AttributeForm:
    return AttributeForm(
        request.POST if request.method == "POST" else None,
        attributes=part.attributes,
        choices=part.choices,
        stated=part.stated,
        version=part.version,
    )


def _page(request: HttpRequest, actor: Actor, part: PartView, form: AttributeForm, status: int = 200) -> HttpResponse:
    context = {**frame(actor, part), "part": part, "form": form}
    return render(request, "review/structure/change.html", context, status=status)


def _set(
    request: HttpRequest,
    actor: Actor,
    part: PartView,
    form: AttributeForm,
    given: dict[str, AttributeValue],
    version: int,
) -> HttpResponse:
    try:
        why = form.cleaned_data.get("why", "")
        set_attributes(by=actor, case_id=part.case_id, ref=part.ref, version=version, given=given, why=why)
    except Stale:
        return _stale(request, actor, part_view(actor, part.case_id, part.ref)[1], form)
    except CannotChange as error:
        form.add_error(field_of(error, form.fields), error.why)
        return _page(request, actor, part, form, status=422)
    messages.success(request, f"Saved. Readers of {part.ref} see it from the next release on.")
    return to_page_of(part.case_id, part.ref, part.page)


def _bring_back_and_set(request: HttpRequest, actor: Actor, part: PartView, form: AttributeForm) -> HttpResponse:
    try:
        bring_back(by=actor, case_id=part.case_id, ref=part.ref)
    except CannotChange as error:
        form.add_error(None, error.why)
        return _stale(request, actor, part, form)
    return _set(request, actor, part, form, form.given(), part.version + 1)


def _stale(request: HttpRequest, actor: Actor, part: PartView, form: AttributeForm) -> HttpResponse:
    """What it says now beside what was chosen; nothing of either is lost."""
    last = last_changes(part.case_id, part.ref)
    rows = _differing(part, form, last)
    if not rows and not part.retired:
        messages.info(request, "Somebody else set the same meanwhile: nothing was left to save.")
        return to_page_of(part.case_id, part.ref, part.page)
    context = {**frame(actor, part), "part": part, "form": form, "rows": rows, "retired": last.get("")}
    context["missing"] = "settle" in request.POST
    return render(request, "review/structure/stale.html", context, status=409)


def _differing(part: PartView, form: AttributeForm, last: dict[str, LastChange]) -> list[Both]:
    given, touched = form.given(), form.touched()
    labels = {name: dict(options) for name, options in part.choices.items()}
    rows = []
    for attribute in part.attributes:
        theirs, yours = part.stated[attribute.name], given[attribute.name]
        if theirs != yours:
            known = labels.get(attribute.name, {})
            kept = THEIRS if attribute.name not in touched else "" if _moved(form, attribute, theirs) else YOURS
            said = _said(attribute, theirs, known), _said(attribute, yours, known)
            rows.append(Both(attribute, *said, kept, last.get(attribute.name)))
    return rows


def _moved(form: AttributeForm, attribute: Attribute, theirs: AttributeValue) -> bool:
    """Whether somebody else changed it too, as far as the form remembers what it said before."""
    return attribute.name in form.differs_from_was({attribute.name: theirs})


def _said(attribute: Attribute, value: AttributeValue, known: dict[str, str]) -> str:
    """A value as words; a person, a claim or a group by name."""
    if isinstance(value, tuple) and known:
        return ", ".join(known.get(one, one) for one in value) or "none"
    return known.get(str(value), "") or attribute.shown(value)


def _settled(request: HttpRequest, part: PartView, form: AttributeForm) -> dict[str, AttributeValue] | bool:
    """What is to be set once somebody chose field by field; False while one is not chosen, or it changed once more."""
    if request.POST.get("now") != str(part.version):
        return False
    given = form.given()
    found: dict[str, AttributeValue] = {}
    for attribute in part.attributes:
        if part.stated[attribute.name] == given[attribute.name]:
            continue
        taken = request.POST.get(f"take-{attribute.name}")
        if taken not in (YOURS, THEIRS):
            return False
        if taken == YOURS:
            found[attribute.name] = given[attribute.name]
    return found
