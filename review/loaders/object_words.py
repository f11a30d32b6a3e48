"""What a reference stands for, in words, for the fully cleared: its name, its attributes, the page on which it stands."""

from __future__ import annotations

from datetime import date

from cases.redaction.facts import Owner
from evidence.snapshot import BearingSnapshot
from pathways.snapshot import SupportSnapshot
from prose.content import plain_text
from prose.marked import MarkedText
from prose.shown import FullClearance, open_text
from review.rendering import page_of
from review.snapshot import CaseSnapshot
from review.states import PageKind

LONGEST = 90


class ObjectWords:
    """Every object and link of one live case by its reference."""

    def __init__(self, case: CaseSnapshot, clearance: FullClearance) -> None:
        self._case, self._clearance = case, clearance
        self._by_ref: dict[str, object] = {
            case.header.reference: case.header,
            **case.section_by_ref,
            **case.pathway_by_ref,
            **case.claim_by_ref,
            **case.evidence_by_ref,
            **{one.ref: one for one in case.assurances},
            **{one.ref: one for one in case.limitations},
            **{one.ref: one for one in case.terms},
            **{one.ref: one for one in case.supports},
            **{one.ref: one for one in case.bearings},
        }

    def __contains__(self, ref: str) -> bool:
        return ref in self._by_ref

    @property
    def refs(self) -> tuple[str, ...]:
        """All of them, in reading order, links last."""
        return tuple(self._by_ref)

    def name(self, ref: str) -> str:
        """Title or statement; for a link, what it links. Nothing for what is not there."""
        one = self._by_ref.get(ref)
        if isinstance(one, SupportSnapshot):
            return f"{one.resting} rests on {one.claim}: {self.name(one.claim)}"
        if isinstance(one, BearingSnapshot):
            return f"{one.evidence} bears on {one.claim}: {self.name(one.claim)}"
        texts = (getattr(one, name, None) for name in ("title", "statement", "name"))
        return next((self.words(text) for text in texts if isinstance(text, MarkedText)), "")

    def value(self, ref: str, attribute: str) -> str:
        """What an attribute says now; nothing for what is not there."""
        one = self._by_ref.get(ref)
        return self._plain(getattr(one, attribute)) if hasattr(one, attribute) else ""

    def page(self, ref: str) -> str:
        """The page on which it stands; a link stands on that of what rests, or of the claim."""
        one = self._by_ref.get(ref)
        if isinstance(one, SupportSnapshot):
            return page_of(one.resting)
        if isinstance(one, BearingSnapshot):
            return page_of(one.claim)
        return str(PageKind.FRONT) if one is self._case.header or one is None else page_of(ref)

    def words(self, text: MarkedText) -> str:
        """The beginning of a text, without marks."""
        words = plain_text(open_text(text, self._clearance).document, " ")
        return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"

    def _plain(self, value: object) -> str:
        if isinstance(value, tuple):
            tags = self._case.tag_by_ref
            return ", ".join(self.words(tags[one].name) if one in tags else self._plain(one) for one in value) or "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return f"{value.day} {value:%B %Y}"
        if isinstance(value, Owner):
            return str(value.name)
        return str(value).replace("load_bearing", "load-bearing").replace("_", " ") if value else "not stated"
