"""Things to try in the demo: what the workshop's first page offers while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from review.loaders.home import CaseRow

WORKED_EXAMPLE = "K-H3RX"
EMPTY_CASE = "Risk report on Orrin 2: sabotage"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to try, and where."""

    title: str
    text: str
    below: str


THINGS = (
    Thing(
        "Meet a slip",
        "A release to Public is held: words that are hidden in a pathway stand in the open in a piece of evidence. Hide them there "
        "too, check again, and let Mina approve. Omar then reads the Public edition in the reading room.",
        "releases/",
    ),
    Thing(
        "Find what holds the argument up",
        "File permissions bear load under three pathways. Nobody owns the claim, and the one check behind it is out of date.",
        "claims/C-FR5S/",
    ),
    Thing(
        "Read one claim as two audiences",
        "The reviewer reads the number and sees that the public does not. The public reads that it bears load.",
        "compare/?a=public&b=external_reviewer&page=claims/C-L7C2",
    ),
    Thing(
        "Read the weakest argument",
        "Leaks are rated higher than the rest, openly. Rhea's remark beside it waits for an answer.",
        "pathways/P-3T2P/",
    ),
    Thing(
        "Settle a dispute",
        "A figure is withheld, and the external reviewer contests that. Both sides are written down; Lex decides.",
        "redactions/R-58S7/",
    ),
    Thing(
        "Write together",
        "Open this argument in two windows, as Ada and as Jun, and type in both. Beside it stand a doubt of the stress testers and "
        "what was said before.",
        "pathways/P-MDJ7/",
    ),
)
BEGIN = Thing(
    "Begin with a report that exists",
    "Nothing is in this case yet. Bring in a Word document, for example examples/report-to-import.docx; what becomes what is shown "
    "before anything is written.",
    "import/",
)


def things_to_try(cases: Iterable[CaseRow]) -> list[tuple[Thing, str]]:
    """Each with its address, for who may read the worked example live."""
    readable = [case for case in cases if case.may_read]
    found = next((case.id for case in readable if case.reference == WORKED_EXAMPLE), None)
    things = [(thing, _address(found, thing)) for thing in THINGS] if found else []
    return things + [(BEGIN, _address(case.id, BEGIN)) for case in readable if things and case.title == EMPTY_CASE]


def _address(case_id: UUID, thing: Thing) -> str:
    return reverse("live", kwargs={"case_id": case_id}) + thing.below
