"""What can be wrong with a document that somebody brings."""

from __future__ import annotations


class CannotRead(ValueError):
    """The document is refused as a whole; the message is a sentence that says why and what to do."""


class CannotBring(ValueError):
    """The document was read, but can't be brought in like this; the message is a sentence. Nothing was changed."""
