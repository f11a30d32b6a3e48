"""Releases and editions of a case for those who work on it."""

from review.loaders.releases.amending import AmendDesk, amend_desk
from review.loaders.releases.changes import ChangesPage, changes_for
from review.loaders.releases.desk import ReleaseDesk, releases_for, waiting_for
from review.loaders.releases.prepared import PreparedPage, finding_of, prepared_page
from review.loaders.releases.release import ReleasePage, release_for
from review.loaders.releases.starting import ReleaseChoices, choices_for

__all__ = [
    "AmendDesk",
    "ChangesPage",
    "PreparedPage",
    "ReleaseChoices",
    "ReleaseDesk",
    "ReleasePage",
    "amend_desk",
    "changes_for",
    "choices_for",
    "finding_of",
    "prepared_page",
    "release_for",
    "releases_for",
    "waiting_for",
]
