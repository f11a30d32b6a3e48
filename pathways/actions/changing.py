"""Setting the attributes of a part: by who looked at what it says now, or not at all. Words are written in the texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor
from cases.models import CaseHeader, CasePerson
from pathways.actions.acting import CannotChange, Stale, begin, found, remember, tell
from pathways.actions.kinds import PartKind
from pathways.actions.linking import hang_under
from pathways.actions.rating import rate, require_reason
from pathways.attributes import RATED, Attribute, AttributeValue, Groups, OneClaim, Person, Resting
from pathways.loaders import stated_of
from pathways.models import Claim, ClaimTag, Part, Pathway, Support, Tag
from pathways.part_verbs import PartVerb

Given = Mapping[str, AttributeValue]
Changes = list[tuple[Attribute, AttributeValue, AttributeValue]]


@transaction.atomic
def set_attributes(
    *,
    by: Actor,
    case_id: UUID,
    kind: PartKind,
    attributes: Iterable[Attribute],
    ref: str,
    version: int,
    given: Given,
    why: str = "",
) -> int:
    """Make attributes say what is given; those that are not named stay. Returns the new version.

    Raises Http404, Stale, and CannotChange where a value can't be, or where a rating that was stated changes and nobody says why.
    """
    begin(by, case_id)
    part = found(kind.model, case_id, ref)
    stated = stated_of(part, attributes)
    if part.retired or part.version != version:
        raise Stale(part.version, stated, retired=part.retired)
    changes = changes_in(attributes, stated, given)
    if not changes:
        return part.version
    if _is_rated(changes):
        require_reason(stated, why)
    for attribute, _, after in changes:
        _write(part, attribute, after)
    _close(by, part, changes, why)
    return part.version


@transaction.atomic
def set_header(
    *, by: Actor, case_id: UUID, attributes: Iterable[Attribute], version: int, given: Given, why: str = ""
) -> int:
    """The same for what is stated of the whole case."""
    case = begin(by, case_id)
    header = CaseHeader.objects.get(case_id=case_id)
    stated = stated_of(header, attributes)
    if header.version != version:
        raise Stale(header.version, stated)
    changes = changes_in(attributes, stated, given)
    if not changes:
        return header.version
    if _is_rated(changes):
        require_reason(stated, why)
    for attribute, _, after in changes:
        setattr(header, attribute.name, list(after) if isinstance(after, tuple) else after)
    header.version += 1
    header.save()
    _remember(by, case_id, "", changes, why)
    if _is_rated(changes):
        rate(case_id=case_id, pathway=None, rating=header.rating, confidence=header.confidence, why=why)
    tell(by=by, case_id=case_id, ref=case.reference, verb=_verb(changes))
    return header.version


def changes_in(attributes: Iterable[Attribute], stated: Given, given: Given) -> Changes:
    """(attribute, before, after) of those that become something else. Raises Http404, CannotChange."""
    by_name = {attribute.name: attribute for attribute in attributes}
    if set(given) - set(by_name):
        raise Http404
    found: Changes = []
    for name, after in given.items():
        if not by_name[name].accepts(after):
            raise CannotChange(f"{by_name[name].label} can't be that.", name)
        if after != stated[name]:
            found.append((by_name[name], stated[name], after))
    return found


def _write(part: Part, attribute: Attribute, after: AttributeValue) -> None:
    if isinstance(attribute, Groups):
        _write_groups(part, after if isinstance(after, tuple) else ())
    elif isinstance(attribute, Person):
        setattr(part, attribute.name, _person(part.case_id, after, attribute.name))
    elif isinstance(attribute, Resting) and isinstance(part, Support):
        hang_under(part, str(after), attribute.name)
    elif isinstance(attribute, OneClaim):
        setattr(part, attribute.name, _claim(part.case_id, after, attribute.name))
    else:
        setattr(part, attribute.name, after)


def _person(case_id: UUID, key: AttributeValue, name: str) -> CasePerson | None:
    person = CasePerson.objects.filter(case_id=case_id, key=key).first() if key else None
    if key and person is None:
        raise CannotChange("Nobody of that name is in the case any more.", name)
    return person


def _claim(case_id: UUID, ref: AttributeValue, name: str) -> Claim | None:
    claim = Claim.objects.filter(case_id=case_id, ref=ref, retired=False).first() if ref else None
    if ref and claim is None:
        raise CannotChange(f"{ref} is not there any more.", name)
    return claim


def _write_groups(claim: Part, refs: tuple[str, ...]) -> None:
    tags = {tag.ref: tag for tag in Tag.objects.filter(case_id=claim.case_id, retired=False)}
    if unknown := [ref for ref in refs if ref not in tags]:
        raise CannotChange(f"The group {unknown[0]} is not there any more.", "tags")
    ClaimTag.objects.filter(claim_id=claim.pk, tag__retired=False).exclude(tag__ref__in=refs).delete()
    have = set(ClaimTag.objects.filter(claim_id=claim.pk).values_list("tag__ref", flat=True))
    ClaimTag.objects.bulk_create(ClaimTag(claim_id=claim.pk, tag=tags[ref]) for ref in refs if ref not in have)


def _close(by: Actor, part: Part, changes: Changes, why: str) -> None:
    part.version += 1
    part.save()
    _remember(by, part.case_id, part.ref, changes, why)
    if isinstance(part, Pathway) and _is_rated(changes):
        rate(case_id=part.case_id, pathway=part, rating=part.rating, confidence=part.confidence, why=why)
    tell(by=by, case_id=part.case_id, ref=part.ref, verb=_verb(changes))


def _remember(by: Actor, case_id: UUID, ref: str, changes: Changes, why: str) -> None:
    for attribute, before, after in changes:
        remember(
            by=by,
            case_id=case_id,
            ref=ref,
            verb=PartVerb.RATED if attribute.name in RATED else PartVerb.CHANGED,
            attribute=attribute.name,
            before=attribute.shown(before),
            after=attribute.shown(after),
            why=why,
        )


def _is_rated(changes: Changes) -> bool:
    return any(attribute.name in RATED for attribute, _, _ in changes)


def _verb(changes: Changes) -> PartVerb:
    return PartVerb.RATED if _is_rated(changes) else PartVerb.CHANGED
