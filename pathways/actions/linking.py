"""Supports: that a pathway or a claim rests on a claim. Nothing may rest on itself, over any number of steps."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from cases.actions.hidden_alike import not_hidden_alike
from pathways.actions.acting import CannotChange, begin, standing
from pathways.actions.kinds import SUPPORT
from pathways.actions.making import new_claim, new_part
from pathways.cycles import first_cycle
from pathways.models import Claim, Part, Pathway, Support
from pathways.values import ClaimKind, SupportRole
from prose.marked import MarkedContent
from prose.moving import line_of


@transaction.atomic
def create_support(*, by: Actor, case_id: UUID, resting: str, claim: str, role: SupportRole, reason: str = "") -> str:
    """Let a pathway or a claim rest on a claim. Returns the reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_support(by, case_id, resting, claim, role, line_of(reason)).ref


@transaction.atomic
def create_claim_under(
    *, by: Actor, case_id: UUID, resting: str, kind: ClaimKind, statement: str, role: SupportRole, reason: str = ""
) -> str:
    """A new claim on which a pathway or a claim rests. Returns the claim's reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    claim = new_claim(by, case_id, kind, {"statement": line_of(statement)})
    new_support(by, case_id, resting, claim.ref, role, line_of(reason))
    return claim.ref


def new_support(by: Actor, case_id: UUID, resting: str, claim: str, role: SupportRole, reason: MarkedContent) -> Part:
    """The row, for acts that do more. The case is locked already. Raises Http404, CannotChange."""
    rests = resting_on(case_id, resting)
    carries = standing(Claim, case_id, claim)
    if same := link_between(case_id, resting, claim):
        raise CannotChange(f"{resting} rests on {claim} already, by {same}.", "claim")
    require_no_cycle(case_id, [(resting, claim)])
    end = "pathway" if isinstance(rests, Pathway) else "resting"
    return new_part(by, case_id, SUPPORT, {"reason": reason}, {"claim": carries, "role": role.value, end: rests})


def hang_under(support: Support, ref: str, field: str) -> None:
    """Let another pathway or claim rest on the claim of a support, by the same link. The row is not saved. Raises Http404, CannotChange."""
    to, was, claim = resting_on(support.case_id, ref), support.pathway or support.resting, support.claim.ref
    if same := link_between(support.case_id, ref, claim):
        raise CannotChange(f"{ref} rests on {claim} already, by {same}.", field)
    if was and (hides := not_hidden_alike(support.case_id, was.ref, ref)):
        raise CannotChange(
            f"{was.ref} is hidden by {hides.ref}, and {ref} is not hidden as much: what the link says would show. "
            f"Hide {ref} on the same ground first, or lift {hides.ref}.",
            field,
        )
    require_no_cycle(support.case_id, [(ref, claim)])
    support.pathway = to if isinstance(to, Pathway) else None
    support.resting = to if isinstance(to, Claim) else None


def resting_on(case_id: UUID, ref: str) -> Pathway | Claim:
    """The pathway or claim that rests. Raises Http404, CannotChange."""
    return standing(Pathway, case_id, ref) if ref.startswith("P") else standing(Claim, case_id, ref)


def link_between(case_id: UUID, resting: str, claim: str) -> str:
    """The support that stands between the two; nothing if there is none."""
    end = "pathway__ref" if resting.startswith("P") else "resting__ref"
    rows = Support.objects.filter(case_id=case_id, retired=False, claim__ref=claim, **{end: resting})
    return rows.values_list("ref", flat=True).first() or ""


def links_that_stand(case_id: UUID) -> list[tuple[str, str]]:
    """(what rests, the claim it rests on) of every claim that rests on a claim."""
    rows = Support.objects.filter(case_id=case_id, retired=False, resting__retired=False, claim__retired=False)
    return list(rows.values_list("resting__ref", "claim__ref"))


def require_no_cycle(case_id: UUID, more: Iterable[tuple[str, str]], renamed: tuple[str, str] | None = None) -> None:
    """Refuse links that would let a claim rest on itself; `renamed`: (gone, into), as if the one were the other."""
    gone, into = renamed or ("", "")
    links = [*links_that_stand(case_id), *more]
    as_one = [(into if a == gone else a, into if b == gone else b) for a, b in links]
    cycle = first_cycle((a, b) for a, b in as_one if renamed is None or a != b)
    if cycle:
        raise CannotChange(f"Then a claim would rest on itself: {' → '.join(cycle)}.", "claim")
