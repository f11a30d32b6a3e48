"""Which object a text belongs to, and what it is called: "Argument of P-7XK". Two statements, whatever is in the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from cases.models import CaseHeader
from evidence.models import Assurance, Bearing, Evidence
from pathways.models import Claim, Limitation, Pathway, RatingChange, Section, Support, Tag, Term
from prose.models import Text
from review.rendering import page_of
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class TextName:
    """Whose text it is. `ref`: of the object, or of the case for its header; of a link, `ends` are what it links.

    `page`: the live page on which it stands. `retired`: it stands nowhere just now.
    """

    kind: str
    ref: str
    attribute: str
    label: str
    page: str = ""
    retired: bool = False
    ends: tuple[str, str] = ("", "")


# kind → attribute → what the text is called.
WORDED: Mapping[str, Mapping[str, str]] = {
    "case": {
        "title": "Title",
        "subject": "Subject",
        "banner": "Banner",
        "predecessor": "Predecessor",
        "conclusion": "Conclusion",
        "scope": "Scope",
        "scope_out": "Out of scope",
        "summary": "Summary",
    },
    "section": {"title": "Title", "body": "Body"},
    "pathway": {
        "title": "Title",
        "answer": "Answer",
        "action": "Critical action",
        "argument": "Argument",
        "reason": "Why this rating",
    },
    "claim": {"statement": "Statement", "basis": "Basis", "assumptions": "What must hold"},
    "support": {"reason": "Why the step holds"},
    "evidence": {
        "title": "Title",
        "description": "Description",
        "conditions": "Conditions",
        "place": "Place",
        "not_relied": "Why it is not relied on",
    },
    "bearing": {"place": "Exact place"},
    "assurance": {"statement": "Statement"},
    "limitation": {"title": "Title", "body": "Body"},
    "tag": {"name": "Name"},
    "term": {"name": "Name", "definition": "Definition"},
    "rating": {"why": "Why the rating changed"},
}
MODELS: Mapping[str, type[models.Model]] = {
    "case": CaseHeader,
    "section": Section,
    "pathway": Pathway,
    "claim": Claim,
    "support": Support,
    "evidence": Evidence,
    "bearing": Bearing,
    "assurance": Assurance,
    "limitation": Limitation,
    "tag": Tag,
    "term": Term,
    "rating": RatingChange,
}
NOTHING = Value("", output_field=models.CharField())
Row = tuple[UUID, str, str, str, str, str, bool]


def owner_of_text(case_id: UUID, key: str) -> TextName | None:
    """Whose text that is; nothing for a key that the case does not have."""
    text_id = Text.objects.filter(scope_id=case_id, key=key).values_list("pk", flat=True).first()
    if text_id is None:
        return None
    return next((_name(row) for row in _rows(case_id, text_id)), None)


def names_of_texts(case_id: UUID) -> dict[str, TextName]:
    """Text key → whose it is, of every text of the case, retired ones included."""
    keys = dict(Text.objects.filter(scope_id=case_id).values_list("pk", "key"))
    return {keys[row[0]]: _name(row) for row in _rows(case_id) if row[0] in keys}


def _rows(case_id: UUID, text_id: UUID | None = None) -> Iterator[Row]:
    parts = [_part(case_id, kind, attribute, text_id) for kind, worded in WORDED.items() for attribute in worded]
    yield from parts[0].union(*parts[1:], all=True)


def _part(case_id: UUID, kind: str, attribute: str, text_id: UUID | None) -> QuerySet[models.Model, Row]:
    """The texts of one attribute. Every part has the same columns, so that one statement holds them all."""
    ref, first, second, retired = COLUMNS.get(kind, PLAIN)
    rows = MODELS[kind]._default_manager.filter(case_id=case_id)
    if text_id is not None:
        rows = rows.filter(**{f"{attribute}_id": text_id})
    columns = {
        "said_text": F(f"{attribute}_id"),
        "said_kind": Value(kind, output_field=models.CharField()),
        "said_ref": ref,
        "said_attribute": Value(attribute, output_field=models.CharField()),
        "said_first": first,
        "said_second": second,
        "said_retired": retired,
    }
    found: QuerySet[models.Model, Row] = rows.order_by().annotate(**columns).values_list(*columns)
    return found


def _is_retired(*names: str) -> models.Case:
    """Whether the row, or one of its ends, is retired; an end that it does not have is not."""
    found = [models.When(**{name: True}, then=Value(value=True)) for name in names]
    return models.Case(*found, default=Value(value=False), output_field=models.BooleanField())


PLAIN = (F("ref"), NOTHING, NOTHING, F("retired"))
COLUMNS: Mapping[str, tuple[models.expressions.Combinable, ...]] = {
    "case": (F("case__reference"), NOTHING, NOTHING, Value(value=False)),
    "rating": (
        Coalesce("pathway__ref", "case__reference"),
        NOTHING,
        NOTHING,
        _is_retired("pathway__retired"),
    ),
    "support": (
        F("ref"),
        Coalesce("pathway__ref", "resting__ref"),
        F("claim__ref"),
        _is_retired("retired", "pathway__retired", "resting__retired", "claim__retired"),
    ),
    "bearing": (
        F("ref"),
        F("evidence__ref"),
        F("claim__ref"),
        _is_retired("retired", "evidence__retired", "claim__retired"),
    ),
}


def _name(row: Row) -> TextName:
    _, kind, ref, attribute, first, second, retired = row
    return TextName(
        kind=kind,
        ref=ref,
        attribute=attribute,
        label=_label(kind, ref, attribute, (first, second)),
        page=_page(kind, ref, (first, second)),
        retired=retired,
        ends=(first, second),
    )


def _label(kind: str, ref: str, attribute: str, ends: tuple[str, str]) -> str:
    if kind == "case":
        return f"{WORDED[kind][attribute]} of the report"
    if kind == "support":
        return f"Why {ends[0]} rests on {ends[1]}"
    if kind == "bearing":
        return f"Where {ends[0]} bears on {ends[1]}"
    if kind == "rating":
        return f"Why the rating of {'the report' if ref.startswith('K') else ref} changed"
    name = WORDED[kind][attribute]
    return f"{name} ({ref})" if name.startswith("W") else f"{name} of {ref}"


def _page(kind: str, ref: str, ends: tuple[str, str]) -> str:
    """A support stands on the page of what rests, a bearing on that of the claim."""
    if kind == "case" or ref.startswith("K"):
        return str(PageKind.FRONT)
    return page_of({"support": ends[0], "bearing": ends[1]}.get(kind, ref))
