"""The kinds of this room beside those of the report: all parts of a case by the letter of their references."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404

from evidence.models import Assurance, Bearing, Evidence
from pathways.actions.kinds import KINDS as OF_THE_REPORT
from pathways.actions.kinds import PartKind

EVIDENCE = PartKind("E", "evidence", Evidence, ("title", "place", "not_relied"), ("description", "conditions"))
BEARING = PartKind("B", "bearing", Bearing, ("place",), among=("claim_id",))
ASSURANCE = PartKind("A", "assurance", Assurance, (), ("statement",))
KINDS: Mapping[str, PartKind] = {**OF_THE_REPORT, **{one.letter: one for one in (EVIDENCE, BEARING, ASSURANCE)}}


def kind_of(ref: str) -> PartKind:
    """The kind of what a reference names. Raises Http404."""
    if ref[:1] not in KINDS:
        raise Http404
    return KINDS[ref[:1]]
