"""The Markdown that is read: CommonMark with tables, footnotes, formulas, front matter, attributes in braces, and `@C-4TN` to cite."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from prose.schema import REFERENCE
from review.bringing.markdown.braces import STRAY, joined, seems_to_hide, unreadable

# What has no sign in Markdown stands between lines of colons: `::: transcript`.
CONTAINERS: Final = ("table", "row", "header", "cell", "figure", "transcript", "turn", "elision")
DEEPEST: Final = 100
CITED: Final = re.compile(rf"@(?:\{{({REFERENCE.pattern})\}}|({REFERENCE.pattern})(?![\w-]))")
AT_END: Final = re.compile(r"(?:^|\s+)(?<!\\)(\{[^{}\n]*\})\s*$")


class AsWritten(MarkdownIt):
    """Takes addresses as they are written; whether one can be stored is asked where the link is made."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        """Any."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        """As it is."""
        return url


@cache
def markdown() -> MarkdownIt:
    """The parser, made once."""
    made = AsWritten("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    attrs_plugin(made, spans=True)
    attrs_block_plugin(made)
    footnote_plugin(made)
    front_matter_plugin(made)
    dollarmath_plugin(made, allow_space=False, allow_digits=False, allow_labels=False)
    for name in CONTAINERS:
        container_plugin(made, name)
    made.inline.ruler.before("link", "citation", _citation)
    made.inline.ruler.push("stray_braces", _stray_braces)
    made.block.ruler.at("attr", _block_attributes)
    made.core.ruler.before("attr", "braces_of_blocks", _braces_of_blocks)
    made.core.ruler.before("inline", "heading_attributes", _heading_attributes)
    return made


def attributes(raw: str) -> dict[str, str] | None:
    """What stands in braces; None where it can't be read."""
    try:
        end, found = parse(raw)
    except ParseError:
        return None
    return {key: _unescaped(value) for key, value in found.items()} if end == len(raw) - 1 else None


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value)


def says(token_attrs: dict[str, str | int | float]) -> dict[str, str]:
    """The attributes that a token was given."""
    return {key: _unescaped(str(value)) for key, value in token_attrs.items()}


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's signature
    found = CITED.match(state.src, state.pos, state.posMax)
    if found is None or (found[2] and state.pos and state.src[state.pos - 1].isalnum()):
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found[1] or found[2]
    state.pos = found.end()
    return True


def _stray_braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's signature
    """Braces that seem to hide something, and that nothing before them took."""
    found = STRAY.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None or silent:
        return False
    state.push("stray_braces", "", 0).content = found[0]
    state.pos += 1
    return True


def _block_attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # markdown-it's signature
    """A line of braces and nothing else is about the block below; any other line is words."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = attributes(line.strip()) if line.startswith("{") and not state.is_code_block(start) else None
    if found is None:
        return False
    if not silent:
        token = state.push("attrs_block", "", 0)
        token.attrs.update(found)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _braces_of_blocks(state: StateCore) -> None:
    """Lines of braces that follow each other are one; what they hide must be there. Raises CannotRead."""
    tokens = state.tokens
    for number in range(len(tokens) - 1, -1, -1):
        if tokens[number].type != "attrs_block":
            continue
        below = tokens[number + 1] if number + 1 < len(tokens) else None
        if below is not None and below.type == "attrs_block":
            below.attrs.update(joined(says(tokens[number].attrs), says(below.attrs)))
            del tokens[number]
        elif below is None or below.nesting == -1 or below.type.startswith("footnote"):
            at = f"line {(tokens[number].map or [0])[0] + 1}"
            if seems_to_hide(says(tokens[number].attrs)):
                raise unreadable(at)


def _heading_attributes(state: StateCore) -> None:
    """Braces at the end of a heading are about the heading."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            _take_attributes(opening, inline)


def _take_attributes(opening: Token, inline: Token) -> None:
    found = AT_END.search(inline.content)
    read = attributes(found[1]) if found else None
    if found and read is not None:
        opening.attrs.update(joined(says(opening.attrs), read))
        inline.content = inline.content[: found.start()]
