"""Sessions of the reading room, in a table of their own."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from cases.models import ReadingRoomSession


class SessionStore(DatabaseStore):
    """Django's, on our table."""

    @classmethod
    def get_model_class(cls) -> type[ReadingRoomSession]:
        """The table."""
        return ReadingRoomSession
