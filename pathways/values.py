"""The closed lists of values that attributes of sections, pathways, claims and supports take."""

from enum import StrEnum


class Value(StrEnum):
    """A value with a name that can stand on a page."""

    @property
    def label(self) -> str:
        """The value as words on a page."""
        return self.value.replace("_", " ").replace("load bearing", "load-bearing")


class Rating(Value):
    """Residual risk."""

    NEGLIGIBLE = "negligible"
    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class CaseKind(Value):
    """A risk report says how high the risk is; a safety case says that a bar is met."""

    RISK_REPORT = "risk_report"
    SAFETY_CASE = "safety_case"


class DeploymentContext(Value):
    """Where the model acts."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    THIRD_PARTY = "third_party"


class Frequency(Value):
    """How often the pathway could be taken."""

    RARE = "rare"
    OCCASIONAL = "occasional"
    FREQUENT = "frequent"


class Level(Value):
    """Complexity of a pathway, confidence in a rating."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Reversibility(Value):
    """Whether the harm can be undone once found."""

    REVERSIBLE = "reversible"
    COSTLY = "costly"
    PARTLY_IRREVERSIBLE = "partly_irreversible"
    IRREVERSIBLE = "irreversible"


class ClaimKind(Value):
    """What a claim is about."""

    CAPABILITY = "capability"
    ALIGNMENT = "alignment"
    CONTROL = "control"
    SECURITY = "security"
    USAGE = "usage"
    CONTINUITY = "continuity"
    THREAT_MODELLING = "threat_modelling"


class ClaimState(Value):
    """Where a claim stands."""

    DRAFT = "draft"
    SUPPORTED = "supported"
    IN_DOUBT = "in_doubt"
    UNSUPPORTED = "unsupported"


class Grade(Value):
    """How strong the support for a claim is, and what one piece of evidence says."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class SupportRole(Value):
    """Load-bearing: if it is false, the argument as written lacks a step it needs."""

    LOAD_BEARING = "load_bearing"
    SUPPORTING = "supporting"
    CONTEXT = "context"
