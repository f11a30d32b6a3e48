"""Markdown as a draft: the door of this package for what comes in."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from cases.figures import BadFigure, reencoded
from cases.refs import new_key
from prose.nodes import Node
from prose.schema import FILE_KEY
from review.bringing.building import fitted, tidy
from review.bringing.draft import Block, BlockKind, Draft, Format
from review.bringing.faults import CannotRead
from review.bringing.markdown.blocks import Blocks, attributes_of
from review.bringing.markdown.hidings import without_hidings
from review.bringing.markdown.inline import FIGURE, Reading
from review.bringing.markdown.parser import DEEPEST, markdown
from review.bringing.statements import statement_label

MOST_CHARACTERS: Final = 4_000_000  # a report of 60 pages has some 300,000
MOST_PICTURES: Final = 300
PICTURE: Final = re.compile(
    r"^ {0,3}\[([^\]\n]{1,80})\]: *<?data:image/[a-z+.-]+;base64,([A-Za-z0-9+/= ]+)>?[ \t]*$", re.MULTILINE
)
INLINE_PICTURE: Final = re.compile(r"\]\(\s*<?data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=]+)>?")
SHOWN: Final = re.compile(rf"\]\[({FILE_KEY.pattern})\]")
DEFINED: Final = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?: {4}|\t).*)*)", re.MULTILINE)
TOO_LONG: Final = "This Markdown is longer than any report: {:,} characters, of at most {:,}. Nothing of it was read."
TOO_DEEP: Final = "This Markdown is nested too deeply to be a report. Nothing of it was read."
NOT_TEXT: Final = "This file is not Markdown in UTF-8. Save it as UTF-8 text, or bring a Word document (.docx)."
KINDS: Final = {
    "heading": BlockKind.HEADING,
    "paragraph": BlockKind.PARAGRAPH,
    "bullet_list": BlockKind.LIST,
    "ordered_list": BlockKind.LIST,
    "table": BlockKind.TABLE,
    "figure": BlockKind.FIGURE,
    "blockquote": BlockKind.QUOTE,
    "code_block": BlockKind.CODE,
}


def read_markdown(data: bytes) -> Draft:
    """The document's blocks, and all that was not taken. Raises CannotRead."""
    source, pictures, labels = _without_pictures(_decoded(data))
    if len(source) > MOST_CHARACTERS:
        raise CannotRead(TOO_LONG.format(len(source), MOST_CHARACTERS))
    if _nests_brackets(source):
        raise CannotRead(TOO_DEEP)
    env: dict[str, Any] = {}
    tokens = markdown().parse(source, env)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise CannotRead(TOO_DEEP)
    reading = Reading()
    kept = _read_pictures(pictures, labels, reading)
    says = _front_matter(tokens, reading)
    blocks, hidings = without_hidings(_blocks(_tree(tokens), reading))
    _leave_unused_notes(source, env, reading)
    return Draft(
        format=Format.MARKDOWN,
        blocks=tuple(blocks),
        unread=tuple(reading.unread),
        noticed=tuple(reading.noticed),
        pictures=kept,
        hidings=tuple(hidings),
        says=says,
    )


def _nests_brackets(source: str) -> bool:
    """Whether brackets stand in brackets so often that looking for their ends would take minutes."""
    depth = 0
    for found in re.finditer(r"[\[\]]|\n[ \t]*\n", source):
        depth = max(0, depth + {"[": 1, "]": -1}[found[0]]) if found[0] in "[]" else 0
        if depth > DEEPEST:
            return True
    return False


def _tree(tokens: list[Token]) -> SyntaxTreeNode:
    try:
        return SyntaxTreeNode(tokens)
    except ValueError as error:
        raise CannotRead(TOO_DEEP) from error


def _decoded(data: bytes) -> str:
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRead(NOT_TEXT) from error
    if "\x00" in source:
        raise CannotRead(NOT_TEXT)
    return source


def _without_pictures(source: str) -> tuple[str, list[str], dict[int, str]]:
    """The text, the pictures that were written into it, and the names of those that have one. In their place stand numbers."""
    found: list[str] = []
    labels: dict[int, str] = {}

    def taken(raw: str, label: str = "") -> str:
        found.append(raw)
        labels[len(found)] = label
        return f"{FIGURE}{len(found)}"

    source = PICTURE.sub(lambda match: f"[{match[1]}]: <{taken(match[2], match[1])}>", source)
    source = INLINE_PICTURE.sub(lambda match: f"]({taken(match[1])}", source)
    known = set(labels.values())
    own = sorted({key for key in SHOWN.findall(source) if key not in known})  # pictures of the case itself
    return "\n".join([source, "", *(f"[{key}]: <{key}>" for key in own), ""]), found, labels


def _read_pictures(raw: list[str], labels: dict[int, str], reading: Reading) -> dict[str, bytes]:
    kept: dict[str, bytes] = {}
    for number, one in enumerate(raw[:MOST_PICTURES], 1):
        try:
            pixels = reencoded(base64.b64decode(one.replace(" ", "")))
        except (BadFigure, binascii.Error) as bad:
            reading.leave(f"picture {number} in the file: {bad}")
            continue
        key = labels[number] if FILE_KEY.fullmatch(labels[number]) else new_key("f")
        kept[key] = pixels
        reading.pictures[f"{FIGURE}{number}"] = key
    if len(raw) > MOST_PICTURES:
        reading.leave(f"pictures after the first {MOST_PICTURES}")
    return kept


def _front_matter(tokens: list[Token], reading: Reading) -> dict[str, str]:
    """The lines before the text, `key: value` each. Those of our own export say what it was; others are listed."""
    says: dict[str, str] = {}
    for token in tokens:
        if token.type == "front_matter":
            for line in token.content.splitlines():
                key, colon, value = line.partition(":")
                if colon and re.fullmatch(r"[A-Za-z_-]{1,40}", key.strip()):
                    says[key.strip().lower()] = value.strip().strip("\"'")
    if says and "safetycase" not in says:
        reading.at = "line 1"
        reading.leave(
            "the lines before the text", "; ".join(f"{key}: {value}" for key, value in says.items() if key != "title")
        )
    return says


def _blocks(root: SyntaxTreeNode, reading: Reading) -> Iterator[Block]:
    maker = Blocks(reading)
    maker.know_notes(root)
    for one in root.children:
        if one.type in ("footnote_block", "front_matter"):
            continue
        says = attributes_of(one)
        if "notice" in says.get("class", "").split():
            continue
        made = maker.of(one)
        at = f"line {one.map[0] + 1}" if one.map else reading.at
        for node in made:
            yield from _as_blocks(node, at, says)


def _as_blocks(node: Node, at: str, says: dict[str, str]) -> Iterator[Block]:
    level = int(str(node.attrs.get("level"))) if node.type == "heading" else 0
    label = statement_label(node.content)[0] if node.type == "paragraph" else ""
    kind = BlockKind.STATEMENT if label else KINDS.get(node.type, BlockKind.OTHER)
    for one in fitted(tidy(node)):
        yield Block(at, kind, one, level, label, says)


def _leave_unused_notes(source: str, env: dict[str, Any], reading: Reading) -> None:
    """A footnote that nothing refers to stands nowhere."""
    refs = env.get("footnotes", {}).get("refs", {})
    unused = {name.removeprefix(":") for name, number in refs.items() if number == -1}
    for found in DEFINED.finditer(source):
        if found[1] in unused:
            reading.at = f"line {source.count(chr(10), 0, found.start()) + 1}"
            reading.leave("a footnote that nothing refers to", " ".join(found[2].split()))
