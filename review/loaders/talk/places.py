"""Where threads inside stand in the live case: on which page, about which object, and in which words of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property

from prose.marked import MarkedText
from prose.nodes import Node
from prose.shown import FullClearance, open_text
from review.loaders.talk.threads import TalkThread, with_pieces
from review.rendering import page_of
from review.snapshot import CaseSnapshot
from review.states import PageKind
from review.talk.states import ThreadKind


class Places:
    """The texts and objects of one live case, looked up by the threads about them."""

    def __init__(self, case: CaseSnapshot, clearance: FullClearance) -> None:
        self._case, self._clearance = case, clearance

    @cached_property
    def _texts(self) -> Mapping[str, tuple[MarkedText, str]]:
        """Text key → the text, and the reference of what it belongs to."""
        case = self._case
        objects: tuple[object, ...] = (
            case.header,
            *case.sections,
            *case.pathways,
            *case.claims,
            *case.supports,
            *case.evidence,
            *case.bearings,
            *case.assurances,
            *case.limitations,
            *case.terms,
        )
        return {
            text.key: (text, str(getattr(one, "ref", case.header.reference)))
            for one in objects
            for text in (getattr(one, field.name) for field in fields(one))  # type: ignore[arg-type]  # all are dataclasses
            if isinstance(text, MarkedText)
        }

    def about(self, thread: TalkThread) -> str:
        """The object or link that it is about, or to which its words belong; nothing if those stand nowhere just now."""
        return self._texts[thread.text_key][1] if thread.text_key in self._texts else thread.ref

    @cached_property
    def _stands_with(self) -> Mapping[str, str]:
        """Link → what it stands with: a support with what rests, a bearing with its claim."""
        supports, bearings = self._case.supports, self._case.bearings
        return {one.ref: one.resting for one in supports} | {one.ref: one.claim for one in bearings}

    def page(self, ref: str) -> str:
        """The page on which an object or link stands."""
        if not ref or ref.startswith("K-"):
            return str(PageKind.FRONT)
        return page_of(self._stands_with.get(ref, ref))

    def with_pieces(self, threads: Iterable[TalkThread]) -> tuple[TalkThread, ...]:
        """The threads, suggestions with what they would change in the words that stand now."""
        return tuple(with_pieces(thread, self._document(thread)) if thread.proposed else thread for thread in threads)

    def _document(self, thread: TalkThread) -> Node | None:
        found = self._texts.get(thread.text_key) if thread.is_open else None
        return open_text(found[0], self._clearance).document if found else None

    def on_page(self, threads: Iterable[TalkThread], page: str, html: str) -> tuple[TalkThread, ...]:
        """The threads whose words or object stand on this page, open ones first."""
        found = [
            thread
            for thread in threads
            if (f'data-text="{thread.text_key}"' in html if thread.text_key else self.page(thread.ref) == page)
        ]
        return self.with_pieces(sorted(found, key=lambda thread: not thread.is_open))


def doubts_by_object(threads: Iterable[TalkThread], places: Places) -> Counter[str]:
    """How many doubts that nobody has answered are about each object or its words."""
    return Counter(places.about(thread) for thread in threads if thread.kind is ThreadKind.DOUBT and thread.is_open)
