"""The words that lead to the glossary: a function of the terms that are shown, and of no others."""

from __future__ import annotations

from collections.abc import Iterable

from cases.projection import Words
from pathways.projection import MaskedPart, TermPart
from prose.content import plain_text
from prose.nodes import Node
from prose.terms import Glossary


def glossary_of(terms: Iterable[TermPart[Words] | MaskedPart]) -> Glossary | None:
    """Terms by their words. One of whose words anything is withheld leads nowhere: it can't be found by what is not said."""
    return glossary_from((str(term.ref), term.name.document) for term in terms if isinstance(term, TermPart))


def glossary_from(named: Iterable[tuple[str, Node]]) -> Glossary | None:
    """The same of references and names, as they are shown."""
    found = {plain_text(name): ref for ref, name in named if _is_whole(name)}
    return Glossary(found) if found else None


def _is_whole(name: Node) -> bool:
    leaves = list(name.leaves())
    return bool(leaves) and all(leaf.is_text for leaf in leaves)
