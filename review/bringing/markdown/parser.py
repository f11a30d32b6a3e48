"""The Markdown that is read: CommonMark with tables, footnotes, formulas, front matter, attributes in braces, and `@C-4TN` to cite."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
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


def _heading_attributes(state: StateCore) -> None:
    """Braces at the end of a heading are about the heading."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            _take_attributes(opening, inline)


def _take_attributes(opening: Token, inline: Token) -> None:
    found = AT_END.search(inline.content)
    read = attributes(found[1]) if found else None
    if found and read is not None:
        opening.attrs.update(read)
        inline.content = inline.content[: found.start()]
