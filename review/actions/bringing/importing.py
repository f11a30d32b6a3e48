"""Bringing a document in: everything new, in one transaction, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.actions.brought_redactions import propose_brought
from cases.actions.files import add_file
from cases.audit import AuditVerb, record
from cases.figures import BadFigure
from cases.models import Case, Redaction
from cases.refs import new_ref
from cases.roles import Action
from pathways.actions.acting import CannotChange
from review.actions.bringing.hiding import because_of, hide_as_there
from review.actions.bringing.talking import say_comments
from review.actions.bringing.writing import Writing
from review.bringing.draft import Draft
from review.bringing.faults import CannotBring
from review.bringing.placing.finishing import Facts, Finisher, pictures_in
from review.bringing.placing.hidings import Brought
from review.bringing.placing.making import Columns, Maker
from review.bringing.placing.places import Place
from review.bringing.placing.proposing import chosen, parts_of
from review.bringing.placing.things import Made, Plan
from review.bringing.stored import unpacked
from review.loaders.bringing.empty import empty_texts
from review.loaders.bringing.facts import facts_of, hidings_of
from review.models import ImportDraft


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What an import made: the references of new parts, in order, and how much else."""

    refs: tuple[str, ...]
    links: int
    comments: int
    left_out: int
    filled: tuple[str, ...]


@transaction.atomic
def bring_in(*, by: Actor, case_id: UUID, draft_id: UUID, places: Mapping[int, Place], columns: Columns) -> BroughtIn:
    """Write everything where it is placed, and forget the draft. Nothing of the case is changed but its own empty texts.

    Raises Http404, CannotBring, whose message is a sentence.
    """
    require(by, Action.WRITE, case_id)
    Case.objects.select_for_update().get(pk=case_id)  # a release takes its snapshot before or after, not between
    row = ImportDraft.objects.filter(pk=draft_id, case_id=case_id, by_id=by.id).first()
    if row is None:
        raise Http404
    draft = unpacked(bytes(row.content))
    parts = chosen(parts_of(draft, empty_texts(case_id)), dict(places))
    made = Maker(columns).of(parts)
    hidings = hidings_of(case_id, draft)
    try:
        facts = _facts(by, case_id, draft, made, hidings)
        result = _write(by, case_id, draft, Finisher(draft, facts).plan(made), facts)
    except (CannotChange, BadFigure) as error:
        raise CannotBring(_sentence(str(error))) from error
    row.delete()
    record(by=by, verb=AuditVerb.DOCUMENT_IMPORTED, case_id=case_id, target=str(draft_id))
    return result


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _facts(by: Actor, case_id: UUID, draft: Draft, made: Made, hidings: Brought) -> Facts:
    """Take pictures and redactions in, so that texts can name them."""
    shown = sorted(pictures_in(made) & set(draft.pictures))
    pictures = {key: add_file(by=by, case_id=case_id, data=draft.pictures[key]) for key in shown}
    return facts_of(case_id, made, hidings, pictures, _propose(by, case_id, hidings))


def _propose(by: Actor, case_id: UUID, hidings: Brought) -> dict[str, str]:
    """The redactions that words bring along; of those whose reference is taken, the reference that they have here."""
    taken = set(Redaction.objects.filter(case_id=case_id).values_list("ref", flat=True)) | {
        one.ref for one in hidings.as_named
    }
    renamed = {one.ref: new_ref("R", taken) for one in hidings.renamed}
    for one in (*hidings.as_named, *hidings.renamed):
        propose_brought(by=by, case_id=case_id, ref=renamed.get(one.ref, one.ref), because=because_of(one))
    return renamed | dict.fromkeys(hidings.dropped, "")


def _write(by: Actor, case_id: UUID, draft: Draft, plan: Plan, facts: Facts) -> BroughtIn:
    writing = Writing(by, case_id, facts.refs)
    for part in plan.parts:
        writing.part(part)
    for part in plan.parts:
        writing.what_others_need(part)
    for link in plan.links:
        writing.link(link)
    writing.check_links()
    for name, document in plan.of_the_case.items():
        writing.of_the_case(name, document)
    hide_as_there(by=by, case_id=case_id, hidden=plan.hidden, names=writing.refs, listed=draft.hidings)
    said = say_comments(by=by, case_id=case_id, comments=plan.comments, texts=writing.texts)
    refs = tuple(facts.refs[part.name] for part in plan.parts)
    left_out = len(plan.left_out) + len(plan.unplaced_comments)
    return BroughtIn(refs, len(plan.links), said, left_out, tuple(plan.of_the_case))
