"""Claims, evidence and pathways to cite, found while one types: by reference or by their words, for those cleared for everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.safestring import SafeString

from cases.access import Actor
from cases.snapshot import audiences_of, register_of_case
from evidence.models import Bearing, Evidence
from pathways.models import Claim, Part, Pathway, Support
from prose.bars import Context
from prose.content import plain_text
from prose.html import render_document
from prose.models import Text
from prose.shown import FullClearance, OpenText, open_text
from review.loaders.live import legend_for
from review.loaders.structure.desk import writer
from review.loaders.text_owners import TextName, owner_of_text
from review.rendering import Surroundings

MOST = 12
FOUND_IN: tuple[tuple[type[Part], str, str], ...] = (
    (Claim, "claim", "statement"),
    (Evidence, "evidence", "title"),
    (Pathway, "pathway", "title"),
)


@dataclass(frozen=True, slots=True)
class Picked:
    """One row: what it is, its words, the same as the live page shows them, and whether the text's owner is linked to it already.

    `offers`: the link that citing it there offers, "support", "bearing" or nothing; `to`: whose link that is.
    """

    ref: str
    kind: str
    words: str
    html: SafeString
    linked: bool
    offers: str = ""
    to: str = ""


def pick(actor: Actor, case_id: UUID, query: str, text_key: str = "", base: str = "./") -> tuple[Picked, ...]:
    """At most twelve; those whose reference or first words match come first. Raises Http404."""
    clearance, _ = writer(actor, case_id)
    owner = owner_of_text(case_id, text_key) if text_key else None
    linked = _linked(case_id, owner)
    wanted = query.casefold().split()
    found = [
        (rank, row)
        for row in _rows(case_id, clearance, base)
        if row.ref != (owner.ref if owner else "") and (rank := _rank(row, wanted)) is not None
    ]
    found.sort(key=lambda one: one[0])
    to = owner.ref if owner else ""
    return tuple(
        replace(row, linked=row.ref in linked, offers=_offers(row.kind, owner), to=to) for _, row in found[:MOST]
    )


def _rank(row: Picked, wanted: list[str]) -> int | None:
    """How well it matches, 0 the best; None where a word is missing."""
    words, ref = row.words.casefold(), row.ref.casefold()
    if not all(one in words or one in ref for one in wanted):
        return None
    first = wanted[0] if wanted else ""
    return 0 if first and (first in ref or ref.endswith(first)) else 1 if words.startswith(first) else 2


def _rows(case_id: UUID, clearance: FullClearance, base: str) -> Iterator[Picked]:
    loaded = register_of_case(case_id)
    legend = legend_for(loaded.register, audiences_of(case_id, loaded.revealed), base)
    context = replace(Surroundings(base, legend).context(), links=False)
    for model, kind, name in FOUND_IN:
        rows = model._default_manager.filter(case_id=case_id, retired=False).select_related(name).order_by("order")
        for row in rows:
            text: Text = getattr(row, name)
            yield _picked(row.ref, kind, open_text(text.bound_to(loaded.register), clearance), context)


def _picked(ref: str, kind: str, text: OpenText, context: Context) -> Picked:
    return Picked(ref, kind, plain_text(text.document, " "), render_document(text.document, context), linked=False)


def _offers(kind: str, owner: TextName | None) -> str:
    if owner and kind == "claim" and owner.kind in ("pathway", "claim"):
        return "support"
    return "bearing" if owner and kind == "evidence" and owner.kind == "claim" else ""


def _linked(case_id: UUID, owner: TextName | None) -> frozenset[str]:
    """What the owner of the text is linked to already."""
    if owner is None or owner.kind not in ("pathway", "claim"):
        return frozenset()
    end = "pathway__ref" if owner.kind == "pathway" else "resting__ref"
    supports = Support.objects.filter(case_id=case_id, retired=False, **{end: owner.ref})
    bearings = Bearing.objects.filter(case_id=case_id, retired=False, claim__ref=owner.ref)
    return frozenset(
        [*supports.values_list("claim__ref", flat=True), *bearings.values_list("evidence__ref", flat=True)]
    )
