"""Amendments for tests: changing live words, asking for some pages anew, reading what an edition then says."""

from __future__ import annotations

import json
from uuid import UUID

from django.db.models import F

from evidence.models import Evidence
from pathways.models import Claim, Pathway, Section
from prose.marked import MarkedContent
from prose.models import Text
from review.actions.releases import start_amendment
from review.models import Edition, EditionPart, Release
from review.tasks import make_release
from tests.case_builder import inline, paragraphs
from tests.world import STATEMENTS, World

OBJECTS = {"S": Section, "P": Pathway, "C": Claim, "E": Evidence}


def write(world: World, ref: str, field: str, words: str) -> None:
    """Put other words into a field of an object, as an author would have by now."""
    row = OBJECTS[ref[0]].objects.get(case_id=world.case_id, ref=ref)
    text = getattr(row, field)
    content = inline(words) if text.kind == "line" else paragraphs(words)
    source = json.dumps({"type": "doc", "content": content})
    Text.objects.filter(pk=text.pk).update(content=MarkedContent(source), version=F("version") + 1)


def amendment(world: World, *pages: str, audience: str = "external_reviewer", **more: object) -> Release:
    """A release of these pages to one audience, made."""
    newest = Edition.objects.filter(case_id=world.case_id, audience_key=audience).latest("number")
    release_id = start_amendment(
        by=world.actor("Ada"),
        edition_id=newest.id,
        pages=frozenset(pages),
        statement=STATEMENTS[audience],
        **more,  # type: ignore[arg-type]  # as the action names them
    )
    make_release(str(release_id))
    return Release.objects.get(pk=release_id)


def parts_of(edition_id: UUID) -> dict[str, str]:
    """Page → canonical JSON."""
    return dict(EditionPart.objects.filter(edition_id=edition_id).values_list("page", "content"))
