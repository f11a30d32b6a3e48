"""What the making of a release must know of before: what each audience read last, what people decided, what stands open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import CaseAudience, Redaction
from pathways.models import Pathway, Section
from prose.anchors import HiddenMap
from prose.nodes import Json
from review.checks.material import CaseFacts
from review.checks.strands import strands_of
from review.loaders.talk.doubts import open_doubts
from review.models import CheckDecision, Edition, EditionFile, EditionPart, PreparedMap
from review.page_texts import texts_on
from review.projection.history import EarlierPages
from review.states import DERIVED_PAGES, FIND, PageKind, Purpose

Words = dict[str, str]
REPEATING = (*DERIVED_PAGES, FIND)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest edition of one audience: its pages as JSON, but for those that repeat others."""

    edition_id: UUID
    number: int
    purpose: str
    withdrawn: bool
    statement: str
    pages: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an amendment takes over besides pages: private maps of texts, and figures."""

    maps: Mapping[str, tuple[int, HiddenMap]]
    files: Mapping[str, bytes]


def decisions_in(case_id: UUID) -> dict[str, str]:
    """Fingerprint of a finding → why its passages are not the same."""
    return dict(CheckDecision.objects.filter(case_id=case_id).values_list("fingerprint", "reason"))


def facts_in(case_id: UUID, day: date) -> CaseFacts:
    """Parts that are not ready, decisions that are to be looked at again, and doubts that nobody has answered."""
    unready = [model.objects.filter(case_id=case_id, ready=False, retired=False) for model in (Section, Pathway)]
    dated = Redaction.objects.filter(case_id=case_id, decide_again__isnull=False)
    return CaseFacts(
        day=day,
        unready=frozenset(ref for found in unready for ref in found.values_list("ref", flat=True)),
        decide_again={ref: again for ref, again in dated.values_list("ref", "decide_again") if again},
        doubts=open_doubts(case_id),
    )


def read_last(case_id: UUID, audience_keys: Iterable[str]) -> dict[str, Earlier]:
    """Audience → its newest edition: one that was withdrawn has been read all the same."""
    editions = Edition.objects.filter(case_id=case_id, audience_key__in=list(audience_keys))
    return _with_pages(editions.order_by("audience_key", "-number").distinct("audience_key"))


def read_as_number(case_id: UUID, audience_key: str, number: int) -> Earlier | None:
    """One edition of an audience."""
    rows = Edition.objects.filter(case_id=case_id, audience_key=audience_key, number=number)
    return _with_pages(rows).get(audience_key)


def _with_pages(rows: QuerySet[Edition]) -> dict[str, Earlier]:
    found = {
        row.id: Earlier(row.id, row.number, row.purpose, row.withdrawn, str(row.shell.get("statement", "")))
        for row in rows
    }
    parts = EditionPart.objects.filter(edition_id__in=found).exclude(page__in=REPEATING).order_by("page")
    for edition_id, page, content in parts.values_list("edition_id", "page", "content").iterator(chunk_size=100):
        found[edition_id].pages[page] = json.loads(content)
    return {row.audience_key: found[row.id] for row in rows}


def ratings_before(
    case_id: UUID, audience_keys: Iterable[str], *, for_publication: bool
) -> dict[str, tuple[EarlierPages, ...]]:
    """Audience → its earlier editions that it may still read, oldest first: the pages with ratings. Of a publication only
    publications, without their numbers, which would tell of drafts."""
    editions = Edition.objects.filter(case_id=case_id, audience_key__in=list(audience_keys), withdrawn=False)
    if for_publication:
        editions = editions.filter(Q(outward=False) | Q(purpose=Purpose.PUBLICATION)).exclude(_unheard_of(case_id))
    rows = {row.id: row for row in editions.order_by("number").select_related("publication").defer("shell")}
    pages: dict[UUID, dict[str, Json]] = {edition_id: {} for edition_id in rows}
    parts = EditionPart.objects.filter(Q(page=PageKind.FRONT) | Q(page__startswith=f"{PageKind.PATHWAY}/"))
    for edition_id, page, content in parts.filter(edition_id__in=rows).values_list("edition_id", "page", "content"):
        pages[edition_id][page] = json.loads(content)
    found: dict[str, list[EarlierPages]] = {}
    for row in rows.values():
        number = None if for_publication and row.outward else row.number
        # Who reads a publication knows when it was published, not when it was approved.
        published = getattr(row, "publication", None) if number is None else None
        on = published.published_on if published else row.released_on
        found.setdefault(row.audience_key, []).append(EarlierPages(number, on, pages[row.id]))
    return {key: tuple(earlier) for key, earlier in found.items()}


def _unheard_of(case_id: UUID) -> Q:
    """Editions for an audience that may be everybody, of which nobody without a grant has heard."""
    everybody = CaseAudience.objects.filter(case_id=case_id, outward=True, cleared=[]).values("key")
    return Q(audience_key__in=everybody, publication__isnull=True)


def words_read_last(case_id: UUID, audience_keys: Iterable[str]) -> dict[str, Words]:
    """Audience → text key → words, of its newest edition."""
    return {key: words_of(earlier) for key, earlier in read_last(case_id, audience_keys).items()}


def words_of(earlier: Earlier) -> Words:
    """Text key → words."""
    words: Words = {}
    for content in earlier.pages.values():
        for key, document in texts_on(content):
            if key not in words:
                words[key] = "\n".join(strand.text for strand in strands_of(document))
    return words


def kept_from(edition_id: UUID) -> Kept:
    """What an amendment of that edition takes over besides pages."""
    maps = PreparedMap.objects.filter(edition_id=edition_id).values_list("text_key", "version", "segments")
    files = EditionFile.objects.filter(edition_id=edition_id).values_list("key", "content")
    return Kept(
        {key: (version, HiddenMap.from_json(segments)) for key, version, segments in maps},
        {key: bytes(content) for key, content in files},
    )
