"""The places that a part of a document can be given."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Place(StrEnum):
    """Where a part goes."""

    SECTION = "section"
    PATHWAY = "pathway"
    APPENDIX = "appendix"
    CLAIM = "claim"
    EVIDENCE = "evidence"
    LIMITATION = "limitation"
    TERM = "term"
    ASSURANCE = "assurance"
    TAG = "tag"
    CASE_TITLE = "title"
    SUBJECT = "subject"
    BANNER = "banner"
    PREDECESSOR = "predecessor"
    CONCLUSION = "conclusion"
    SUMMARY = "summary"
    SCOPE = "scope"
    SCOPE_OUT = "scope_out"
    INSIDE = "inside"
    NOWHERE = "nowhere"

    @property
    def label(self) -> str:
        """As words of a choice."""
        return LABELS[self]


LABELS: Final = {
    Place.SECTION: "a section",
    Place.PATHWAY: "a pathway",
    Place.APPENDIX: "a section at the end",
    Place.CLAIM: "a claim",
    Place.EVIDENCE: "evidence",
    Place.LIMITATION: "a limitation",
    Place.TERM: "a term of the glossary",
    Place.ASSURANCE: "an assurance",
    Place.TAG: "a group of claims",
    Place.CASE_TITLE: "the title of the case",
    Place.SUBJECT: "the subject of the case",
    Place.BANNER: "the banner of the case",
    Place.PREDECESSOR: "the predecessor of the case",
    Place.CONCLUSION: "the conclusion of the case",
    Place.SUMMARY: "the summary of the case",
    Place.SCOPE: "the scope of the case",
    Place.SCOPE_OUT: "out of scope, on the first page",
    Place.INSIDE: "text of the part above",
    Place.NOWHERE: "not imported",
}
MANY: Final = {Place.CLAIM: "claims, one each", Place.EVIDENCE: "evidence, one each"} | {
    Place.LIMITATION: "limitations, one each",
    Place.TERM: "terms of the glossary, one each",
}
# Worded attributes of the case: filled where they are empty, and never changed.
OF_THE_CASE: Final = {
    Place.CASE_TITLE: "title",
    Place.SUBJECT: "subject",
    Place.BANNER: "banner",
    Place.PREDECESSOR: "predecessor",
    Place.CONCLUSION: "conclusion",
    Place.SUMMARY: "summary",
    Place.SCOPE: "scope",
    Place.SCOPE_OUT: "scope_out",
}
OBJECTS: Final = (
    Place.SECTION,
    Place.PATHWAY,
    Place.APPENDIX,
    Place.CLAIM,
    Place.EVIDENCE,
    Place.LIMITATION,
    Place.TERM,
)
EXPLICIT: Final = frozenset({*OBJECTS, Place.ASSURANCE, Place.TAG, *OF_THE_CASE}) - {Place.APPENDIX}
