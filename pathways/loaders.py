"""What the attributes of a part say now, as a form fills them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cases.models import CaseHeader
from pathways.attributes import Attribute, AttributeValue, Groups, OneClaim, Person, Resting
from pathways.models import ClaimTag, Part, Support

Values = dict[str, AttributeValue]


def stated_of(row: Part | CaseHeader, attributes: Iterable[Attribute]) -> Values:
    """Attribute → what it says: people by key, groups and claims by reference. One query for each of those."""
    return {attribute.name: _stated(row, attribute) for attribute in attributes}


def _stated(row: Part | CaseHeader, attribute: Attribute) -> AttributeValue:
    if isinstance(attribute, Groups):
        rows = ClaimTag.objects.filter(claim_id=row.pk, tag__retired=False).order_by("tag__order")
        return tuple(rows.values_list("tag__ref", flat=True))
    if isinstance(attribute, Resting) and isinstance(row, Support):
        rests = row.pathway or row.resting
        return rests.ref if rests else None
    value = getattr(row, attribute.name)
    if isinstance(attribute, Person):
        return value.key if value else None
    if isinstance(attribute, OneClaim):
        return value.ref if value and not value.retired else None
    if isinstance(value, list):
        return tuple(value)
    assert value is None or isinstance(value, str | bool | date)
    return value
