"""One object of a case file, asked key by key; every answer is checked, every refusal names the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from prose.nodes import Json
from prose.schema import REFERENCE, TextSchema
from review.case_file.contents import FileText, file_text
from review.case_file.faults import BadCaseFile, quoted

E = TypeVar("E", bound=StrEnum)
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Entry:
    """An object with exactly these keys. Its methods raise BadCaseFile."""

    def __init__(self, raw: Json, at: str, keys: Iterable[str]) -> None:
        if not isinstance(raw, dict):
            raise BadCaseFile("must be an object", at)
        self.at = at + _label(raw)
        wanted = frozenset(keys)
        if missing := sorted(wanted - set(raw)):
            raise BadCaseFile(f"the key {quoted(missing[0])} is missing", self.at)
        if extra := sorted(set(raw) - wanted):
            raise BadCaseFile(f"unknown key {quoted(extra[0])}", self.at)
        self._raw = raw

    def fault(self, key: str, why: str) -> BadCaseFile:
        """The refusal of what stands under that key."""
        return BadCaseFile(why, f"{self.at}, {key}" if self.at else key)

    def raw(self, key: str) -> Json:
        """What stands there, unchecked."""
        return self._raw[key]

    def words(self, key: str, longest: int | None = None) -> str:
        """Plain words; with a limit they are a name, which is not empty."""
        value = self._raw[key]
        if not isinstance(value, str):
            raise self.fault(key, "must be words")
        if longest is not None and not 0 < len(value) <= longest:
            raise self.fault(key, f"must be 1 to {longest} characters long")
        return value

    def key(self, key: str = "key") -> str:
        """The key of a person or an audience."""
        value = self._raw[key]
        if not isinstance(value, str) or not KEY.fullmatch(value):
            raise self.fault(key, f"{quoted(value)} is not a key such as all_staff")
        return value

    def ref(self, letters: str, key: str = "ref") -> str:
        """A reference that begins with one of the letters."""
        value = self._raw[key]
        if not isinstance(value, str) or not REFERENCE.fullmatch(value) or value[0] not in letters:
            wanted = " or ".join(f"{letter}-" for letter in letters)
            raise self.fault(key, f"{quoted(value)} is not a reference that begins with {wanted}")
        return value

    def choice(self, key: str, known: type[E]) -> E:
        """One value of a closed list."""
        value = self._raw[key]
        if not isinstance(value, str) or value not in set(known):
            raise self.fault(key, f"{quoted(value)} is none of {', '.join(known)}")
        return known(value)

    def choice_or_null(self, key: str, known: type[E]) -> E | None:
        """One value of a closed list, or null."""
        return None if self._raw[key] is None else self.choice(key, known)

    def day_or_null(self, key: str) -> date | None:
        """A date, or null."""
        value = self._raw[key]
        if value is None:
            return None
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fault(key, f"{quoted(value)} is not a date such as '2025-08-20'")

    def day(self, key: str) -> date:
        """A date."""
        if (found := self.day_or_null(key)) is None:
            raise self.fault(key, "must be a date such as '2025-08-20'")
        return found

    def ref_or_null(self, letters: str, key: str) -> str | None:
        """A reference, or null."""
        return None if self._raw[key] is None else self.ref(letters, key)

    def key_or_null(self, key: str) -> str | None:
        """The key of a person, or null."""
        return None if self._raw[key] is None else self.key(key)

    def choices(self, key: str, known: type[E]) -> tuple[E, ...]:
        """Values of a closed list, each once."""
        names = self.names(key)
        if strange := [name for name in names if name not in set(known)]:
            raise self.fault(key, f"{quoted(strange[0])} is none of {', '.join(known)}")
        return tuple(known(name) for name in names)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._raw[key]
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """A list of words, each once."""
        return distinct(self._raw[key], f"{self.at}, {key}")

    def line(self, key: str) -> FileText:
        """A text of one line."""
        return file_text(self._raw[key], f"{self.at}, {key}", TextSchema.LINE)

    def body(self, key: str) -> FileText:
        """A text of blocks."""
        return file_text(self._raw[key], f"{self.at}, {key}", TextSchema.BODY)


def _label(raw: dict[str, Json]) -> str:
    name = raw.get("ref", raw.get("key"))
    is_name = isinstance(name, str) and (REFERENCE.fullmatch(name) or KEY.fullmatch(name))
    return f" ({name})" if is_name else ""


def entries(raw: Json, name: str, keys: Iterable[str]) -> tuple[Entry, ...]:
    """The objects of a list."""
    if not isinstance(raw, list):
        raise BadCaseFile("must be a list", name)
    return tuple(Entry(one, f"{name}[{index}]", keys) for index, one in enumerate(raw))


def distinct(raw: Json, at: str) -> tuple[str, ...]:
    """A list of words, each once."""
    if not isinstance(raw, list):
        raise BadCaseFile("must be a list", at)
    found: dict[str, None] = {}
    for value in raw:
        if not isinstance(value, str):
            raise BadCaseFile(f"{quoted(value)} must be a word", at)
        if value in found:
            raise BadCaseFile(f"{quoted(value)} stands twice", at)
        found[value] = None
    return tuple(found)
