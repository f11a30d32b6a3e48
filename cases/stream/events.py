"""What an open page is told, and how one event stands on the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from uuid import UUID

from cases.loaders.presence import Here


def event(name: str, data: str = "-") -> bytes:
    """One event. A browser does not deliver one without data."""
    return f"event: {name}\ndata: {data}\n\n".encode()


HELLO = event("hello")  # from here on nothing is missed: ask for what is newer than the page
RESYNC = event("resync")  # something was missed: ask for everything again
GONE = event("gone")  # no longer allowed; the last one
STILL_HERE = b": still here\n\n"
PASSED_ON = ("structure", "talk")
NOTICE = re.compile(
    r"(?P<scope>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\|(?P<what>[a-z]+)"
    r"(\|(?P<about>[A-Za-z0-9-]{0,40})(\|(?P<version>[0-9]{1,9}))?)?"
)


class News:
    """What happened in one case since the last round. Of a text, only the newest version is told."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._others: dict[tuple[str, str], None] = {}
        self.presence = False

    def add(self, what: str, about: str, version: str) -> None:
        """One thing; what is unknown is not passed on."""
        if what == "here":
            self.presence = True
        elif what == "text":
            self._versions[about] = max(self._versions.get(about, 0), int(version or 0))
        elif what in PASSED_ON:
            self._others[what, about] = None

    def events(self) -> bytes:
        """All of it."""
        texts = [event("text", f"{key}|{version}") for key, version in self._versions.items()]
        return b"".join([*texts, *(event(what, about or "-") for what, about in self._others)])


def gathered(payloads: Iterable[str]) -> dict[UUID, News]:
    """Notifications by what they are about: a case, or somebody whose access changed.

    Every login of the database can send one, so what does not have the form of ours is nothing.
    """
    found: dict[UUID, News] = {}
    for payload in payloads:
        if said := NOTICE.fullmatch(payload):
            news = found.setdefault(UUID(said["scope"]), News())
            news.add(said["what"], said["about"] or "", said["version"] or "")
    return found


def here(rows: Collection[Here], case_id: UUID, own: UUID) -> bytes:
    """Who else is in the case."""
    others = [row for row in rows if row.case_id == case_id and row.tab != own]
    return event("here", json.dumps([_as_told(row) for row in others], ensure_ascii=False))


def _as_told(row: Here) -> dict[str, str | int]:
    return {
        "tab": str(row.tab),
        "name": row.name,
        "initials": row.initials,
        "page": row.page,
        "text": row.text,
        "version": row.version,
        "anchor": row.anchor,
        "head": row.head,
    }
