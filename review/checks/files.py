"""Figures that would be shown and have no file."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.material import EditionMaterial
from review.figures import shown_files
from review.states import DERIVED_PAGES


def find_missing_files(edition: EditionMaterial, files: frozenset[str]) -> Iterator[Finding]:
    """A shown image whose file is not in the case, once for each page."""
    for page, shown in edition.pages.items():
        if page in DERIVED_PAGES:  # they repeat what stands on pages of its own
            continue
        ref = page.rpartition("/")[2]
        for key in sorted(shown_files([shown]) - files):
            yield Finding(
                kind=FindingKind.MISSING_FILE,
                sentence=f"The figure {key} of {ref} has no file. Add the file, or take the figure out of the text.",
                fingerprint=fingerprint(FindingKind.MISSING_FILE, edition.audience.key, page, key),
                audience=edition.audience.key,
                page=page,
                ref=ref if "/" in page else "",
                words=key,
            )
