"""The acts of a redaction's page: for each a form and the action that it feeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from cases.access import Actor
from cases.actions import deciding, redaction_details
from cases.redaction.facts import Extent
from prose.anchors import Span
from review.forms.redactions import AgainForm, ApproveForm, AudienceForm, LiftForm, NarrowForm, RewordForm, WhyForm
from review.loaders.redactions import RedactionView

FormMaker = Callable[[RedactionView, QueryDict | None], forms.Form]
Doer = Callable[[Actor, UUID, str, forms.Form], str]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: the form that asks for what it needs, and the doing, which answers with what to say."""

    form: FormMaker
    do: Doer


def forms_for(view: RedactionView, refused: str, bound: forms.Form | None) -> dict[str, forms.Form]:
    """A form for every act that is open to who asks; the refused one keeps what was typed."""
    found = {act.replace("-", "_"): ACTS[act].form(view, None) for act in view.acts}
    return found if bound is None else {**found, refused.replace("-", "_"): bound}


def _approve(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    data = form.cleaned_data
    deciding.approve(by=by, case_id=case_id, ref=ref, seen=data["seen"], why=data["why"], again=data["again"])
    return f"{ref} is approved: it stays hidden."


def _contest(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    deciding.contest(by=by, case_id=case_id, ref=ref, why=form.cleaned_data["why"])
    return f"{ref} is contested. It goes on hiding, and holds publication until it is decided."


def _lift(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    deciding.lift(by=by, case_id=case_id, ref=ref, seen=form.cleaned_data["seen"], why=form.cleaned_data["why"])
    return f"{ref} is lifted. Readers see what it covered from the next release on."


def _propose_again(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    deciding.propose_again(by=by, case_id=case_id, ref=ref, why=form.cleaned_data["why"])
    return f"{ref} hides again, at once."


def _decide_again(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    deciding.decide_again_by(by=by, case_id=case_id, ref=ref, day=form.cleaned_data["again"])
    return "The day to decide again is set." if form.cleaned_data["again"] else "Nobody needs to decide again."


def _narrow(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    data = form.cleaned_data
    span = Span(data["start"], data["end"])
    deciding.narrow(by=by, case_id=case_id, ref=ref, text_key=data["text"], version=data["version"], span=span)
    return f"{ref} is narrowed. Readers see the words that you selected from the next release on."


def _reveal(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    redaction_details.reveal(by=by, case_id=case_id, ref=ref, audience_key=form.cleaned_data["audience"])
    return "Revealed, from the next release on."


def _unreveal(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    redaction_details.unreveal(by=by, case_id=case_id, ref=ref, audience_key=form.cleaned_data["audience"])
    return "Hidden again, from the next release on."


def _reword(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    assert isinstance(form, RewordForm)
    data = form.cleaned_data
    redaction_details.change_words_about(
        by=by,
        case_id=case_id,
        ref=ref,
        note=data["note"],
        reason=data["reason"],
        instead=form.instead(),
        extent=Extent(data["extent"]),
        bears_load=data["bears_load"],
    )
    return "Changed. Readers see it from the next release on."


def _ask_to_omit(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    redaction_details.ask_to_omit(by=by, case_id=case_id, ref=ref, reason=form.cleaned_data["why"])
    return "Asked. The placeholder stays until a second manager agrees."


def _agree_to_omit(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    redaction_details.agree_to_omit(by=by, case_id=case_id, ref=ref)
    return "Left out: from the next release on nothing tells that it exists."


def _decline_to_omit(by: Actor, case_id: UUID, ref: str, form: forms.Form) -> str:
    redaction_details.decline_to_omit(by=by, case_id=case_id, ref=ref)
    return "The placeholder stays."


def _reword_form(view: RedactionView, data: QueryDict | None) -> RewordForm:
    uncleared = [holding for holding in view.holdings if not holding.cleared]
    row = view.row
    initial = {"note": row.note, "reason": row.reason, "extent": row.extent, "bears_load": row.bears_load}
    initial |= {f"instead_{holding.key}": holding.instead for holding in uncleared}
    return RewordForm(data, initial=initial, audiences=[(one.key, one.name) for one in uncleared])


def _losing_form(view: RedactionView, data: QueryDict | None) -> AudienceForm:
    return AudienceForm(data, audiences=[(one.key, one.name) for one in view.holdings if one.loses])


def _revealed_form(view: RedactionView, data: QueryDict | None) -> AudienceForm:
    return AudienceForm(data, audiences=[(one.key, one.name) for one in view.holdings if one.revealed])


def _plain(form: type[forms.Form]) -> FormMaker:
    return lambda view, data: form(data, initial={"seen": len(view.history), "again": _later(view)})


def _later(view: RedactionView) -> object:
    return None if view.overdue else view.row.decide_again


ACTS: Mapping[str, Act] = {
    "approve": Act(_plain(ApproveForm), _approve),
    "contest": Act(_plain(WhyForm), _contest),
    "lift": Act(_plain(LiftForm), _lift),
    "propose-again": Act(_plain(WhyForm), _propose_again),
    "decide-again": Act(_plain(AgainForm), _decide_again),
    "narrow": Act(_plain(NarrowForm), _narrow),
    "reveal": Act(_losing_form, _reveal),
    "unreveal": Act(_revealed_form, _unreveal),
    "reword": Act(_reword_form, _reword),
    "ask-to-omit": Act(_plain(WhyForm), _ask_to_omit),
    "agree-to-omit": Act(_plain(forms.Form), _agree_to_omit),
    "decline-to-omit": Act(_plain(forms.Form), _decline_to_omit),
}
