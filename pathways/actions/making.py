"""New parts of the report: sections, pathways, claims, limitations, groups, terms. Their texts are there from the start, empty or given."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from cases.refs import new_ref, new_text_key
from pathways.actions.acting import CannotChange, begin, remember, tell
from pathways.actions.kinds import CLAIM, LIMITATION, PATHWAY, SECTION, TAG, TERM, PartKind
from pathways.actions.ordering import place_for
from pathways.models import Part, Term
from pathways.part_verbs import PartVerb
from pathways.values import ClaimKind, ClaimState
from prose.content import plain_text
from prose.marked import MarkedContent, parsed
from prose.models import Text
from prose.moving import line_of, nothing, paragraphs_of
from prose.schema import TextSchema
from prose.terms import is_same_term

Given = Mapping[str, MarkedContent]  # worded attribute → its first words; one that is not given is empty


@transaction.atomic
def create_section(*, by: Actor, case_id: UUID, title: str = "", after: str = "") -> str:
    """A section, at the end or after another; not ready to be published yet. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_part(by, case_id, SECTION, {"title": line_of(title)}, {"ready": False}, after=after).ref


@transaction.atomic
def create_pathway(*, by: Actor, case_id: UUID, title: str = "", after: str = "") -> str:
    """A pathway, not rated and not ready to be published yet. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_part(by, case_id, PATHWAY, {"title": line_of(title)}, {"ready": False}, after=after).ref


@transaction.atomic
def create_claim(*, by: Actor, case_id: UUID, kind: ClaimKind, statement: str = "", after: str = "") -> str:
    """A claim, a draft. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_claim(by, case_id, kind, {"statement": line_of(statement)}, after=after).ref


@transaction.atomic
def create_limitation(*, by: Actor, case_id: UUID, title: str = "", after: str = "") -> str:
    """A limitation. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_part(by, case_id, LIMITATION, {"title": line_of(title)}, {}, after=after).ref


@transaction.atomic
def create_tag(*, by: Actor, case_id: UUID, name: str) -> str:
    """A group of claims. Returns its reference. Raises Http404."""
    begin(by, case_id)
    return new_part(by, case_id, TAG, {"name": line_of(name)}, {}).ref


@transaction.atomic
def create_term(*, by: Actor, case_id: UUID, name: str, definition: str = "", tentative: bool = False) -> str:
    """A term of the glossary. Returns its reference. Raises Http404, CannotChange where these words are defined already."""
    begin(by, case_id)
    for one in Term.objects.filter(case_id=case_id, retired=False).select_related("name").order_by("order"):
        if is_same_term(plain_text(parsed(one.name.content), " "), name):
            raise CannotChange(f"{one.ref} says already what this means.", "name")
    given = {"name": line_of(name), "definition": paragraphs_of(definition)}
    return new_part(by, case_id, TERM, given, {"tentative": tentative}).ref


def new_claim(by: Actor, case_id: UUID, kind: ClaimKind, given: Given, *, after: str = "") -> Part:
    """The row of a new claim, for acts that do more. The case is locked already."""
    return new_part(by, case_id, CLAIM, given, {"kind": kind.value, "state": ClaimState.DRAFT.value}, after=after)


def new_part(  # noqa: PLR0913  # a part is these things
    by: Actor,
    case_id: UUID,
    what: PartKind,
    given: Given,
    columns: Mapping[str, object],
    *,
    after: str = "",
    of: str = "",
    why: str = "",
    ref: str = "",
) -> Part:
    """The row of any new part with its texts, its history begun and told: made, or split `of` another. The case is locked already.

    `ref`: its reference, where the caller gave it out already because other words cite it. Raises CannotChange.
    """
    order = place_for(what, case_id, after)
    taken = set(what.model._default_manager.filter(case_id=case_id).values_list("ref", flat=True))
    texts = texts_for(case_id, what, given)
    part = what.model._default_manager.create(
        case_id=case_id, ref=ref or new_ref(what.letter, taken), order=order, **texts, **columns
    )
    verb = PartVerb.SPLIT_OFF if of else PartVerb.CREATED
    remember(by=by, case_id=case_id, ref=part.ref, verb=verb, other_ref=of, why=why)
    tell(by=by, case_id=case_id, ref=part.ref, verb=verb)
    return part


def texts_for(case_id: UUID, kind: PartKind, given: Given) -> dict[str, Text]:
    """A text for every worded attribute."""
    texts = {
        name: Text(scope_id=case_id, key=new_text_key(), kind=schema, content=_words(given, name, schema))
        for name, schema in kind.worded.items()
    }
    Text.objects.bulk_create(texts.values())
    return texts


def _words(given: Given, name: str, schema: TextSchema) -> MarkedContent:
    return given[name] if name in given else nothing(schema)
