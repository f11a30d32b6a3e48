"""What every page of history needs of its case, and the versions of a text opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cases.access import Actor, full_clearance
from cases.models import User
from cases.roles import Action
from cases.snapshot import audiences_of, register_of_case
from prose.bars import Tag
from prose.marked import MarkedContent, MarkedText
from prose.models import Text
from prose.nodes import Node
from prose.schema import TextSchema
from prose.shown import FullClearance, open_text
from prose.versions import contents_at
from review.loaders.home import title_of
from review.loaders.live import legend_for
from review.loaders.text_owners import TextName

SOMEBODY = "somebody"  # whose account is gone
Contents = dict[tuple[UUID, int], Node]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case for somebody who reads all of it; `legend`: what its marks say, with addresses below `base`."""

    id: UUID
    title: str
    actions: frozenset[Action]
    clearance: FullClearance
    legend: Mapping[str, Tag]
    base: str

    @property
    def may_write(self) -> bool:
        """Whether the reader may change words."""
        return Action.WRITE in self.actions


def open_case(actor: Actor, case_id: UUID, base: str) -> OpenCase:
    """Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    loaded = register_of_case(case_id)
    legend = legend_for(loaded.register, audiences_of(case_id, loaded.revealed), base)
    return OpenCase(case_id, title_of(case_id, clearance), actions, clearance, legend, base)


def opened(content: MarkedContent, text: Text, clearance: FullClearance) -> Node:
    """One version of a text, marks and all."""
    marked = MarkedText(
        key=text.key,
        kind=TextSchema(text.kind),
        version=text.version,
        scope=text.scope_id,
        content=content,
        register=None,
    )
    return open_text(marked, clearance).document


def opened_at(texts: Iterable[Text], wanted: Mapping[UUID, Collection[int]], clearance: FullClearance) -> Contents:
    """Versions of several texts, by the id of the text; those from before the first checkpoint are left out. Three statements."""
    by_id = {text.pk: text for text in texts}
    earlier = {key: {one for one in versions if one != by_id[key].version} for key, versions in wanted.items()}
    kinds = {key: TextSchema(text.kind) for key, text in by_id.items()}
    found = {(key, by_id[key].version): by_id[key].content for key in wanted} | contents_at(earlier, kinds)
    return {place: opened(content, by_id[place[0]], clearance) for place, content in found.items()}


def is_written_in(name: TextName) -> bool:
    """Whether anybody may change the text now: not what is retired, and not why a rating was changed, which was said on its day."""
    return not name.retired and name.kind != "rating"


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Who they are, by id. One statement."""
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))
