"""Braces that hide something: they are read as what hides it here, or the document is refused. Nothing in between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from prose.nodes import Mark
from prose.schema import REFERENCE
from review.bringing.draft import SAYS
from review.bringing.faults import CannotRead

LINKS: Final = frozenset({"support", "bearing"})  # braces around a citation that say how something rests on it
NAMED: Final = re.compile(rf"(?<![\w-])(?=R){REFERENCE.pattern}(?![\w-])")
_SAYS: Final = rf"(?:\.|(?<=\{{))(?:redact|hidden)|\b(?:redact|hidden)[\w-]*=|=[\"']?{NAMED.pattern}"
_BODY: Final = r"(?:[^{}\"]|\"[^\"{]*\")*?"  # ends before the next brace opens, so that no document takes long
STRAY: Final = re.compile(rf"\{{{_BODY}(?:{_SAYS})", re.IGNORECASE)
# The same in words as they were typed, of which no sign is read yet; no JSON of nodes as they are stored begins like that.
REDACTED: Final = re.compile(rf"(?<!\\)(?:\\\\)*\{{(?!\"){_BODY}(?:{_SAYS})[^{{}}]*", re.IGNORECASE)
SECRETIVE: Final = ("redact", "hidden")
OF_SIGNS: Final = frozenset({"href", "src", "title"})  # what a link or a picture says without any braces
UNREADABLE: Final = (
    "{} hides words in a way that can't be read, so that they would be brought in unhidden."
    " Write it as [words]{{.redacted ref=R-7Q2K}}."
)


def unreadable(at: str) -> CannotRead:
    """The refusal of a document for what stands there."""
    return CannotRead(UNREADABLE.format(at.capitalize() or "A line"))


def is_hiding(name: str) -> bool:
    """Whether an attribute of braces says that a thing, an attribute or a link is hidden."""
    return name.startswith("hidden")


def seems_to_hide(said: Mapping[str, str]) -> bool:
    """Whether braces hide something, or look as if they were meant to."""
    names = (*said.get("class", "").split(), *said)
    return any(name.lower().startswith(SECRETIVE) for name in names) or any(
        _names_one(value.upper() if name.lower() == "ref" else value)
        for name, value in said.items()
        if name not in OF_SIGNS
    )


def redaction_marks(said: Mapping[str, str], at: str, also: Collection[str] = ()) -> tuple[Mark, ...]:
    """The redactions of words that braces name. Raises CannotRead for braces that seem to hide and would hide nothing.

    `also`: the other names in these braces that somebody reads as what hides something.
    """
    classes = said.get("class", "").split()
    read = {"redacted", *also, *(("ref",) if "redacted" in classes else ())}
    rest = {name: value for name, value in said.items() if name not in read}
    if seems_to_hide(rest | {"class": " ".join(set(classes) - read)}):
        raise unreadable(at)
    if "redacted" not in classes:
        return ()
    return tuple(Mark("redaction", {"ref": ref}) for ref in _references(said.get("ref", ""), at))


def marks_around(said: Mapping[str, str], at: str) -> tuple[Mark, ...]:
    """What braces say of the words that they stand around: redactions, and what hides a link. Raises CannotRead."""
    if LINKS.isdisjoint(said.get("class", "").split()):
        return redaction_marks(said, at)
    hidings = [name for name in said if is_hiding(name)]
    for name in hidings:
        _references(said[name], at)
    return (*redaction_marks(said, at, hidings), Mark(SAYS, dict(said)))


def named_by(marks: Collection[Mark]) -> Counter[str]:
    """The redactions that these marks name, and how often."""
    named: Counter[str] = Counter()
    for mark in marks:
        if mark.type == "redaction":
            named[str(mark.attrs["ref"])] += 1
        for name, said in mark.attrs.items() if mark.type == SAYS else ():
            named.update(str(said).split() if is_hiding(name) else ())
    return named


def named_in(source: str) -> Counter[str]:
    """The redactions that stand in braces of a line as it was typed, and how often."""
    return Counter(ref for found in REDACTED.finditer(source) for ref in NAMED.findall(found[0]))


def joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """What two pairs of braces say of one thing. The second is nearer to it; but classes and redactions add up."""
    adding = (name for name in first.keys() & second.keys() if name in ("class", "ref") or is_hiding(name))
    return {**first, **second, **{name: f"{first[name]} {second[name]}" for name in adding}}


def _names_one(said: str) -> bool:
    return any(NAMED.fullmatch(word) for word in said.split())


def _references(said: str, at: str) -> list[str]:
    refs = said.split()
    if not refs or any(not REFERENCE.fullmatch(ref) or ref[0] != "R" for ref in refs):
        raise unreadable(at)
    return refs
