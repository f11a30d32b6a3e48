"""What an import has to know of the case: its references, pictures, people; and references for what is new."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from cases.models import Case, CaseFile, CasePerson, Redaction
from cases.redaction.facts import RedactionState
from cases.refs import new_ref
from evidence.actions.kinds import KINDS
from review.bringing.draft import Draft
from review.bringing.placing.finishing import Facts
from review.bringing.placing.hidings import Brought, HidingHere, brought
from review.bringing.placing.things import Made


def facts_of(
    case_id: UUID, made: Made, hidings: Brought, pictures: Mapping[str, str], renamed: Mapping[str, str]
) -> Facts:
    """The facts; every new thing is given a reference that nothing else in the case has. `pictures`: of the document → here."""
    here = frozenset(ref for kind in KINDS.values() for ref in _refs(kind.letter, case_id))
    taken = set(here)
    refs: dict[str, str] = {}
    for thing in made.things:
        refs[thing.name] = new_ref(thing.letter, taken)
        taken.add(refs[thing.name])
    files = frozenset(CaseFile.objects.filter(case_id=case_id).values_list("key", flat=True))
    names = CasePerson.objects.filter(case_id=case_id).values_list("name", flat=True)
    people = frozenset(name.casefold() for name in names)
    return Facts(here, files, refs, pictures, renamed, hidings.omitted, people)


def _refs(letter: str, case_id: UUID) -> list[str]:
    return list(KINDS[letter].model._default_manager.filter(case_id=case_id).values_list("ref", flat=True))


def hidings_of(case_id: UUID, draft: Draft) -> Brought:
    """What becomes of the redactions that the document carries. Raises CannotBring for one that nobody knows."""
    rows = Redaction.objects.filter(case_id=case_id).values_list("ref", "ground", "state", "omitted", "revealed_to")
    here = {
        ref: HidingHere(ground, state == RedactionState.LIFTED, omitted, revealed=bool(revealed_to))
        for ref, ground, state, omitted, revealed_to in rows
    }
    return brought(draft, here, Case.objects.values_list("reference", flat=True).get(pk=case_id))
