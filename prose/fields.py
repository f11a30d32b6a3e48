"""The database column of text with marks: jsonb that no lookup, transform or cast can look into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from prose.marked import MarkedContent, content_to_json

if TYPE_CHECKING:
    _Field = models.Field[MarkedContent, MarkedContent]
else:
    _Field = models.Field


class MarkedTextField(_Field):
    """Stores `MarkedContent`. Extends Field, not JSONField, whose key transforms are an oracle (measured)."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "jsonb"

    def from_db_value(self, value: str | None, *_: object) -> MarkedContent | None:
        """Wrap at once, so that no row ever holds bare words."""
        return None if value is None else MarkedContent(value)

    def get_prep_value(self, value: Any) -> str | None:  # Django's signature
        """Only wrapped content is stored."""
        if value is None:
            return None
        if not isinstance(value, MarkedContent):
            raise TypeError("a text column takes MarkedContent")
        return content_to_json(value)

    def get_lookup(self, lookup_name: str) -> None:
        """No lookup: a filter would be an oracle."""

    def get_transform(self, lookup_name: str) -> None:
        """No transform, for the same reason."""
