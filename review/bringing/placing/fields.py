"""The worded attributes of one thing, and the links that are listed under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from prose.nodes import Node
from review.bringing.building import as_line, laid_flat, said_in, words
from review.bringing.draft import SAYS, Block, Listed
from review.bringing.markdown.braces import is_hiding
from review.bringing.markdown.inline import without_says
from review.bringing.placing.hiding import can_take
from review.bringing.placing.things import LINES, Link, Made, Thing

LINKED: Final = {"supports": "L", "bearings": "B"}
HIDES_MORE: Final = (
    "a line under “{}” that hides something other than its link: write it as [@C-7Q2K]{{.support hidden=R-7Q2K}},"
    " and hide words behind it as [words]{{.redacted ref=R-7Q2K}}"
)
CLASS: Final = {"L": "support", "B": "bearing"}


class FieldReader:
    """Puts blocks where they belong in a thing."""

    def __init__(self, made: Made) -> None:
        self._made = made

    def words(self, thing: Thing, field: str, node: Node, at: str) -> None:
        """A block of a worded attribute; a line takes the words of several, one after another."""
        name = field or thing.main
        if field in LINES[thing.letter] or not thing.main:
            line, over = as_line(laid_flat(node))
            before = thing.lines.get(name or thing.naming, [])
            thing.lines[name or thing.naming] = [*before, *([words(" ")] if before else []), *line]
            self._made.listed += [Listed(at, "a footnote where none can stand", said_in(one)) for one in over]
        else:
            thing.add(node, to=name)

    def links(self, thing: Thing, field: str, block: Block) -> None:
        """The items of a list, each a citation in braces and the words behind it."""
        items = block.node.content if block.node.type.endswith("_list") else ()
        for item in items:
            link = self._link(thing, LINKED[field], item, block.at)
            if not _hides_links_alone(item, LINKED[field]):
                self._made.listed.append(Listed(block.at, HIDES_MORE.format(field), said_in(item)))
            elif link is None:
                self._made.listed.append(
                    Listed(block.at, f"a line under “{field}” that names no claim or evidence", said_in(item))
                )
            else:
                self._made.links.append(link)
        if not items:
            self._made.listed.append(Listed(block.at, f"words under “{field}”", said_in(block.node)))

    def _link(self, thing: Thing, letter: str, item: Node, at: str) -> Link | None:
        first, *others = item.content
        leaves = list(first.content)
        if first.type != "paragraph" or not leaves or leaves[0].type != "citation" or others:
            return None
        cited, says = without_says(leaves[0])
        if CLASS[letter] not in says.get("class", "").split():
            return None
        to = str(cited.attrs["ref"])
        name = f"link {len(self._made.links) + 1}"  # not what the document calls it: lines are copied, names and all
        rest = tuple(_without_space(leaves[1:]))
        start, claim = (thing.name, to) if letter == "L" else (to, thing.name)
        return Link(letter, name, at, start, claim, rest, says)


def _hides_links_alone(item: Node, letter: str) -> bool:
    """Whether all that braces in an item hide is the link that its first leaf becomes."""
    for number, leaf in enumerate(item.leaves()):
        said = [mark.attrs for mark in leaf.marks if mark.type == SAYS]
        hidings = [(name, str(value)) for one in said for name, value in one.items() if is_hiding(name)]
        if hidings and (number or len(said) > 1 or not all(can_take(letter, *one) for one in hidings)):
            return False
        if not number and any(leaf.refs()) and leaf.type == "citation":  # a hidden citation, and a link is none
            return False
    return True


def _without_space(leaves: Sequence[Node]) -> list[Node]:
    """Without the one space that parts the words from the citation."""
    if leaves and leaves[0].is_text and leaves[0].text.startswith(" "):
        rest = leaves[0].text[1:]
        return [*([replace(leaves[0], text=rest)] if rest else []), *leaves[1:]]
    return list(leaves)
