"""The rows of one import, by the actions of the rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from prosemirror.model import Node as LibraryNode
from prosemirror.model import Slice
from prosemirror.transform import ReplaceStep
from prosemirror.transform import Step as LibraryStep

from cases.access import Actor
from cases.actions.writing import known_redactions
from cases.models import CaseHeader, CasePerson
from evidence.actions.any_part import set_attributes
from evidence.actions.kinds import KINDS
from evidence.models import Evidence
from pathways.actions.acting import standing
from pathways.actions.linking import require_no_cycle, resting_on
from pathways.actions.making import new_part
from pathways.actions.rating import rate
from pathways.models import Claim, Part, Pathway
from prose.actions import BadSteps, edit_text
from prose.covering import leaves_between
from prose.marked import MarkedContent
from prose.models import Why
from prose.nodes import Node, node_to_json
from prose.schema import TextSchema, schema_for
from review.bringing.faults import CannotBring
from review.bringing.placing.attributes import columns_for
from review.bringing.placing.finishing import BODIES_OF_THE_CASE, OF_THE_CASE
from review.bringing.placing.things import NewLink, NewPart

WHY = "As the document says that was imported."
NOT_EMPTY = "Somebody has written the {} of the case meanwhile. Give those words another place."


class Writing:
    """Writes parts and links of one case. The case is locked already."""

    def __init__(self, by: Actor, case_id: UUID, refs: Mapping[str, str]) -> None:
        self._by, self._case_id = by, case_id
        self._given = refs
        self._rows: dict[str, Part] = {}
        people = CasePerson.objects.filter(case_id=case_id).order_by("order")
        self._people = {person.name.casefold(): person for person in people}
        self.refs: dict[str, str] = {}  # what the document calls it → its reference here
        self.texts: dict[tuple[str, str], str] = {}  # (what the document calls it, attribute) → the key of the text

    def part(self, new: NewPart) -> None:
        """A part with its words, without what names other parts. An assurance that nobody here gives is refused."""
        kind = KINDS[new.letter]
        columns: dict[str, object] = {**columns_for(new.letter, new.says, lambda *_: None)}
        owner = self._people.get(new.says.get("owner", "").casefold())
        if new.letter in ("C", "E", "A") and owner is not None:
            columns["owner"] = owner
        given = {name: MarkedContent(document) for name, document in new.texts.items()}
        row = new_part(self._by, self._case_id, kind, given, columns, ref=self._given[new.name])
        self._rows[new.name], self.refs[new.name] = row, row.ref
        for name in kind.worded:
            self.texts[new.name, name] = getattr(row, name).key
        if isinstance(row, Pathway) and row.rating:
            rate(case_id=self._case_id, pathway=row, rating=row.rating, confidence=row.confidence, why=WHY)

    def what_others_need(self, new: NewPart) -> None:
        """What a part says of others, once they are all there: its groups, the claim that an assurance speaks to."""
        row, says = self._rows[new.name], new.says
        if isinstance(row, Claim):
            named = (self.refs.get(tag, "") for tag in says.get("tags", "").split())
            tags = tuple(dict.fromkeys(ref for ref in named if ref.startswith("G")))
            if tags:
                set_attributes(
                    by=self._by, case_id=self._case_id, ref=row.ref, version=row.version, given={"tags": tags}
                )
        elif new.letter == "A" and isinstance(claim := self._rows.get(says.get("claim", "")), Claim):
            set_attributes(
                by=self._by, case_id=self._case_id, ref=row.ref, version=row.version, given={"claim": claim.ref}
            )

    def link(self, new: NewLink) -> None:
        """A support or a bearing; a report may have several between the same two. Raises Http404, CannotChange."""
        columns: dict[str, object] = {**columns_for(new.letter, new.says, lambda *_: None)}
        columns["claim"] = standing(Claim, self._case_id, new.claim)
        if new.letter == "B":
            columns["evidence"] = standing(Evidence, self._case_id, new.start)
            words = {"place": MarkedContent(new.words)}
        else:
            rests = resting_on(self._case_id, new.start)
            columns["pathway" if isinstance(rests, Pathway) else "resting"] = rests
            words = {"reason": MarkedContent(new.words)}
        self.refs[new.name] = new_part(self._by, self._case_id, KINDS[new.letter], words, columns).ref

    def check_links(self) -> None:
        """Nothing may rest on itself, over any number of steps. Raises CannotChange."""
        require_no_cycle(self._case_id, [])

    def of_the_case(self, name: str, document: Node) -> None:
        """Words for an empty text of the case itself. Raises CannotBring where it is empty no more."""
        text = getattr(CaseHeader.objects.select_related(name).get(case_id=self._case_id), name)
        self.texts[OF_THE_CASE, name] = text.key
        kind = TextSchema.BODY if name in BODIES_OF_THE_CASE else TextSchema.LINE

        def make(before: LibraryNode) -> list[LibraryStep]:
            if leaves_between(before, 0, before.content.size):
                raise CannotBring(NOT_EMPTY.format(name.replace("_", " ")))
            after = LibraryNode.from_json(schema_for(kind), node_to_json(document))
            return [ReplaceStep(0, before.content.size, Slice(after.content, 0, 0))]

        try:
            edit_text(
                scope_id=self._case_id,
                key=text.key,
                by_id=self._by.id,
                why=Why.WRITTEN,
                known=known_redactions(self._case_id),
                make=make,
            )
        except BadSteps as bad:
            raise CannotBring(bad.why) from bad
