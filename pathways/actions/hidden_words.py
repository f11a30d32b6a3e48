"""What the texts of a case hide, and no text that stands shows: whatever comes back, or is brought in, must show none of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from cases.models import CaseHeader, Redaction
from cases.redaction.facts import Cover, RedactionState
from pathways.models import Part, Tag
from prose.hidden_words import HiddenNow, hidden_in
from prose.library import read_document
from prose.models import Step, Text, Why
from prose.schema import TextSchema
from prose.versions import contents_at

Ids = QuerySet[models.Model, UUID]


def hidden_in_case(case_id: UUID, since: datetime | None = None, but: Collection[UUID] = ()) -> HiddenNow:
    """Words that a text hides now, or a command hid in it after `since`, and shows nowhere; and that no text shows that stands.

    `but`: the texts that come back, which neither hide nor show here. What is retired, or masked as a whole, shows nothing.
    Seven statements at most.
    """
    texts = {text.pk: text for text in Text.objects.filter(scope_id=case_id).exclude(pk__in=but)}
    kinds = {key: TextSchema(text.kind) for key, text in texts.items()}
    documents = {key: read_document(text.content, kinds[key]) for key, text in texts.items()}
    contents = contents_at(_marked_since(texts, since), kinds) if since else {}
    then = (read_document(content, kinds[key]) for (key, _), content in contents.items())
    hidden = reduce(or_, (hidden_in(document) for document in (*documents.values(), *then)), HiddenNow())
    if hidden:
        for key in standing_texts(case_id, _masked(case_id)) & documents.keys():
            hidden = hidden.unless_shown_in(documents[key])
    return hidden


def went_on_at(text_id: UUID, version: int) -> datetime | None:
    """When the text left that version; nothing where it stands at it."""
    return Step.objects.filter(text_id=text_id, version=version + 1).values_list("at", flat=True).first()


def _marked_since(texts: Collection[UUID], since: datetime) -> dict[UUID, set[int]]:
    """The versions in which a command hid something."""
    found: dict[UUID, set[int]] = {}
    log = Step.objects.filter(text_id__in=texts, at__gte=since, why=Why.MARKED)
    for text_id, version in log.values_list("text_id", "version"):
        found.setdefault(text_id, set()).add(version)
    return found


def _masked(case_id: UUID) -> frozenset[str]:
    """The references of what is hidden as a whole."""
    rows = Redaction.objects.filter(case_id=case_id, cover__in=(Cover.OBJECT, Cover.LINK))
    return frozenset(rows.exclude(state=RedactionState.LIFTED).values_list("target", flat=True))


def standing_texts(case_id: UUID, but: Collection[str] = ()) -> frozenset[UUID]:
    """The texts of what stands: neither it nor an end of it is retired, or among the references `but`. One statement.

    Left out is why a rating changed, which nobody outside reads, and the name of a group, which shows only with its claims.
    """
    first, *others = (*_of_parts(case_id, but), *_of(CaseHeader, CaseHeader.objects.filter(case_id=case_id)))
    return frozenset(first.union(*others, all=True))


def _of_parts(case_id: UUID, but: Collection[str]) -> Iterator[Ids]:
    for model in apps.get_models():
        if issubclass(model, Part) and model is not Tag:
            gone = Q(retired=True) | Q(ref__in=but)
            for field in model._meta.get_fields():
                end = field.related_model if field.many_to_one else None
                if isinstance(end, type) and issubclass(end, Part):
                    gone |= Q(**{f"{field.name}__retired": True}) | Q(**{f"{field.name}__ref__in": but})
            yield from _of(model, model._default_manager.filter(case_id=case_id).exclude(gone))


def _of(model: type[models.Model], rows: QuerySet[models.Model]) -> Iterator[Ids]:
    """The texts of these rows, one worded attribute after the other."""
    for field in model._meta.get_fields():
        if field.one_to_one and field.related_model is Text:
            yield rows.order_by().values_list(f"{field.name}_id", flat=True)
