"""A live case as the bytes of a case file: everything in it, for those who may have everything. One query a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import connection, models, transaction

from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience, CaseHeader, CasePerson, Redaction
from cases.redaction.facts import Cover
from evidence.models import Bearing, Evidence
from pathways.models import Claim, Pathway, Section, Support
from prose.content import normalised
from prose.marked import MarkedContent, content_to_json
from prose.models import Text
from prose.nodes import Json, node_from_json, node_to_json
from review.case_file.parts import HEADER_DATES, HEADER_TEXTS, PATHWAY_VALUES
from review.case_file.reading import FORMAT, VERSION

Texts = dict[UUID, Json]
Object = dict[str, Json]


class CannotExport(ValueError):
    """Something in the case has no words in a case file; the message names it."""


def export_case(*, case_id: UUID) -> bytes:
    """The case file as the case stands at one moment; the trail says that it left. Raises CannotExport."""
    steady = not connection.in_atomic_block  # a caller's transaction, as in tests, is what it is
    with transaction.atomic():
        if steady:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        header = CaseHeader.objects.select_related("case").get(case_id=case_id)
        found = _case_file(header)
        record(by=None, verb=AuditVerb.CASE_EXPORTED, case_id=case_id, target=header.case.reference)
    return canonical_bytes(found)


def canonical_bytes(case_file: Object) -> bytes:
    """The one spelling of a case file."""
    return (json.dumps(case_file, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def cases_named(reference: str) -> tuple[UUID, ...]:
    """The cases of that reference; several when one was imported again as new."""
    return tuple(Case.objects.filter(reference=reference).order_by("pk").values_list("pk", flat=True))


def _case_file(header: CaseHeader) -> Object:
    case_id = header.case_id
    texts = _texts(case_id)
    people = list(CasePerson.objects.filter(case_id=case_id).order_by("order", "key"))
    audiences = CaseAudience.objects.filter(case_id=case_id).order_by("order", "key")
    redactions = Redaction.objects.filter(case_id=case_id).order_by("order", "ref")
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": _header(header, texts),
        "people": [{"key": one.key, "name": one.name, "role": one.role} for one in people],
        "deciders": _deciders(people),
        "audiences": [_audience(one) for one in audiences],
        "redactions": [_redaction(one) for one in redactions],
        **_parts(case_id, texts),
    }


def _texts(case_id: UUID) -> Texts:
    rows = Text.objects.filter(scope_id=case_id).values_list("pk", "key", "content")
    return {row_id: {"key": key, "content": _document(content)} for row_id, key, content in rows}


def _document(content: MarkedContent) -> Json:
    """Normalised again: an edit may have left equal neighbours, or marks in the order in which they were laid."""
    return node_to_json(normalised(node_from_json(json.loads(content_to_json(content)))))


def _header(header: CaseHeader, texts: Texts) -> Object:
    return {
        "reference": header.case.reference,
        "kind": header.kind,
        "rehearsal": header.rehearsal,
        "rating": header.rating,
        **{name: _plain(getattr(header, name)) for name in HEADER_DATES},
        **{name: texts[getattr(header, f"{name}_id")] for name in HEADER_TEXTS},
    }


def _deciders(people: Iterable[CasePerson]) -> Object:
    found: dict[str, list[Json]] = {}
    for person in people:
        for ground in person.decides:
            found.setdefault(ground, []).append(person.key)
    return dict(found)


def _audience(one: CaseAudience) -> Object:
    return {
        "key": one.key,
        "name": one.name,
        "outward": one.outward,
        "cleared": list(one.cleared),
        "sees_marks_of": list(one.sees_marks_of),
    }


def _redaction(one: Redaction) -> Object:
    return {
        "ref": one.ref,
        "ground": one.ground,
        "note": one.note,
        "reason": one.reason,
        "extent": one.extent,
        "state": one.state,
        "instead": one.instead,
        "revealed_to": list(one.revealed_to),
        "target": _target(one),
    }


def _target(one: Redaction) -> Json:
    match Cover(one.cover):
        case Cover.SPAN:
            return None
        case Cover.ATTRIBUTE:
            return {"kind": "attribute", "ref": one.target, "name": one.attribute}
        case Cover.OBJECT:
            return {"kind": "object", "ref": one.target, "how": "omitted" if one.omitted else "masked"}
        case Cover.LINK if one.omitted:
            raise CannotExport(f"{one.ref} leaves out a link, which a case file can't say")
        case _:
            return {"kind": "link", "ref": one.target}


def _parts(case_id: UUID, texts: Texts) -> Object:
    def listed(model: type[models.Model], plain: Iterable[str], worded: Iterable[str]) -> list[Json]:
        return _listed(model, case_id, texts, plain, worded)

    return {
        "sections": listed(Section, (), ("title", "body")),
        "pathways": listed(Pathway, PATHWAY_VALUES, ("title", "answer", "action", "argument")),
        "claims": listed(Claim, ("kind", "state", "grade"), ("statement", "basis")),
        "supports": _supports(case_id, texts),
        "evidence": listed(Evidence, ("type", "as_of", "valid_until", "relied_on"), ("title", "description", "place")),
        "bearings": _bearings(case_id, texts),
    }


def _listed(
    model: type[models.Model], case_id: UUID, texts: Texts, plain: Iterable[str], worded: Iterable[str]
) -> list[Json]:
    """The rows of a table in reading order, one object each."""
    columns = ("ref", *plain, *(f"{name}_id" for name in worded))
    rows = model._default_manager.filter(case_id=case_id).order_by("order", "ref").values(*columns)
    return [_object(row, texts) for row in rows]


def _object(row: Mapping[str, object], texts: Texts) -> Object:
    """A row whose columns of the kind `title_id` are texts."""
    return {
        name.removesuffix("_id"): texts[value] if isinstance(value, UUID) else _plain(value)
        for name, value in row.items()
    }


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | str):
        return value
    raise CannotExport(f"a {type(value).__name__} has no place in a case file")


def _supports(case_id: UUID, texts: Texts) -> list[Json]:
    columns = ("ref", "pathway__ref", "resting__ref", "claim__ref", "role", "reason_id")
    rows = Support.objects.filter(case_id=case_id).order_by("order", "ref").values_list(*columns)
    return [
        {"ref": ref, "from": pathway or resting, "to": claim, "role": role, "reason": texts[reason]}
        for ref, pathway, resting, claim, role, reason in rows
    ]


def _bearings(case_id: UUID, texts: Texts) -> list[Json]:
    columns = ("ref", "evidence__ref", "claim__ref", "direction", "strength", "place_id")
    rows = Bearing.objects.filter(case_id=case_id).order_by("order", "ref").values_list(*columns)
    names = ("ref", "evidence", "claim", "direction", "strength")
    return [{**dict(zip(names, row[:5], strict=True)), "place": texts[row[5]]} for row in rows]
