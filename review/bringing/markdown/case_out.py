"""A whole live case as Markdown: read by people, edited anywhere, brought in again. Pure; what it is given is open already."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from cases.redaction.facts import Cover, Owner, Redaction, RedactionState
from evidence.snapshot import AssuranceSnapshot, BearingSnapshot, EvidenceSnapshot
from pathways.snapshot import (
    ClaimSnapshot,
    LimitationSnapshot,
    PathwaySnapshot,
    SectionSnapshot,
    SupportSnapshot,
    TagSnapshot,
    TermSnapshot,
)
from prose.marked import MarkedText
from prose.nodes import Node
from prose.schema import FILE_KEY
from review.bringing.markdown.blocks_out import body_out, one_line_out
from review.snapshot import CaseSnapshot

FORMAT: Final = 1
NOTICE: Final = (
    "**Inside only.** This file holds every word of the live case, those included that are hidden from readers outside. "
    "Keep it where only people cleared for the whole case can read it."
)
HEADER_LINES: Final = ("subject", "banner", "predecessor", "conclusion")
HEADER_BODIES: Final = ("scope", "scope_out", "summary")
HEADER_VALUES: Final = ("rating", "confidence", "evidence_cutoff", "coverage_date", "publication_date")
LABELS: Final = {"scope_out": "Out of scope", "not_relied": "Why it is not relied on", "supports": "Rests on"}
BARE: Final = re.compile(r"[A-Za-z0-9_:-]+")
Said = str | bool | date | Owner | None
T = TypeVar("T")


@dataclass(frozen=True)
class Writer:
    """Writes one case. `open_up` opens a text; a picture is written at the end, where the words show it."""

    case: CaseSnapshot
    open_up: Callable[[MarkedText], Node]
    pictures: Mapping[str, bytes]

    def whole(self) -> str:
        """The file."""
        parts = [*self._head(), *self._report(), *self._links(), *self._redactions()]
        written = "\n\n".join(part for part in parts if part)
        return f"{written}\n\n{self._pictures(written)}".rstrip("\n") + "\n"

    def line(self, text: MarkedText) -> str:
        """A line of words."""
        return one_line_out(self.open_up(text))

    def body(self, text: MarkedText, level: int) -> str:
        """A body; nothing where nothing is written."""
        document = self.open_up(text)
        return "" if document.content == (Node("paragraph"),) else body_out(document, level)

    def heading(self, level: int, text: MarkedText | str, what: str, ref: str = "", /, **says: Said) -> str:
        """A heading and, in braces, what it is."""
        words = text if isinstance(text, str) else self.line(text)
        facts = {**says, **self._hidden(ref)}
        return " ".join(filter(None, ("#" * level, words, _braces(what, ref, facts))))

    def _hidden(self, ref: str) -> dict[str, Said]:
        """Which redactions hide the object itself, and which of its attributes."""
        standing = (
            [one for one in self.case.register.by_ref.values() if one.target == ref and _hides(one)] if ref else []
        )
        found: dict[str, list[str]] = {}
        for one in standing:
            name = f"hidden-{one.attribute}" if one.cover is Cover.ATTRIBUTE else "hidden"
            found.setdefault(name, []).append(one.ref)
        return {name: " ".join(refs) for name, refs in found.items()}

    def _head(self) -> Iterator[str]:
        header = self.case.header
        facts = {
            "safetycase": FORMAT,
            "case": header.reference,
            "kind": header.kind,
            "rehearsal": "yes" if header.rehearsal else "no",
            "contexts": ", ".join(header.contexts),
            **{name: getattr(header, name) for name in HEADER_VALUES},
        }
        yield "\n".join(
            ["---", *(f"{name}: {value}" for name, value in facts.items() if value not in (None, "")), "---"]
        )
        yield f"{{.notice}}\n> {NOTICE}"
        yield self.heading(1, header.title, "title")
        for name in HEADER_LINES:
            yield from self.field(2, name, self.line(getattr(header, name)))
        for name in HEADER_BODIES:
            yield from self.field(2, name, self.body(getattr(header, name), 2))

    def field(self, level: int, name: str, words: str) -> Iterator[str]:
        """One worded attribute under its own heading, where it has any words."""
        if words:
            yield f"{'#' * level} {LABELS.get(name, name.replace('_', ' ').capitalize())} {{.{name}}}"
            yield words

    def _report(self) -> Iterator[str]:
        yield from self._group("Sections", self.case.sections, self._section)
        yield from self._group("Pathways", self.case.pathways, self._pathway)
        yield from self._group("Groups of claims", self.case.tags, self._tag)
        yield from self._group("Claims", self.case.claims, self._claim)
        yield from self._group("Evidence", self.case.evidence, self._evidence)

    def _links(self) -> Iterator[str]:
        yield from self._group("Assurances", self.case.assurances, self._assurance)
        yield from self._group("Limitations", self.case.limitations, self._limitation)
        yield from self._group("Glossary", self.case.terms, self._term)

    def _group(self, name: str, things: Iterable[T], write: Callable[[T], Iterable[str]]) -> Iterator[str]:
        listed = [part for thing in things for part in write(thing)]
        if listed:
            yield f"# {name} {{.group}}"
            yield from listed

    def _section(self, one: SectionSnapshot) -> Iterator[str]:
        yield self.heading(2, one.title, "section", one.ref)
        yield self.body(one.body, 2)

    def _limitation(self, one: LimitationSnapshot) -> Iterator[str]:
        yield self.heading(2, one.title, "limitation", one.ref)
        yield self.body(one.body, 2)

    def _term(self, one: TermSnapshot) -> Iterator[str]:
        yield self.heading(2, one.name, "term", one.ref, tentative=one.tentative)
        yield self.body(one.definition, 2)

    def _tag(self, one: TagSnapshot) -> Iterator[str]:
        yield self.heading(2, one.name, "tag", one.ref)

    def _pathway(self, one: PathwaySnapshot) -> Iterator[str]:
        names = ("context", "frequency", "complexity", "reversibility", "rating", "confidence")
        yield self.heading(2, one.title, "pathway", one.ref, **{name: getattr(one, name) for name in names})
        yield from self.field(3, "answer", self.line(one.answer))
        yield from self.field(3, "action", self.line(one.action))
        yield from self.field(3, "argument", self.body(one.argument, 3))
        yield from self.field(3, "reason", self.body(one.reason, 3))
        yield from self._supports(one.ref)

    def _claim(self, one: ClaimSnapshot) -> Iterator[str]:
        says: dict[str, Said] = {"kind": one.kind, "state": one.state, "grade": one.grade, "owner": one.owner}
        yield self.heading(2, one.statement, "claim", one.ref, **says, tags=" ".join(one.tags))
        yield from self.field(3, "basis", self.body(one.basis, 3))
        yield from self.field(3, "assumptions", self.body(one.assumptions, 3))
        yield from self._supports(one.ref)
        bearings = self.case.bearings_on.get(one.ref, [])
        yield from self.field(3, "bearings", "\n".join(self._bearing(bearing) for bearing in bearings))

    def _supports(self, ref: str) -> Iterator[str]:
        supports = self.case.supports_under.get(ref, [])
        yield from self.field(3, "supports", "\n".join(self._support(support) for support in supports))

    def _support(self, one: SupportSnapshot) -> str:
        return self._link(one.claim, "support", one.ref, one.reason, role=one.role)

    def _bearing(self, one: BearingSnapshot) -> str:
        return self._link(one.evidence, "bearing", one.ref, one.place, direction=one.direction, strength=one.strength)

    def _link(self, to: str, kind: str, ref: str, words: MarkedText, **says: Said) -> str:
        said = _braces(kind, ref, {**says, **self._hidden(ref)})
        return f"- [@{to}]{said} {self.line(words)}".rstrip(" ")

    def _evidence(self, one: EvidenceSnapshot) -> Iterator[str]:
        says: dict[str, Said] = {"type": one.type, "as_of": one.as_of, "valid_until": one.valid_until}
        yield self.heading(2, one.title, "evidence", one.ref, **says, owner=one.owner, relied_on=one.relied_on)
        yield from self.field(3, "description", self.body(one.description, 3))
        yield from self.field(3, "conditions", self.body(one.conditions, 3))
        yield from self.field(3, "place", self.line(one.place))
        yield from self.field(3, "not_relied", self.line(one.not_relied))

    def _assurance(self, one: AssuranceSnapshot) -> Iterator[str]:
        says: dict[str, Said] = {"owner": one.owner, "given_on": one.given_on, "valid_until": one.valid_until}
        yield self.heading(2, "Assurance", "assurance", one.ref, **says, claim=one.claim)
        yield self.body(one.statement, 2)

    def _redactions(self) -> Iterator[str]:
        yield from self._group("Redactions", self.case.register.by_ref.values(), self._redaction)

    def _redaction(self, one: Redaction) -> Iterator[str]:
        says: dict[str, Said] = {"ground": one.ground, "extent": one.extent, "covers": one.cover}
        says |= {"bears_load": one.bears_load, "target": one.target, "attribute": one.attribute}
        says |= {"omitted": True} if one.omitted else {}
        says |= {} if _hides(one) else {"lifted": True}
        yield self.heading(2, one.ref, "redaction", "", **says)
        yield one_line_out(Node("doc", content=(Node("text", text=one.note),) if one.note else ()))

    def _pictures(self, written: str) -> str:
        """Where references end: the bytes of what the text shows, one line each."""
        shown = sorted(set(re.findall(FILE_KEY, written)) & set(self.pictures))
        lines = (f"[{key}]: data:image/png;base64,{base64.b64encode(self.pictures[key]).decode()}" for key in shown)
        return "\n".join(lines)


def _hides(one: Redaction) -> bool:
    return one.state is not RedactionState.LIFTED


def _braces(kind: str, ref: str, says: Mapping[str, Said]) -> str:
    """What something is, as it stands behind it."""
    facts = (f"{name}={_quoted(value)}" for name, value in says.items() if value not in (None, ""))
    return f"{{{' '.join(filter(None, (f'.{kind}', f'#{ref}' if ref else '', *facts)))}}}"


def _quoted(value: Said) -> str:
    words = (
        ("yes" if value else "no")
        if isinstance(value, bool)
        else value.name
        if isinstance(value, Owner)
        else str(value)
    )
    if BARE.fullmatch(words):
        return words
    plain = re.sub(r"[{}\n]", " ", words)  # braces and lines would end what stands in braces
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
