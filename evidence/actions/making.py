"""New evidence, bearings and assurances. Their texts are there from the start, empty or given."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from cases.models import CasePerson
from evidence.actions.kinds import ASSURANCE, BEARING, EVIDENCE
from evidence.models import Bearing, Evidence
from evidence.values import Direction, EvidenceType
from pathways.actions.acting import CannotChange, begin, standing
from pathways.actions.making import Given, new_part
from pathways.models import Claim, Part
from pathways.values import Grade
from prose.marked import MarkedContent
from prose.moving import line_of


@transaction.atomic
def create_evidence(*, by: Actor, case_id: UUID, type: EvidenceType, title: str = "", after: str = "") -> str:  # noqa: A002  # its name
    """A piece of evidence, relied on. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_evidence(by, case_id, type, {"title": line_of(title)}, after=after).ref


def new_evidence(by: Actor, case_id: UUID, kind: EvidenceType, given: Given, *, after: str = "") -> Part:
    """The row, for acts that do more. The case is locked already. Raises CannotChange."""
    return new_part(by, case_id, EVIDENCE, given, {"type": kind.value, "relied_on": True}, after=after)


@transaction.atomic
def create_bearing(
    *, by: Actor, case_id: UUID, evidence: str, claim: str, direction: Direction, strength: Grade, place: str = ""
) -> str:
    """Let evidence bear on a claim. Returns the reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    return new_bearing(by, case_id, (evidence, claim), (direction, strength), line_of(place)).ref


@transaction.atomic
def create_evidence_for(  # evidence and its bearing are these things
    *,
    by: Actor,
    case_id: UUID,
    claim: str,
    type: EvidenceType,  # noqa: A002  # its name
    title: str,
    direction: Direction,
    strength: Grade,
    place: str = "",
) -> str:
    """New evidence that bears on a claim. Returns the evidence's reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    evidence = new_evidence(by, case_id, type, {"title": line_of(title)})
    new_bearing(by, case_id, (evidence.ref, claim), (direction, strength), line_of(place))
    return evidence.ref


def new_bearing(
    by: Actor, case_id: UUID, ends: tuple[str, str], says: tuple[Direction, Grade], place: MarkedContent
) -> Part:
    """The row, for acts that do more. The case is locked already. Raises Http404, CannotChange."""
    evidence, claim = standing(Evidence, case_id, ends[0]), standing(Claim, case_id, ends[1])
    if same := bearing_between(case_id, *ends):
        raise CannotChange(f"{ends[0]} bears on {ends[1]} already, by {same}.", "evidence")
    direction, strength = says
    columns = {"evidence": evidence, "claim": claim, "direction": direction.value, "strength": strength.value}
    return new_part(by, case_id, BEARING, {"place": place}, columns)


def bearing_between(case_id: UUID, evidence: str, claim: str) -> str:
    """The bearing that stands between the two; nothing if there is none."""
    rows = Bearing.objects.filter(case_id=case_id, retired=False, evidence__ref=evidence, claim__ref=claim)
    return rows.values_list("ref", flat=True).first() or ""


@transaction.atomic
def create_assurance(
    *, by: Actor, case_id: UUID, owner: str, given_on: date, valid_until: date | None = None, claim: str = ""
) -> str:
    """An assurance of somebody named in the case. Returns its reference. Raises Http404, CannotChange."""
    begin(by, case_id)
    person = CasePerson.objects.filter(case_id=case_id, key=owner).first()
    if person is None:
        raise CannotChange("Choose who gives it: nobody of that name is in the case.", "owner")
    about = standing(Claim, case_id, claim) if claim else None
    columns = {"owner": person, "given_on": given_on, "valid_until": valid_until, "claim": about}
    return new_part(by, case_id, ASSURANCE, {}, columns).ref
