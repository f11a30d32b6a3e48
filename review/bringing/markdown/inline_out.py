"""Leaves as one line of Markdown that reads back as the same leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from prose.nodes import Mark, Node, node_to_json
from prose.schema import REFERENCE

SPECIAL: Final = re.compile(r"[\\`*\[\]{}<>&$|~]")
UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
NUMBERED: Final = re.compile(r"(\d{1,9})([.)])")
CITES: Final = re.compile(rf"@(?=\{{|{REFERENCE.pattern})")
INSIDE: Final = frozenset(" \xa0\u2002\u2003\u2009\u202f")  # stay as they are, but at the ends of a line
ORDER: Final = ("redaction", "strong", "em", "code", "link")  # a link holds words alone
STOPS: Final = frozenset(".,;:)!?")
SIGNS: Final = {"strong": "**", "em": "*"}
TEX: Final = re.compile(r"[^\s$\\](?:[^$\n]*[^\s$\\])?")


def line_out(leaves: Sequence[Node], *, breaks: bool = True) -> str:
    """The leaves as one line; with `breaks`, a break may end a line of the file."""
    return _at_ends(_joined(leaves, breaks=breaks))


def exactly_out(leaves: Sequence[Node]) -> str:
    """The leaves as they are stored, for what has no signs in Markdown."""
    return f"{_code(as_stored(leaves))}{{.exactly}}"


def as_stored(nodes: Sequence[Node]) -> str:
    """JSON in which no words look like braces that say something."""
    return re.sub(r'\{(?!["}])', r"\\u007b", json.dumps([node_to_json(node) for node in nodes], ensure_ascii=True))


def _joined(leaves: Sequence[Node], *, breaks: bool) -> str:
    out: list[str] = []
    for mark, group in _groups(leaves):
        inner = list(group)
        for number, leaf in enumerate(inner if mark is None else ()):
            out.append(_leaf(leaf, "".join(out), inner[number + 1 :], breaks=breaks))
        if mark is not None:
            out.append(_wrapped(mark, [_without(leaf, mark) for leaf in inner], "".join(out), breaks=breaks))
    return "".join(_kept_apart(out))


def _groups(leaves: Sequence[Node]) -> Iterator[tuple[Mark | None, Iterator[Node]]]:
    """Neighbours that share their outermost mark."""
    return groupby(leaves, _outermost)


def _outermost(leaf: Node) -> Mark | None:
    marks = [mark for mark in leaf.marks if mark.type != "code" or not _is_plain_code(leaf)]
    return min(marks, key=lambda mark: (ORDER.index(mark.type), str(mark.attrs.get("ref", "")))) if marks else None


def _is_plain_code(leaf: Node) -> bool:
    """Whether signs for code can hold the words."""
    return (
        leaf.is_text
        and "\n" not in leaf.text
        and "\r" not in leaf.text
        and leaf.text.strip(" ") == leaf.text
        and not _odd(leaf.text)
    )


def _odd(text: str) -> bool:
    return any(not c.isprintable() for c in text)


def _without(leaf: Node, mark: Mark) -> Node:
    return replace(leaf, marks=tuple(one for one in leaf.marks if one != mark))


def _wrapped(mark: Mark, leaves: Sequence[Node], before: str, *, breaks: bool) -> str:
    inside = _joined(leaves, breaks=breaks)
    match mark.type:
        case "redaction":
            return f"[{inside}]{{.redacted ref={mark.attrs['ref']}}}"
        case "link":
            return f"[{inside}](<{_address(str(mark.attrs['href']))}>)"
        case "strong" | "em" if _fits(inside, before, leaves):
            return f"{SIGNS[mark.type]}{inside}{SIGNS[mark.type]}"
        case _:
            return f"[{inside}]{{.{mark.type}}}"


def _fits(inside: str, before: str, leaves: Sequence[Node]) -> bool:
    """Whether stars can stand around it: it begins with a letter and ends with one or with a stop, and no letter or sign is before."""
    plain = leaves[0].is_text and leaves[-1].is_text and inside[:1].isalnum()
    return plain and (inside[-1:].isalnum() or inside[-1:] in STOPS) and (not before or before[-1] in " (")


def _kept_apart(pieces: list[str]) -> Iterator[str]:
    """Stars that end right before a letter would not end: then braces say it."""
    for number, piece in enumerate(pieces):
        following = "".join(pieces[number + 1 :])[:1]
        found = re.fullmatch(r"(\*\*?)([^*].*[^*]|[^*])\1", piece, re.DOTALL)
        goes_on = following and not following.isspace()
        if found and goes_on and (following not in STOPS or found[2][-1] in STOPS):
            yield f"[{found[2]}]{{.{'strong' if found[1] == '**' else 'em'}}}"
        else:
            yield piece


def _leaf(leaf: Node, before: str, after: list[Node], *, breaks: bool) -> str:
    match leaf.type:
        case "text" if any(mark.type == "code" for mark in leaf.marks):
            return _code(leaf.text)
        case "text":
            return escaped(leaf.text, ends=not after)
        case "hard_break":
            is_inside = breaks and before.strip() and after and after[0].is_text and not after[0].marks
            return (
                "\\\n"
                if is_inside and after[0].text[:1].isalnum() and not after[0].text[:1].isdigit()
                else "[]{.break}"
            )
        case "citation":
            return _citation(leaf, before, after)
        case "formula":
            return _formula(str(leaf.attrs["tex"]))
        case "footnote":
            return f"^[{_with_spaces(_joined(leaf.content, breaks=False))}]"
        case _:
            return exactly_out([leaf])


def _citation(leaf: Node, before: str, after: list[Node]) -> str:
    ref = str(leaf.attrs["ref"])
    goes_on = bool(after) and after[0].is_text and bool(re.match(r"[\w-]", after[0].text))
    comes_on = before[-1:].isalnum()
    return f"@{{{ref}}}" if goes_on or comes_on else f"@{ref}"


def _formula(tex: str) -> str:
    if TEX.fullmatch(tex) and "\\$" not in tex and not _odd(tex):
        return f"${tex}$"
    leaf = Node("formula", {"tex": tex})
    plain = "\n" not in tex and tex.strip(" ") == tex and tex and not _odd(tex)
    return f"{_code(tex)}{{.formula}}" if plain else exactly_out([leaf])


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(href: str) -> str:
    return re.sub(r"[<>\\&\n\r*_`\[\]{}]", lambda found: f"&#{ord(found[0])};", href)


def escaped(text: str, *, ends: bool = False) -> str:
    """Words so that no sign among them means anything."""
    out = SPECIAL.sub(r"\\\g<0>", text)
    out = UNDERSCORE.sub(r"\\_", out)
    out = CITES.sub(r"\\@", out)
    out = re.sub(r"!(?=\\\[)|!$", r"\\!", out) if ends or "!" in out else out
    out = re.sub(r"\^(?=\\\[)|\^$", r"\\^", out)
    return "".join(_character(c) for c in out)


def _character(c: str) -> str:
    return _coded(c) if c.isspace() and c not in INSIDE else c


def _coded(c: str) -> str:
    """A space that would not come back as it is."""
    code = ord(c)
    return f"&#{code};" if c in " \t\n\r\x0c" or code >= 0xA0 else f"[]{{.character code={code}}}"  # noqa: PLR2004  # no entity stands for control characters


def _at_ends(line: str) -> str:
    """Nothing at the start of a line may begin a block, nothing at its end may close a heading; spaces there would be lost."""
    line = NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line
    line = f"\\{line}" if line[:1] and line[0] in "#>+=:-" else line
    line = f"{line[:-1]}\\#" if line.endswith("#") else line
    return _with_spaces(line)


def _with_spaces(line: str) -> str:
    """Spaces at both ends, so that they stay."""
    line = f"{_coded(line[0])}{line[1:]}" if line[:1].isspace() else line
    return f"{line[:-1]}{_coded(line[-1])}" if line[-1:].isspace() else line
