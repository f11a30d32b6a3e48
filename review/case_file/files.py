"""The figures of a case file: their keys, and their pixels through the same re-encoding as any that come in."""

from __future__ import annotations

import base64
import binascii

from cases.figures import BadFigure, reencoded
from prose.nodes import Json
from prose.schema import FILE_KEY
from review.case_file.entries import Entry, entries
from review.case_file.faults import quoted
from review.case_file.shapes import FileEntry

FILE = ("key", "data")


def file_entries(raw: Json) -> tuple[FileEntry, ...]:
    """The key `files`. Raises BadCaseFile."""
    return tuple(FileEntry(entry.at, _key(entry), _content(entry)) for entry in entries(raw, "files", FILE))


def _key(entry: Entry) -> str:
    key = entry.words("key")
    if not FILE_KEY.fullmatch(key):
        raise entry.fault("key", f"{quoted(key)} is not a file key such as 'f-' and 16 characters")
    return key


def _content(entry: Entry) -> bytes:
    try:
        return reencoded(base64.b64decode(entry.words("data"), validate=True))
    except binascii.Error as error:
        raise entry.fault("data", "must be base64") from error
    except BadFigure as error:
        raise entry.fault("data", str(error)) from error
