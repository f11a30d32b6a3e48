"""What acts on the structure do to texts: through the authority, as any edit, so that marks and citations stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.access import Actor
from cases.actions.writing import files_among, known_redactions
from pathways.actions.acting import CannotChange
from pathways.actions.acting import Stale as PartStale
from prose.actions import BadSteps, Stale, edit_text
from prose.models import Text, Why
from prose.moving import Making, cites, reciting
from prose.schema import TextSchema


def lock_texts(case_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Text]:
    """These texts, locked in one order for everybody, so that nobody waits in a ring."""
    rows = Text.objects.select_for_update().filter(scope_id=case_id, pk__in=list(ids))
    return {text.pk: text for text in rows.order_by("key")}


def edit(by: Actor, text: Text, make: Making, why: Why = Why.PLACED, version: int | None = None) -> None:
    """Change a text as a command. Raises CannotChange, and Stale where it had to stand at `version` and does not."""
    try:
        edit_text(
            scope_id=text.scope_id,
            key=text.key,
            by_id=by.id,
            why=why,
            known=known_redactions(text.scope_id),
            make=make,
            version=version,
            files=lambda keys: files_among(text.scope_id, keys),
        )
    except BadSteps as bad:
        raise CannotChange(bad.why) from bad
    except Stale as stale:
        raise PartStale(stale.version, {}) from stale


def texts_citing(case_id: UUID, ref: str, but: Iterable[UUID] = ()) -> list[Text]:
    """The texts of the case that cite it, by key."""
    rows = Text.objects.filter(scope_id=case_id).exclude(pk__in=list(but)).order_by("key")
    return [text for text in rows.iterator() if cites(text.content, TextSchema(text.kind), ref)]


def recite(by: Actor, texts: Iterable[Text], gone: str, into: str) -> None:
    """Make every citation of the one a citation of the other."""
    for text in texts:
        edit(by, text, reciting(gone, into), Why.REPLACED)
