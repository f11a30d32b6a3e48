"""Editions that were released for publication, made from those of the world, and publications of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from review.actions.publishing import publish
from review.models import Edition, EditionFile, EditionPart
from tests.world import World


def for_publication(
    world: World, audience: str = "public", words: dict[str, str] | None = None, **changes: Any
) -> UUID:
    """Another edition of that audience, with other words where `words` says so."""
    draft = Edition.objects.get(pk=world.editions[audience])
    last = Edition.objects.filter(case_id=draft.case_id, audience_key=audience).aggregate(last=Max("number"))["last"]
    usual: dict[str, Any] = {
        "case_id": draft.case_id,
        "audience_key": audience,
        "audience_name": draft.audience_name,
        "outward": draft.outward,
        "number": last + 1,
        "purpose": "publication",
        "released_on": date(2026, 5, 4),
        "shell": draft.shell,
    }
    edition = Edition.objects.create(**{**usual, **changes})
    EditionPart.objects.bulk_create(
        EditionPart(
            edition=edition,
            outward=edition.outward,
            page=part.page,
            content=_changed(part.content, words or {}),
            html=_changed(part.html, words or {}),
        )
        for part in draft.parts.all()
    )
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, outward=edition.outward, key=file.key, content=bytes(file.content))
        for file in draft.files.all()
    )
    return edition.id


def _changed(stored: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        stored = stored.replace(old, new)
    return stored


def published(
    world: World,
    address: str = "test-report",
    words: dict[str, str] | None = None,
    checked_by: str = "Two people outside.",
) -> UUID:
    """A publication of the public edition. Returns its id."""
    edition = for_publication(world, words=words)
    return publish(
        by=world.actor("Ada"), case_id=world.case_id, edition_id=edition, address=address, checked_by=checked_by
    )


def parts_of(edition_id: UUID) -> dict[str, Any]:
    """The stored parts of an edition, as `compare` takes them."""
    rows = EditionPart.objects.filter(edition_id=edition_id).values_list("page", "content")
    return {page: json.loads(content) for page, content in rows}
