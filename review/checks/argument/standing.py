"""The argument as it stands in one release: the case, for whom it is, what is left out, and what bears load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.redaction import Audience, Presence, presence
from prose.inside import document_of
from prose.marked import MarkedText
from review.checks.catalogue import Catalogue
from review.checks.load import Load
from review.checks.material import CaseFacts
from review.checks.strands import strands_of
from review.snapshot import CaseSnapshot


@dataclass(frozen=True)
class Standing:
    """What the argument checks look at; `audiences` are those of the release."""

    case: CaseSnapshot
    catalogue: Catalogue
    audiences: tuple[Audience, ...]
    left_out: frozenset[str]
    facts: CaseFacts

    @cached_property
    def load(self) -> Load:
        """What bears load in what is released."""
        return Load(self.case, self.left_out)

    def outward(self) -> tuple[Audience, ...]:
        """Those of the release who read outside."""
        return tuple(audience for audience in self.audiences if audience.outward)

    def is_shown(self, ref: str) -> bool:
        """Whether any audience of the release is to see the object open."""
        hiding = self.case.register.on_object(ref)
        return ref not in self.left_out and any(presence(hiding, one) is Presence.OPEN for one in self.audiences)

    def losing(self, ref: str) -> tuple[Audience, ...]:
        """The audiences of the release from which that redaction hides."""
        return tuple(one for one in self.audiences if self.case.register.by_ref[ref].hides_from(one))

    def covered(self, ref: str) -> Iterator[tuple[str, str]]:
        """What a redaction hides: (words for the place, page), one for each text that carries it, and its target."""
        redaction = self.case.register.by_ref[ref]
        if redaction.target in self.catalogue.objects:
            what = f"the {redaction.attribute.replace('_', ' ')} of {redaction.target}" if redaction.attribute else ""
            yield what or redaction.target, ""
        for owned in self.catalogue.texts:
            if ref in owned.refs:
                yield owned.where, owned.page


def is_empty(text: MarkedText) -> bool:
    """Whether a text says nothing."""
    return not any(not leaf.is_text or leaf.text.strip() for leaf in document_of(text).leaves())


def plain(text: MarkedText) -> str:
    """Its words on one line, hidden ones included: findings stay inside."""
    return " ".join(" ".join(strand.text for strand in strands_of(document_of(text))).split())


def names(audiences: tuple[Audience, ...]) -> str:
    """Their names as words."""
    return listed([audience.name for audience in audiences])


def listed(words: list[str] | tuple[str, ...]) -> str:
    """One, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
