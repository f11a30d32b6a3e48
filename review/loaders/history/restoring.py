"""Before an older version of a text comes back: exactly what would change, worked out as the authority will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import Http404
from prosemirror.model import Node as LibraryNode

from cases.access import Actor
from cases.actions.writing import known_redactions
from prose.authority import advance
from prose.guard import BadSteps
from prose.models import Step, Text
from prose.nodes import Json, Node, node_from_json, node_to_json
from prose.schema import TextSchema, schema_for
from review.comparing.changes import Change
from review.history.differences import Difference, differences
from review.history.restoring import restoring_steps
from review.loaders.history.hidden_later import returning
from review.loaders.history.opened import SOMEBODY, OpenCase, names_of, open_case, opened_at
from review.loaders.history.text import text_in
from review.loaders.text_owners import TextName, owner_of_text


@dataclass(frozen=True, slots=True)
class Restoring:
    """What restoring a version would do to the text as it is now. `refused`: why it can't be done."""

    case: OpenCase
    name: TextName | None
    text: Text
    version: int
    who: str
    at: datetime | None
    difference: Difference | None
    refused: str = ""

    @property
    def comes_hidden(self) -> tuple[str, ...]:
        """The redactions that words carry which come back."""
        rows = self.difference.rows if self.difference else ()
        return tuple(
            sorted({ref for row in rows for one in row.stretches if one.change is Change.IN for ref in one.refs})
        )


def restoring(actor: Actor, case_id: UUID, key: str, version: int, base: str) -> Restoring:
    """Raises Http404 also for a version that is not kept."""
    case = open_case(actor, case_id, base)
    text = text_in(case_id, key)
    if not 0 <= version <= text.version:
        raise Http404
    contents = opened_at([text], {text.pk: {version, text.version}}, case.clearance)
    if (text.pk, version) not in contents:
        raise Http404
    now, then = contents[text.pk, text.version], contents[text.pk, version]
    entry = Step.objects.filter(text_id=text.pk, version=version).values_list("by_id", "at").first()
    who = names_of([entry[0]]).get(entry[0], SOMEBODY) if entry else ""
    name = owner_of_text(case_id, key)
    about = (case, name, text, version, who, entry[1] if entry else None)
    try:
        after = _afterwards(text, version, now, then, known_redactions(case_id))
    except BadSteps as bad:
        return Restoring(*about, None, bad.why)
    return Restoring(*about, differences(now, after))


def _afterwards(text: Text, version: int, now: Node, then: Node, known: frozenset[str]) -> Node:
    """What the text would be: the steps applied, and the marks laid that the rule asks for. Raises BadSteps."""
    schema = schema_for(TextSchema(text.kind))
    current, old = (LibraryNode.from_json(schema, node_to_json(node)) for node in (now, then))
    steps = restoring_steps(current, *returning(text, version, old))
    after = advance(current, steps, known).document if steps else current
    return node_from_json(cast("dict[str, Json]", after.to_json()))
