"""The attributes of evidence, bearings and assurances that a form sets; with those of the room below, all there are. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.values import Direction, EvidenceType
from pathways.attributes import ATTRIBUTES as OF_THE_REPORT
from pathways.attributes import Attribute, Choice, Day, Flag, OneClaim, Person
from pathways.values import Grade

ATTRIBUTES: Mapping[str, tuple[Attribute, ...]] = {
    **OF_THE_REPORT,
    "E": (
        Choice("type", "Type", "What sort of thing it is.", EvidenceType),
        Day("as_of", "As of", "The day whose state it tells.", optional=True),
        Day("valid_until", "Valid until", "After that day it is stale.", optional=True),
        Flag("relied_on", "Relied on", "If not, its page says why."),
        Person("owner", "Owner", "Who answers for it.", optional=True),
    ),
    "B": (
        Choice("direction", "Direction", "For the claim, or against it.", Direction),
        Choice("strength", "Strength", "How much it says.", Grade),
    ),
    "A": (
        Person("owner", "Owner", "Whose word it is. Outside it is withheld unless its owner is named outside."),
        Day("given_on", "Given on"),
        Day("valid_until", "Valid until", "", optional=True),
        OneClaim("claim", "Claim it speaks to", "", optional=True),
    ),
}
