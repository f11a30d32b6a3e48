"""What one prepared edition would change for its audience: what the approver and the cold reader read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, conditions_hold, full_clearance
from cases.roles import Action, Facts
from review.changed import compared
from review.comparing import EditionChanges
from review.loaders.earlier import REPEATING, Earlier, read_as_number
from review.loaders.home import title_of
from review.loaders.releases.desk import waits_for_cold_reader
from review.models import PreparedEdition, Release
from review.states import ReleaseState


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A prepared edition against the one that its audience had when it was made; `changes` is None for a first edition."""

    release: Release
    edition: PreparedEdition
    since: int | None
    changes: EditionChanges | None
    statement_before: str
    may_sign: bool
    title: str
    actions: frozenset[Action]

    @property
    def has_new_statement(self) -> bool:
        """Whether the redaction statement says something else than before."""
        return self.changes is not None and self.statement_before != self.edition.statement


def changes_for(actor: Actor, case_id: UUID, release_id: UUID, audience: str) -> ChangesPage:
    """Raises Http404 for who may not read the live case, and where there is nothing prepared for that audience."""
    clearance, actions = full_clearance(actor, case_id)
    rows = PreparedEdition.objects.filter(release_id=release_id, release__case_id=case_id, audience_key=audience)
    edition = rows.select_related("release").first()
    parts = edition.parts.exclude(page__in=REPEATING) if edition else None
    new = {page: json.loads(content) for page, content in parts.values_list("page", "content")} if parts else {}
    if edition is None or not new:
        raise Http404
    release = edition.release
    last = _before(edition)
    facts = Facts(actor.id, named_id=release.cold_reader_id)
    waits = release.state == ReleaseState.READY and waits_for_cold_reader(release, edition)
    return ChangesPage(
        release=release,
        edition=edition,
        since=last.number if last else None,
        changes=compared(last.pages, new) if last else None,
        statement_before=last.statement if last else "",
        may_sign=waits and Action.SIGN_COLD_READ in actions and conditions_hold(Action.SIGN_COLD_READ, facts),
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _before(edition: PreparedEdition) -> Earlier | None:
    number = edition.changes.get("since")
    return read_as_number(edition.release.case_id, edition.audience_key, number) if number else None
