"""What the release check must know of before: what each audience read last, and what people decided about findings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from review.checks.strands import strands_of
from review.models import CheckDecision, Edition, EditionPart
from review.page_texts import texts_on
from review.states import PageKind

Words = dict[str, str]


def decisions_in(case_id: UUID) -> dict[str, str]:
    """Fingerprint of a finding → why its passages are not the same."""
    return dict(CheckDecision.objects.filter(case_id=case_id).values_list("fingerprint", "reason"))


def words_read_last(case_id: UUID, audience_keys: Iterable[str]) -> dict[str, Words]:
    """Audience → text key → words, of its newest edition: one that was withdrawn has been read all the same."""
    editions = Edition.objects.filter(case_id=case_id, audience_key__in=list(audience_keys))
    newest = editions.order_by("audience_key", "-number").distinct("audience_key")
    keys: dict[UUID, str] = dict(newest.values_list("id", "audience_key"))
    # The register repeats what stands on pages of its own.
    parts = EditionPart.objects.filter(edition_id__in=keys).exclude(page=PageKind.REGISTER)
    out: dict[str, Words] = {key: {} for key in keys.values()}
    for edition_id, content in parts.values_list("edition_id", "content").iterator(chunk_size=100):
        _gather(content, out[keys[edition_id]])
    return out


def _gather(content: str, words: Words) -> None:
    for key, document in texts_on(json.loads(content)):
        if key not in words:
            words[key] = "\n".join(strand.text for strand in strands_of(document))
