"""The closed lists of values that attributes of evidence and bearings take."""

from pathways.values import Value


class EvidenceType(Value):
    """What sort of thing the evidence is."""

    EVALUATION = "evaluation"
    RED_TEAM = "red_team"
    SYSTEM_FACT = "system_fact"
    INCIDENT = "incident"
    SURVEY = "survey"
    PUBLISHED_DOCUMENT = "published_document"
    REVIEWER_SUPPLIED = "reviewer_supplied"
    OTHER = "other"


class Direction(Value):
    """Whether evidence speaks for a claim or against it."""

    FOR = "for"
    AGAINST = "against"
