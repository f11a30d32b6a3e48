"""Bytes to a JSON object of a known format and version: size, encoding, depth, syntax, and characters that can be stored."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import NoReturn

from prose.nodes import Json
from review.case_file.faults import BadCaseFile, quoted

FORMAT = "safetycase-case"
VERSION = 3
WITHOUT_TERMS = 2  # still read: what it lacks is an empty list
LARGEST = 20_000_000  # bytes
DEEPEST = 100  # JSON levels; a text of the deepest nesting that `prose.content` allows has about 55
# A string, closed or not, is passed over in one match; what cannot match never backtracks, so the scan is linear.
BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_file(path: Path) -> dict[str, Json]:
    """The file as an object. Raises BadCaseFile. A file that is too large is refused before it is opened."""
    try:
        if path.stat().st_size > LARGEST:
            raise too_large()
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadCaseFile(f"can't be read ({error.strerror or type(error).__name__})") from error
    return read_bytes(raw)


def too_large() -> BadCaseFile:
    """The refusal of a large file."""
    return BadCaseFile(f"the file is too large; a case file has at most {LARGEST // 1_000_000} MB")


def read_bytes(raw: bytes) -> dict[str, Json]:
    """The same for bytes at hand. Raises BadCaseFile."""
    if len(raw) > LARGEST:
        raise too_large()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadCaseFile(f"not UTF-8 (byte {error.start})", _line(raw, error.start)) from error
    _check_depth(raw)
    found = _parsed(text)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadCaseFile(f"not a case file: its format is not {FORMAT!r}")
    if found.get("version") == WITHOUT_TERMS and type(found["version"]) is int:
        found = {**found, "version": VERSION, "terms": []}
    if type(version := found.get("version")) is not int or version != VERSION:
        raise BadCaseFile(f"version {quoted(version)} is not known; this program reads version {VERSION}")
    _check_characters(found)
    return found


def _line(raw: bytes, position: int) -> str:
    number = raw.count(b"\n", 0, position) + 1
    return f"line {number}"


def _check_depth(raw: bytes) -> None:
    """Before parsing, which is recursive."""
    depth = 0
    for bracket in BRACKETS.finditer(raw):
        first = raw[bracket.start()]
        if first in b"[{":
            depth += 1
        elif first in b"]}":
            depth -= 1
        if depth > DEEPEST:
            raise BadCaseFile(f"nested more than {DEEPEST} deep", _line(raw, bracket.start()))


def _parsed(text: str) -> Json:
    try:
        found: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        short = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        hint = "; the file seems to be cut short" if short else ""
        place = f"line {error.lineno}, column {error.colno}"
        raise BadCaseFile(f"not valid JSON: {error.msg}{hint}", place) from error
    except BadCaseFile:
        raise
    except (ValueError, RecursionError) as error:  # a whole number of thousands of digits
        raise BadCaseFile("not valid JSON: a number that is too long") from error
    return found


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise BadCaseFile(f"the key {quoted(twice)} stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise BadCaseFile(f"not valid JSON: {name} is no number")


def _check_characters(found: Json) -> None:
    """No NUL and no half of a pair anywhere, names of keys included: the database can't hold them."""
    todo: list[tuple[str, Json]] = [("", found)]
    while todo:
        place, value = todo.pop()
        if isinstance(value, str) and UNSTORABLE.search(value):
            raise BadCaseFile("a character that can't be stored (NUL or half a pair)", place)
        if isinstance(value, dict):
            todo.extend((f"{place}, a key", name) for name in value)
            todo.extend((f"{place}/{name}".lstrip("/"), child) for name, child in value.items())
        elif isinstance(value, list):
            todo.extend((f"{place}[{index}]", child) for index, child in enumerate(value))
