"""Hiding what is not words: an attribute, a link, an object. The target is looked up in the case before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.actions.redactions import Because, Covered, hide_whole
from cases.hiding import ATTRIBUTES, LINKS, OBJECTS
from cases.models import Case
from cases.redaction.facts import Cover
from cases.roles import Action
from evidence.models import Assurance, Bearing, Evidence
from pathways.models import Claim, Limitation, Part, Pathway, Section, Support, Term

PARTS: Mapping[str, type[Part]] = {
    "S": Section,
    "P": Pathway,
    "C": Claim,
    "L": Support,
    "E": Evidence,
    "B": Bearing,
    "A": Assurance,
    "N": Limitation,
    "T": Term,
}


@transaction.atomic
def hide_attribute(*, by: Actor, case_id: UUID, ref: str, name: str, because: Because) -> str:
    """Propose to hide one attribute; returns the redaction's reference. Raises Http404, CannotRedact."""
    _require_there(by, case_id, ref)
    if name not in ATTRIBUTES.get(ref[:1], {}):
        raise Http404
    return hide_whole(by=by, case_id=case_id, covered=Covered(Cover.ATTRIBUTE, ref, name), because=because)


@transaction.atomic
def hide_link(*, by: Actor, case_id: UUID, ref: str, because: Because) -> str:
    """Propose to hide a support or a bearing: a placeholder stays under what is shown. Raises Http404, CannotRedact."""
    _require_there(by, case_id, ref)
    if ref[:1] not in LINKS:
        raise Http404
    return hide_whole(by=by, case_id=case_id, covered=Covered(Cover.LINK, ref), because=because)


@transaction.atomic
def hide_object(*, by: Actor, case_id: UUID, ref: str, because: Because) -> str:
    """Propose to mask an object; to leave it out is asked for afterwards. Raises Http404, CannotRedact."""
    _require_there(by, case_id, ref)
    if ref[:1] not in OBJECTS:
        raise Http404
    return hide_whole(by=by, case_id=case_id, covered=Covered(Cover.OBJECT, ref), because=because)


def _require_there(by: Actor, case_id: UUID, ref: str) -> None:
    require(by, Action.REDACT, case_id)
    model = PARTS.get(ref[:1])
    if model is None:
        there = ref[:1] == "K" and Case.objects.filter(pk=case_id, reference=ref).exists()
    else:
        there = model._default_manager.filter(case_id=case_id, ref=ref, retired=False).exists()
    if not there:
        raise Http404
