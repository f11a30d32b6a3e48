"""A live case as the bytes of a case file: everything in it, for those who may have everything. One query a table."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import connection, models, transaction

from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience, CaseFile, CaseHeader, CasePerson, Redaction
from cases.redaction.facts import Cover
from evidence.models import Assurance, Bearing, Evidence
from pathways.models import Claim, ClaimTag, Limitation, Pathway, RatingChange, Section, Support, Tag, Term
from prose.content import normalised
from prose.marked import MarkedContent, content_to_json
from prose.models import Text
from prose.nodes import Json, node_from_json, node_to_json
from review.case_file.parts import (
    EVIDENCE_TEXTS,
    EVIDENCE_VALUES,
    HEADER_BODIES,
    HEADER_LINES,
    HEADER_VALUES,
    PATHWAY_VALUES,
)
from review.case_file.reading import FORMAT, VERSION
from review.case_file.standing import only_standing

Texts = dict[UUID, Json]
Object = dict[str, Json]
Histories = dict[str | None, list[Json]]


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
        found = only_standing(_case_file(header), header.case.reference)
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
    histories = _histories(case_id, texts)
    people = list(CasePerson.objects.filter(case_id=case_id).order_by("order", "key"))
    audiences = CaseAudience.objects.filter(case_id=case_id).order_by("order", "key")
    redactions = Redaction.objects.filter(case_id=case_id).order_by("order", "ref")
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": _header(header, texts, histories.get(None, [])),
        "people": [
            {"key": one.key, "name": one.name, "role": one.role, "named_outside": one.named_outside} for one in people
        ],
        "deciders": _deciders(people),
        "audiences": [_audience(one) for one in audiences],
        "redactions": [_redaction(one) for one in redactions],
        "files": _files(case_id),
        **_parts(case_id, texts, histories),
    }


def _files(case_id: UUID) -> list[Json]:
    rows = CaseFile.objects.filter(case_id=case_id).order_by("key").values_list("key", "content")
    return [{"key": key, "data": base64.b64encode(content).decode("ascii")} for key, content in rows]


def _texts(case_id: UUID) -> Texts:
    rows = Text.objects.filter(scope_id=case_id).values_list("pk", "key", "content")
    return {row_id: {"key": key, "content": _document(content)} for row_id, key, content in rows}


def _document(content: MarkedContent) -> Json:
    """Normalised again: an edit may have left equal neighbours, or marks in the order in which they were laid."""
    return node_to_json(normalised(node_from_json(json.loads(content_to_json(content)))))


def _header(header: CaseHeader, texts: Texts, history: list[Json]) -> Object:
    return {
        "reference": header.case.reference,
        **{name: _plain(getattr(header, name)) for name in HEADER_VALUES},
        **{name: texts[getattr(header, f"{name}_id")] for name in (*HEADER_LINES, *HEADER_BODIES)},
        "history": history,
    }


def _histories(case_id: UUID, texts: Texts) -> Histories:
    """Pathway, or None for the case → how its rating changed."""
    rows = RatingChange.objects.filter(case_id=case_id).order_by("order")
    found: Histories = {}
    for pathway, on, rating, confidence, why in rows.values_list(
        "pathway__ref", "on", "rating", "confidence", "why_id"
    ):
        one: Object = {"on": on.isoformat(), "rating": rating, "confidence": confidence, "why": texts[why]}
        found.setdefault(pathway, []).append(one)
    return found


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
        "bears_load": one.bears_load,
        "decide_again": _plain(one.decide_again),
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


def _parts(case_id: UUID, texts: Texts, histories: Histories) -> Object:
    def listed(model: type[models.Model], plain: Iterable[str], worded: Iterable[str]) -> list[Object]:
        return _listed(model, case_id, texts, plain, worded)

    tags = _tags(case_id)
    pathways = listed(Pathway, (*PATHWAY_VALUES, "ready"), ("title", "answer", "action", "argument", "reason"))
    claims = listed(Claim, ("kind", "state", "grade", "owner__key"), ("statement", "basis", "assumptions"))
    return {
        "tags": [*listed(Tag, (), ("name",))],
        "sections": [*listed(Section, ("ready",), ("title", "body"))],
        "pathways": [{**one, "history": histories.get(str(one["ref"]), [])} for one in pathways],
        "claims": [{**one, "tags": tags.get(str(one["ref"]), [])} for one in claims],
        "supports": _supports(case_id, texts),
        "evidence": [*listed(Evidence, (*EVIDENCE_VALUES, "owner__key"), EVIDENCE_TEXTS)],
        "bearings": _bearings(case_id, texts),
        "assurances": [*listed(Assurance, ("owner__key", "given_on", "valid_until", "claim__ref"), ("statement",))],
        "limitations": [*listed(Limitation, (), ("title", "body"))],
        "terms": [*listed(Term, ("tentative",), ("name", "definition"))],
    }


def _tags(case_id: UUID) -> dict[str, list[Json]]:
    """Claim → its tags."""
    found: dict[str, list[Json]] = {}
    rows = ClaimTag.objects.filter(claim__case_id=case_id, tag__retired=False).order_by("tag__order")
    for claim, tag in rows.values_list("claim__ref", "tag__ref"):
        found.setdefault(claim, []).append(tag)
    return found


def _listed(
    model: type[models.Model], case_id: UUID, texts: Texts, plain: Iterable[str], worded: Iterable[str]
) -> list[Object]:
    """The rows of a table in reading order, one object each."""
    columns = ("ref", *plain, *(f"{name}_id" for name in worded))
    rows = model._default_manager.filter(case_id=case_id, retired=False).order_by("order", "ref").values(*columns)
    return [_object(row, texts) for row in rows]


def _object(row: Mapping[str, object], texts: Texts) -> Object:
    """A row whose columns of the kind `title_id` are texts, and those of the kind `owner__key` name something else."""
    return {
        name.removesuffix("_id").partition("__")[0]: texts[value] if isinstance(value, UUID) else _plain(value)
        for name, value in row.items()
    }


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    raise CannotExport(f"a {type(value).__name__} has no place in a case file")


def _supports(case_id: UUID, texts: Texts) -> list[Json]:
    columns = ("ref", "pathway__ref", "resting__ref", "claim__ref", "role", "reason_id")
    stand = Support.objects.filter(case_id=case_id, retired=False, claim__retired=False)
    stand = stand.exclude(pathway__retired=True).exclude(resting__retired=True)
    rows = stand.order_by("order", "ref").values_list(*columns)
    return [
        {"ref": ref, "from": pathway or resting, "to": claim, "role": role, "reason": texts[reason]}
        for ref, pathway, resting, claim, role, reason in rows
    ]


def _bearings(case_id: UUID, texts: Texts) -> list[Json]:
    columns = ("ref", "evidence__ref", "claim__ref", "direction", "strength", "place_id")
    stand = Bearing.objects.filter(case_id=case_id, retired=False, evidence__retired=False, claim__retired=False)
    rows = stand.order_by("order", "ref").values_list(*columns)
    names = ("ref", "evidence", "claim", "direction", "strength")
    return [{**dict(zip(names, row[:5], strict=True)), "place": texts[row[5]]} for row in rows]
