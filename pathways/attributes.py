"""The attributes of parts that a form sets: what each may be, and how it is told. Pure; words are set in the texts, not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pathways.values import (
    CaseKind,
    ClaimKind,
    ClaimState,
    DeploymentContext,
    Frequency,
    Grade,
    Level,
    Rating,
    Reversibility,
    SupportRole,
    Value,
)

AttributeValue = str | bool | date | None | tuple[str, ...]
RATED = frozenset({"rating", "confidence"})  # a change of these says why


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its name in the row and in redactions, its label, and a few words for who fills it in."""

    name: str
    label: str
    hint: str = ""
    optional: bool = field(default=False, kw_only=True)

    def accepts(self, value: AttributeValue) -> bool:
        """Whether it can be that, as far as can be told without the case."""
        return value is None if self.optional else value is not None

    def shown(self, value: AttributeValue) -> str:
        """The value as words."""
        return "not stated" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Choice(Attribute):
    """One of a closed list, or none."""

    values: type[Value] = Value

    def accepts(self, value: AttributeValue) -> bool:
        return self.optional if value is None else isinstance(value, str) and value in set(self.values)

    def shown(self, value: AttributeValue) -> str:
        return "not stated" if value is None else self.values(str(value)).label


@dataclass(frozen=True, slots=True)
class Choices(Attribute):
    """Several of a closed list."""

    values: type[Value] = Value

    def accepts(self, value: AttributeValue) -> bool:
        return isinstance(value, tuple) and set(value) <= set(self.values) and len(set(value)) == len(value)

    def shown(self, value: AttributeValue) -> str:
        return ", ".join(self.values(one).label for one in value) or "none" if isinstance(value, tuple) else "none"


@dataclass(frozen=True, slots=True)
class Flag(Attribute):
    """Yes or no."""

    def accepts(self, value: AttributeValue) -> bool:
        return isinstance(value, bool)

    def shown(self, value: AttributeValue) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Day(Attribute):
    """A date, or none."""

    def accepts(self, value: AttributeValue) -> bool:
        return self.optional if value is None else isinstance(value, date)

    def shown(self, value: AttributeValue) -> str:
        return f"{value.day} {value:%B %Y}" if isinstance(value, date) else "not stated"


@dataclass(frozen=True, slots=True)
class Person(Attribute):
    """Somebody named in the case, by key, or nobody."""

    def accepts(self, value: AttributeValue) -> bool:
        return self.optional if value is None else isinstance(value, str)


@dataclass(frozen=True, slots=True)
class OneClaim(Attribute):
    """A claim of the case, by reference, or none."""

    def accepts(self, value: AttributeValue) -> bool:
        return self.optional if value is None else isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Resting(Attribute):
    """What rests on the claim of a support: a pathway or a claim, by reference. Another one moves the support there."""

    def accepts(self, value: AttributeValue) -> bool:
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Groups(Attribute):
    """The loose groups that a claim is in, by reference."""

    def accepts(self, value: AttributeValue) -> bool:
        return isinstance(value, tuple) and len(set(value)) == len(value)

    def shown(self, value: AttributeValue) -> str:
        return ", ".join(value) or "none" if isinstance(value, tuple) else "none"


READY = Flag("ready", "Ready to be published", "Until then a publication is held back; drafts for review are not.")
RATING = Choice("rating", "Residual risk", "What is left once everything argued here holds.", Rating, optional=True)
CONFIDENCE = Choice("confidence", "Confidence", "How sure the authors are of the rating.", Level, optional=True)

# The letter of a reference → its attributes, in the order of the form.
ATTRIBUTES: Mapping[str, tuple[Attribute, ...]] = {
    "K": (
        Choice(
            "kind",
            "Kind",
            "A risk report says how high the risk is; a safety case, that a bar is met.",
            CaseKind,
        ),
        Flag("rehearsal", "Rehearsal", "A rehearsal says so wherever it is read."),
        Choices("contexts", "Deployment contexts", "Where the model acts.", DeploymentContext),
        Choice("rating", "Overall risk", "Over all pathways.", Rating, optional=True),
        CONFIDENCE,
        Day("evidence_cutoff", "Evidence cut-off", "What is newer was not looked at.", optional=True),
        Day("coverage_date", "Coverage date", "The day whose state the report is about.", optional=True),
        Day("publication_date", "Publication date", "", optional=True),
    ),
    "S": (READY,),
    "P": (
        Choice(
            "context", "Context", "Where the model acts when it takes this pathway.", DeploymentContext, optional=True
        ),
        Choice("frequency", "Frequency", "How often it could be taken.", Frequency, optional=True),
        Choice("complexity", "Complexity", "How much has to come together.", Level, optional=True),
        Choice(
            "reversibility", "Reversibility", "Whether the harm can be undone once found.", Reversibility, optional=True
        ),
        RATING,
        CONFIDENCE,
        READY,
    ),
    "C": (
        Choice("kind", "Kind", "What the claim is about.", ClaimKind),
        Choice("state", "State", "Where it stands.", ClaimState),
        Choice("grade", "Grade", "How strong the support for it is.", Grade, optional=True),
        Person("owner", "Owner", "Who answers for it.", optional=True),
        Groups("tags", "Groups", "Loose groups, to find it by."),
    ),
    "L": (
        Resting("resting", "What rests on the claim", "Another pathway or claim takes the link with its words."),
        Choice(
            "role",
            "Role",
            "Load-bearing: if the claim is false, the argument lacks a step it needs.",
            SupportRole,
        ),
    ),
    "N": (),
    "G": (),
    "T": (Flag("tentative", "Tentative", "Its authors may still change what it means."),),
}
