"""Replacing words in many texts of a case at once: in all that were chosen, or in none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from cases.access import Actor, require
from cases.actions.writing import known_redactions
from cases.audit import AuditVerb, record
from cases.roles import Action
from prose.actions import BadSteps, edit_text
from prose.models import Text, Why
from review.history.replacing import Sought, hits_in, replacing_steps
from review.loaders.history.opened import is_written_in
from review.loaders.text_owners import names_of_texts


class CannotReplace(ValueError):
    """Nothing was replaced; the message says why."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Places in one text, by where they began at the version that was looked at."""

    version: int
    starts: frozenset[int]


@transaction.atomic
def replace_words(*, by: Actor, case_id: UUID, sought: Sought, instead: str, chosen: Mapping[str, Chosen]) -> int:
    """Put other words in the chosen places of the texts with these keys; returns in how many places. Raises Http404, CannotReplace.

    A text that changed since it was looked at stops all of it. What hides the old words hides the new ones.
    """
    require(by, Action.WRITE, case_id)
    if not chosen:
        raise CannotReplace("Choose at least one place.")
    _require_unchanged(case_id, chosen)
    known = known_redactions(case_id)
    for key in sorted(chosen):
        _replace(by, case_id, key, chosen[key], sought, instead, known)
    record(by=by, verb=AuditVerb.WORDS_REPLACED, case_id=case_id)
    return sum(len(one.starts) for one in chosen.values())


def _require_unchanged(case_id: UUID, chosen: Mapping[str, Chosen]) -> None:
    """Locks the texts, always in the same order, so that two who replace at once can't wait for each other in a ring."""
    names = names_of_texts(case_id)
    texts = Text.objects.select_for_update().filter(scope_id=case_id, key__in=chosen).order_by("key")
    versions = dict(texts.values_list("key", "version"))
    for key, one in chosen.items():
        name = names.get(key)
        if name is None or not is_written_in(name):
            raise CannotReplace("A text that you chose is not there any more, so nothing was replaced.")
        if versions.get(key) != one.version:
            raise CannotReplace(f"{name.label} was changed meanwhile, so nothing was replaced. Look again.")


def _replace(  # one text of one act
    by: Actor, case_id: UUID, key: str, one: Chosen, sought: Sought, instead: str, known: frozenset[str]
) -> None:
    def make(document: LibraryNode) -> list[LibraryStep]:
        hits = [hit for hit in hits_in(document, sought, instead) if hit.start in one.starts]
        if len(hits) != len(one.starts):
            raise CannotReplace("What you chose does not stand there, so nothing was replaced. Look again.")
        return replacing_steps(document, hits, instead)

    try:
        edit_text(scope_id=case_id, key=key, by_id=by.id, why=Why.REPLACED, known=known, make=make, version=one.version)
    except BadSteps as bad:
        raise CannotReplace(f"{bad.why} Nothing was replaced.") from bad
