"""How a figure leaves: as a picture, and as nothing that a browser could take for something else."""

from __future__ import annotations

from django.http import HttpResponse

LIVE = "no-store"
# An edition never changes; for ten minutes its reader's own browser may keep what it was given.
STORED = "private, max-age=600"


def picture(content: bytes, keep: str) -> HttpResponse:
    """The answer. No name, no date and no digest of the bytes stands in its headers."""
    headers = {"Cache-Control": keep, "Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/png", headers=headers)
