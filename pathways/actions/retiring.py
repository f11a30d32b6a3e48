"""Retiring a part, and bringing it back. Nothing is erased: it keeps its reference, its words and its links, and stands nowhere."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.access import Actor
from pathways.actions.acting import CannotChange, Stale, begin, found, remember, tell
from pathways.actions.hidden_words import hidden_in_case, standing_texts
from pathways.actions.kinds import PartKind
from pathways.actions.linking import link_between, require_no_cycle
from pathways.models import Claim, Part, PartEvent, Support
from pathways.part_verbs import PartVerb
from prose.actions import hide_what_is_hidden
from prose.models import Text


@transaction.atomic
def retire(*, by: Actor, case_id: UUID, kind: PartKind, ref: str, version: int, written: int, why: str) -> None:
    """Take a part out of the report as whoever retires it saw it: `version` of its attributes, `written` of its words.

    Raises Http404, Stale when somebody changed it or wrote in it since, CannotChange when it is retired already.
    """
    begin(by, case_id)
    part = found(kind.model, case_id, ref)
    if part.retired:
        raise CannotChange(f"{ref} is retired already.")
    if part.version != version or written_in(part, kind, lock=True) != written:
        raise Stale(part.version, {})
    take_out(by, part, why)


def take_out(by: Actor, part: Part, why: str, verb: PartVerb = PartVerb.RETIRED, other_ref: str = "") -> None:
    """The row alone, for acts that do more. The case is locked already."""
    part.retired = True
    part.version += 1
    part.save(update_fields=["retired", "version"])
    remember(by=by, case_id=part.case_id, ref=part.ref, verb=verb, why=why, other_ref=other_ref)
    tell(by=by, case_id=part.case_id, ref=part.ref, verb=verb)


def written_in(part: Part, kind: PartKind, *, lock: bool = False) -> int:
    """A number that grows with every change of its words."""
    ids = [getattr(part, f"{name}_id") for name in kind.worded]
    rows = Text.objects.filter(pk__in=ids).order_by("pk")
    return sum((rows.select_for_update() if lock else rows).values_list("version", flat=True))


@transaction.atomic
def bring_back(*, by: Actor, case_id: UUID, kind: PartKind, ref: str, why: str = "") -> None:
    """Let it stand again, where it stood. Raises Http404, CannotChange where its links no longer allow it.

    Words of it that another text hides by now, or hid since it was retired, come back hidden.
    """
    begin(by, case_id)
    part = found(kind.model, case_id, ref)
    if not part.retired:
        raise CannotChange(f"{ref} stands already.")
    if isinstance(part, Support):
        _require_ends(part)
    stood = standing_texts(case_id)
    put_back(by, part, why)
    if isinstance(part, Support | Claim):
        require_no_cycle(case_id, ())
    _hide_again(by, part, standing_texts(case_id) - stood)


def put_back(by: Actor, part: Part, why: str) -> None:
    """The row alone, for acts that do more. The case is locked already."""
    part.retired = False
    part.version += 1
    part.save(update_fields=["retired", "version"])
    remember(by=by, case_id=part.case_id, ref=part.ref, verb=PartVerb.BROUGHT_BACK, why=why)
    tell(by=by, case_id=part.case_id, ref=part.ref, verb=PartVerb.BROUGHT_BACK)


def _hide_again(by: Actor, part: Part, returning: frozenset[UUID]) -> None:
    """Hide in the texts that stand again, those of links among them, what the case hides elsewhere. The case is locked already."""
    taken = PartEvent.objects.filter(case_id=part.case_id, ref=part.ref, verb__in=(PartVerb.RETIRED, PartVerb.MERGED))
    since = taken.order_by("at").values_list("at", flat=True).last()
    if hidden := hidden_in_case(part.case_id, since, but=returning):
        for key in Text.objects.filter(pk__in=returning).order_by("key").values_list("key", flat=True):
            hide_what_is_hidden(scope_id=part.case_id, key=key, hidden=hidden, by_id=by.id)


def _require_ends(support: Support) -> None:
    resting = support.pathway or support.resting
    for end in (resting, support.claim):
        if end is not None and end.retired:
            raise CannotChange(f"{end.ref} is retired: bring it back first.")
    same = link_between(support.case_id, resting.ref if resting else "", support.claim.ref)
    if same:
        raise CannotChange(f"{same} links the same two already.")
