"""Where a release stands, and which changes there are: a table."""

from __future__ import annotations

from enum import StrEnum


class ReleaseState(StrEnum):
    """A release is made by the worker, checked, then approved by a second manager."""

    WAITING = "waiting"  # for the worker
    RUNNING = "running"
    FAILED = "failed"
    HELD = "held"  # the check found something that must be settled
    READY = "ready"  # for approval
    APPROVED = "approved"
    DROPPED = "dropped"

    @property
    def is_working(self) -> bool:
        """Whether the worker has still to finish."""
        return self in (ReleaseState.WAITING, ReleaseState.RUNNING)

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self in (ReleaseState.APPROVED, ReleaseState.DROPPED)


CHANGES: dict[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.WAITING: frozenset({ReleaseState.RUNNING, ReleaseState.DROPPED}),
    ReleaseState.RUNNING: frozenset(
        {ReleaseState.RUNNING, ReleaseState.FAILED, ReleaseState.HELD, ReleaseState.READY, ReleaseState.DROPPED}
    ),
    ReleaseState.FAILED: frozenset({ReleaseState.DROPPED}),
    ReleaseState.HELD: frozenset({ReleaseState.DROPPED}),
    ReleaseState.READY: frozenset({ReleaseState.APPROVED, ReleaseState.DROPPED}),
    ReleaseState.APPROVED: frozenset(),
    ReleaseState.DROPPED: frozenset(),
}


class Purpose(StrEnum):
    """What a release is for."""

    DRAFT_FOR_REVIEW = "draft_for_review"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """The purpose as words on a page."""
        return self.value.replace("_", " ")


class PageKind(StrEnum):
    """The pages that an edition is made of: one row each."""

    FRONT = "front"
    SECTION = "sections"
    PATHWAY = "pathways"
    CLAIM = "claims"
    EVIDENCE = "evidence"
    ASSURANCES = "assurances"
    LIMITATIONS = "limitations"
    GLOSSARY = "glossary"
    REGISTER = "register"
    WITHHELD = "withheld"
    REPORT = "report"


# A part of every edition that is no page: what can be found in it.
FIND = "find"

# Pages that repeat what stands on others; every text and object is at home on one of the rest.
DERIVED_PAGES = frozenset({PageKind.REGISTER, PageKind.WITHHELD, PageKind.REPORT})
LIST_PAGES = frozenset({PageKind.ASSURANCES, PageKind.LIMITATIONS, PageKind.GLOSSARY}) | DERIVED_PAGES
