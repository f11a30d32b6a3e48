"""A second redaction rule, for tests only: naive, on a flat row of leaves, knowing nothing of blocks. It must agree with the real one."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from prose.nodes import Node

Atom = tuple[str, ...]  # a letter, a leaf that is no letter, or ("BAR", *references)


@dataclass(frozen=True)
class Token:
    """A leaf (H hidden, s spaces or punctuation, V shown) or the border of a realm (|), and the realms it is in."""

    kind: str
    realms: tuple[str, ...]
    refs: frozenset[str] = frozenset()
    atoms: tuple[Atom, ...] = ()


def atoms_of(leaf: Node) -> tuple[Atom, ...]:
    """What a leaf reads as."""
    return tuple((c,) for c in leaf.text) or ((leaf.type, *(str(leaf.attrs.get(k)) for k in ("ref", "tex", "alt"))),)


def is_soft(leaf: Node) -> bool:
    """Whether a leaf is only spaces or punctuation."""
    letters = [c for c in leaf.text if unicodedata.category(c)[0] in "LMNS"]
    return not letters and leaf.type in ("text", "hard_break")


def naive_rule(document: Node, hides: Callable[[str], bool]) -> list[Atom]:
    """The atoms that are shown, in order, and in the place of each run its bar."""
    tokens: list[Token] = []

    def walk(node: Node, realms: tuple[str, ...], refs: frozenset[str]) -> None:
        refs, start = refs | node.refs(), len(tokens)
        if node.is_leaf:
            hidden = frozenset(filter(hides, refs))
            kind = "H" if hidden else "s" if is_soft(node) else "V"
            tokens.append(Token(kind, realms, hidden, atoms_of(node)))
        realms += (str(id(node)),) if node.type in ("table", "turn", "caption", "footnote") else ()
        border = [Token("|", realms[-1:])] if node.type.startswith(("table", "turn", "caption", "footnote")) else []
        tokens.extend(border)
        for i, child in enumerate(node.content):
            is_label = node.type == "table_row" and (i == 0 or child.type == "table_header")
            walk(child, (f"label {realms[-1]}", *realms) if is_label else realms, refs)
        tokens.extend(border)
        if any(t.kind == "H" and f"label {realms[-1]}" in t.realms for t in tokens[start:] if node.type == "table"):
            tokens[start:] = [Token("H", realms[:-1], frozenset[str]().union(*(t.refs for t in tokens[start:])))]

    walk(document, (), frozenset())
    walls, before = {realm for t in tokens if t.kind == "V" for realm in t.realms}, None
    while walls != before:  # a realm is a wall unless it lies in one run
        before = set(walls)
        kept = [t for t in tokens if t.kind != "|" or t.realms[0] in walls]
        runs = [m.span() for m in re.finditer("H(?:s*H)*", "".join(t.kind for t in kept))]
        shown = [t for i, t in enumerate(kept) if not any(a <= i < b for a, b in runs)]
        walls |= {realm for t in shown for realm in t.realms}
    out: list[Atom] = []
    for (a, b), (_, last) in zip([*runs, (len(kept), len(kept))], [(0, 0), *runs], strict=True):
        out += [atom for t in kept[last:a] for atom in t.atoms]
        out += [("BAR", *sorted({ref for t in kept[a:b] for ref in t.refs}))] if a < b else []
    return out
