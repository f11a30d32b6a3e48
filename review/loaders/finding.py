"""Finding words in one edition: the edition is chosen by permission, then its own words are matched. One statement, whatever is found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from django.http import Http404

from cases.access import Actor
from cases.roles import Action
from review.finding import Found, search
from review.loaders.edition_sql import PAGE
from review.loaders.editions import Door, ShownEdition
from review.states import FIND

# The same statement as for a page, for the words of the whole edition in place of a page's HTML.
WORDS = PAGE.replace("p.html", "p.content")


@dataclass(frozen=True, slots=True)
class EditionFind:
    """What was found in an edition, and what stands around the page."""

    edition: ShownEdition
    found: Found


def find_in_edition(door: Door, actor: Actor, edition_id: UUID, query: str) -> EditionFind:
    """Raises Http404 whether the edition is absent, foreign, expired, revoked or withdrawn."""
    permissions = connections[door.using].ops.quote_name(door.permissions._meta.db_table)
    asked: dict[str, UUID | str | bool] = {
        "reader": actor.id,
        "edition": edition_id,
        "page": FIND,
        "outward": door.outward,
        "read": Action.READ_EDITION.value,
        "comment": Action.COMMENT.value,
    }
    with connections[door.using].cursor() as cursor:
        cursor.execute(WORDS.format(permissions=permissions), asked)
        row = cursor.fetchone()
    if row is None:
        raise Http404
    key, case_id, number, released_on, audience_name, shell, _, content, _ = row
    edition = ShownEdition(key, case_id, number, released_on, audience_name, json.loads(shell))
    return EditionFind(edition, search(json.loads(content), query))
