"""Who may read what: people, deciders, audiences, redactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.hiding import ATTRIBUTES, OBJECTS
from cases.redaction.facts import Cover, Extent, Ground, RedactionState
from pathways.values import Value
from prose.nodes import Json
from review.case_file.entries import Entry, distinct, entries
from review.case_file.faults import BadCaseFile, quoted

PERSON = ("key", "name", "role", "named_outside")
AUDIENCE = ("key", "name", "outward", "cleared", "sees_marks_of")
REDACTION = (
    *("ref", "ground", "note", "reason", "extent", "state", "instead", "revealed_to", "target"),
    *("bears_load", "decide_again"),
)
LONGEST_NAME, LONGEST_AUDIENCE = 200, 100


class How(Value):
    """Whether a placeholder stays."""

    MASKED = "masked"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One of `people`."""

    at: str
    key: str
    name: str
    role: str
    named_outside: bool


@dataclass(frozen=True, slots=True)
class AudienceEntry:
    """One of `audiences`."""

    at: str
    key: str
    name: str
    outward: bool
    cleared: tuple[Ground, ...]
    sees_marks_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What a redaction covers."""

    cover: Cover
    ref: str = ""
    attribute: str = ""
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class RedactionEntry:
    """One of `redactions`."""

    at: str
    ref: str
    ground: Ground
    note: str
    reason: str
    extent: Extent
    state: RedactionState
    instead: Mapping[str, str]
    revealed_to: tuple[str, ...]
    bears_load: bool
    decide_again: date | None
    target: TargetEntry


def person_entries(raw: Json) -> tuple[PersonEntry, ...]:
    """The key `people`."""
    return tuple(
        PersonEntry(
            at=entry.at,
            key=entry.key(),
            name=entry.words("name", LONGEST_NAME),
            role=entry.words("role", LONGEST_NAME),
            named_outside=entry.flag("named_outside"),
        )
        for entry in entries(raw, "people", PERSON)
    )


def deciders(raw: Json) -> dict[Ground, tuple[str, ...]]:
    """The key `deciders`."""
    if not isinstance(raw, dict):
        raise BadCaseFile("must be an object", "deciders")
    if strange := sorted(set(raw) - set(Ground)):
        raise BadCaseFile(f"unknown ground {quoted(strange[0])}", "deciders")
    return {Ground(ground): distinct(keys, f"deciders, {ground}") for ground, keys in raw.items()}


def audience_entries(raw: Json) -> tuple[AudienceEntry, ...]:
    """The key `audiences`."""
    return tuple(
        AudienceEntry(
            at=entry.at,
            key=entry.key(),
            name=entry.words("name", LONGEST_AUDIENCE),
            outward=entry.flag("outward"),
            cleared=_grounds(entry),
            sees_marks_of=entry.names("sees_marks_of"),
        )
        for entry in entries(raw, "audiences", AUDIENCE)
    )


def _grounds(entry: Entry) -> tuple[Ground, ...]:
    names = entry.names("cleared")
    for name in names:
        if name not in set(Ground):
            raise entry.fault("cleared", f"unknown ground {quoted(name)}")
    return tuple(Ground(name) for name in names)


def redaction_entries(raw: Json) -> tuple[RedactionEntry, ...]:
    """The key `redactions`."""
    return tuple(
        RedactionEntry(
            at=entry.at,
            ref=entry.ref("R"),
            ground=entry.choice("ground", Ground),
            note=entry.words("note"),
            reason=entry.words("reason"),
            extent=entry.choice("extent", Extent),
            state=entry.choice("state", RedactionState),
            instead=_instead(entry),
            revealed_to=entry.names("revealed_to"),
            bears_load=entry.flag("bears_load"),
            decide_again=entry.day_or_null("decide_again"),
            target=_target(entry),
        )
        for entry in entries(raw, "redactions", REDACTION)
    )


def _instead(entry: Entry) -> dict[str, str]:
    raw = entry.raw("instead")
    if not isinstance(raw, dict):
        raise entry.fault("instead", "must be an object")
    found = {audience: words for audience, words in raw.items() if isinstance(words, str)}
    if len(found) < len(raw):
        raise entry.fault("instead", "must hold words")
    return found


def _target(entry: Entry) -> TargetEntry:
    raw, at = entry.raw("target"), f"{entry.at}, target"
    if raw is None:
        return TargetEntry(Cover.SPAN)
    match raw.get("kind") if isinstance(raw, dict) else None:
        case "attribute":
            return _attribute(Entry(raw, at, ("kind", "ref", "name")))
        case "link":
            return TargetEntry(Cover.LINK, Entry(raw, at, ("kind", "ref")).ref("LB"))
        case "object":
            target = Entry(raw, at, ("kind", "ref", "how"))
            omitted = target.choice("how", How) is How.OMITTED
            return TargetEntry(Cover.OBJECT, target.ref(OBJECTS), omitted=omitted)
    raise BadCaseFile("is null or an object whose kind is attribute, link or object", at)


def _attribute(target: Entry) -> TargetEntry:
    ref, name = target.ref("".join(ATTRIBUTES)), target.words("name")
    if name not in ATTRIBUTES[ref[0]]:
        raise target.fault("name", f"{quoted(name)} is no attribute of {ref}")
    return TargetEntry(Cover.ATTRIBUTE, ref, attribute=name)
