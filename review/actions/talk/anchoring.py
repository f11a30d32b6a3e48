"""Words that somebody selected, as they stood when they were selected, and where they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from prose.anchors import Span
from prose.mapping import carry
from prose.marked import MarkedContent, MarkedText
from prose.models import Anchor, Text
from prose.nodes import Node
from prose.schema import TextSchema
from prose.shown import FullClearance, open_text
from prose.versions import NoSuchVersion, content_at
from review.actions.talk.refusal import CannotBeSaid
from review.talk.about import AboutWords
from review.talk.atoms import Atom, atoms_of, trimmed

MOST_ATOMS = 3000  # some six pages: more is no passage that anybody speaks about as one
ANEW = "load the page again and select the words anew"
GONE = "these words are gone: somebody changed them after you selected them"


@dataclass(frozen=True, slots=True)
class Selected:
    """The words as they were read at `version`, the text locked at its newest one, and what was done to it since."""

    text: Text
    document: Node
    atoms: list[Atom]
    later: tuple[MarkedContent, ...]
    version: int

    @property
    def span(self) -> Span:
        """From the first word to the last, as they were read."""
        return Span(self.atoms[0].start, self.atoms[-1].end)

    def anchor(self, span: Span) -> Anchor:
        """An anchor over a range of what was read, where that is now; not stored yet. Raises CannotBeSaid."""
        now = carry(span, self.later)
        if now.start >= now.end:
            raise CannotBeSaid(GONE)
        return Anchor(text=self.text, start=now.start, end=now.end)


def selected(about: AboutWords, clearance: FullClearance) -> Selected:
    """What was selected; locks the text, so that no edit can come between. Raises Http404, CannotBeSaid."""
    try:
        text = Text.objects.select_for_update().get(scope_id=clearance.scope, key=about.key)
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    later = text.log.filter(version__gt=about.version).order_by("version").values_list("steps", flat=True)
    document = _read(text, about, clearance)
    return Selected(text, document, _atoms(document, about.span), tuple(later), about.version)


def _read(text: Text, about: AboutWords, clearance: FullClearance) -> Node:
    try:
        content = content_at(text, about.version)
    except NoSuchVersion as absent:
        raise CannotBeSaid(ANEW) from absent
    return open_text(_as_it_was(text, about.version, content, clearance.scope), clearance).document


def _atoms(document: Node, span: Span) -> list[Atom]:
    inside = 0 <= span.start < span.end <= document.content_size
    atoms = trimmed(atoms_of(document, span)) if inside else []
    if not atoms:
        raise CannotBeSaid("select some words first")
    if len(atoms) > MOST_ATOMS:
        raise CannotBeSaid("select fewer words")
    return atoms


def _as_it_was(text: Text, version: int, content: MarkedContent, scope: UUID) -> MarkedText:
    return MarkedText(
        key=text.key, kind=TextSchema(text.kind), version=version, scope=scope, content=content, register=None
    )
